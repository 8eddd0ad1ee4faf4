"""The trust policies that the wizard's first step writes."""

import json
from collections.abc import Mapping
from typing import Any

from iam.arns import root_arn

EC2 = "ec2.amazonaws.com"
SERVICES = (
    (EC2, "EC2", "Allows EC2 instances to call AWS services on your behalf."),
    (
        "lambda.amazonaws.com",
        "Lambda",
        "Allows Lambda functions to call AWS services on your behalf.",
    ),
    (
        "cloudformation.amazonaws.com",
        "CloudFormation",
        "Allows CloudFormation to create and manage AWS stacks and resources on your behalf.",
    ),
    (
        "codebuild.amazonaws.com",
        "CodeBuild",
        "Allows CodeBuild to call AWS services on your behalf.",
    ),
    (
        "ecs-tasks.amazonaws.com",
        "Elastic Container Service Task",
        "Allows ECS tasks to call AWS services on your behalf.",
    ),
    ("glue.amazonaws.com", "Glue", "Allows Glue to call AWS services on your behalf."),
    (
        "states.amazonaws.com",
        "Step Functions",
        "Allows Step Functions to access AWS resources on your behalf.",
    ),
)
CUSTOM_START = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "Statement1", "Effect": "Allow", "Principal": {}, "Action": "sts:AssumeRole"}
    ],
}


def as_json(document: object) -> str:
    return json.dumps(document, indent=2)


def _statement(principal: Mapping[str, str], condition: Mapping[str, Any] | None) -> str:
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "sts:AssumeRole",
    }
    if condition is not None:
        statement["Condition"] = condition
    return as_json({"Version": "2012-10-17", "Statement": [statement]})


def account_trust(account_id: str, *, external_id: str = "", mfa: bool = False) -> str:
    """Return a trust policy for an account, which decides itself who of it may assume the role."""
    condition: dict[str, Any] = {}
    if external_id:
        condition["StringEquals"] = {"sts:ExternalId": external_id}
    if mfa:
        condition["Bool"] = {"aws:MultiFactorAuthPresent": "true"}
    return _statement({"AWS": root_arn(account_id)}, condition)


def service_trust(service: str) -> str:
    return _statement({"Service": service}, None)


def trust_of(chosen: Mapping[str, Any], own_account: str) -> str:
    """Return the trust policy for the cleaned data of the first step."""
    kind = chosen["entity"]
    if kind == "custom":
        text: str = chosen["document"]
        return text
    if kind == "service":
        return service_trust(chosen["service"])
    account = chosen["account_id"] if chosen["which"] == "other" else own_account
    external_id = chosen["external_id"] if chosen["require_external_id"] else ""
    return account_trust(account, external_id=external_id, mfa=chosen["require_mfa"])
