"""The trust policies that the wizard's first step writes."""

import json
from collections.abc import Mapping
from typing import Any

from iam.arns import root_arn
from iam.catalogue.role_use_cases import RoleUseCase, use_case_named

CUSTOM_START = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "Statement1", "Effect": "Allow", "Principal": {}, "Action": "sts:AssumeRole"}
    ],
}


def as_json(document: object) -> str:
    return json.dumps(document, indent=2)


def _statement(principal: Mapping[str, str], action: Any, **more: Mapping[str, Any]) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, **more}
    return as_json({"Version": "2012-10-17", "Statement": [statement]})


def account_trust(account_id: str, *, external_id: str = "", mfa: bool = False) -> str:
    """Return a trust policy for an account, which decides itself who of it may assume the role."""
    condition: dict[str, Any] = {}
    if external_id:
        condition["StringEquals"] = {"sts:ExternalId": external_id}
    if mfa:
        condition["Bool"] = {"aws:MultiFactorAuthPresent": "true"}
    return _statement({"AWS": root_arn(account_id)}, "sts:AssumeRole", Condition=condition)


def service_trust(use_case: RoleUseCase) -> str:
    actions = use_case.actions
    return _statement(
        {"Service": use_case.principal}, actions[0] if len(actions) == 1 else list(actions)
    )


def trust_of(chosen: Mapping[str, Any], own_account: str) -> str:
    """Return the trust policy for the cleaned data of the first step."""
    kind = chosen["entity"]
    if kind == "custom":
        text: str = chosen["document"]
        return text
    if kind == "service":
        return service_trust(use_case_named(chosen["use_case"]))
    account = chosen["account_id"] if chosen["which"] == "other" else own_account
    external_id = chosen["external_id"] if chosen["require_external_id"] else ""
    return account_trust(account, external_id=external_id, mfa=chosen["require_mfa"])
