"""The accounts that simulated resources belong to."""

import re

from iam.actions.refusals import invalid_input
from iam.perform import Params

_OWNER = re.compile(r"arn:aws:iam::(\d{12}):.+")
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_ACCOUNT_FIELD = 4
_FIELDS = 6


def account_of(arn: str) -> str:
    """Return the account in a resource's ARN; empty where it has none, as a bucket's."""
    fields = arn.split(":", _FIELDS - 1)
    known = len(fields) == _FIELDS and _ACCOUNT.fullmatch(fields[_ACCOUNT_FIELD])
    return fields[_ACCOUNT_FIELD] if known else ""


def owner_of(params: Params) -> str:
    """Return the account of ResourceOwner, an ARN such as arn:aws:iam::111122223333:root."""
    owner = params.get("ResourceOwner")
    if owner is None:
        return ""
    found = _OWNER.fullmatch(owner)
    if found is None:
        raise invalid_input(f"'{owner}' is not a valid as a Resource Owner.", "ResourceOwner")
    return found[1]
