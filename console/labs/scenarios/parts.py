"""Parts of a scenario's file as the factories take them."""

import json
from collections.abc import Mapping
from typing import Any

from console.labs.scenarios.reader import Data
from iam.arns import policy_arn
from iam.models import Role, User

_NOT_OF_A_FACTORY = {
    "account",
    "start",
    "console_password",
    "access_keys",
    "mfa",
    "trust",
    "deleted_principals",
    "unique_id",
}


def document_text(document: Any) -> str:
    """Return a policy document as text: a string as typed, YAML as JSON."""
    return document if isinstance(document, str) else json.dumps(document, indent=2)


def _managed_arn(account_id_and_name: str) -> str:
    """Return an ARN for `123456789012/path/Name`; ARNs stay."""
    if account_id_and_name.startswith("arn:"):
        return account_id_and_name
    account_id, _, name = account_id_and_name.partition("/")
    return policy_arn(account_id, name)


def given_to_factory(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a factory takes of a user, group or role of the file."""
    given = {key: value for key, value in row.items() if key not in _NOT_OF_A_FACTORY}
    if "managed" in row:
        given["managed"] = [_managed_arn(arn) for arn in row["managed"]]
    if "boundary" in row:
        given["boundary"] = _managed_arn(row["boundary"])
    if "inline" in row:
        given["inline"] = {name: document_text(text) for name, text in row["inline"].items()}
    return given


def keep_unique_id(entity: User | Role, row: Data) -> None:
    """Give a user or role the unique ID that texts of the scenario name."""
    if "unique_id" in row:
        entity.unique_id = row["unique_id"]
        entity.save(update_fields=["unique_id"])
