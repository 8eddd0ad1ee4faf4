"""Service-specific credentials, which nothing here makes: there are none."""

from typing import Any

from iam.actions.bulk_reads import paged
from iam.actions.refusals import no_such_entity
from iam.actions.subjects import all_of, named_user_or_own, one
from iam.perform import Call, Params, Resolution, Result, reads, writes

_of_all, _of_one = all_of("user"), one(named_user_or_own)


def _on_users(call: Call, params: Params) -> Resolution:
    return (_of_all if params.get("AllUsers") else _of_one)(call, params)


@reads("iam:ListServiceSpecificCredentials", on=_on_users, prepare=paged)
def list_service_specific_credentials(call: Call, params: Params, _: object) -> Result:
    return {"ServiceSpecificCredentials": [], "IsTruncated": False}


def unknown_credential(call: Call, params: Params, _: Any) -> Any:
    """Refuse a change of one credential; the sentence is inferred."""
    name = params["ServiceSpecificCredentialId"]
    raise no_such_entity(f"No such credential {name} exists")


def _never(call: Call, params: Params, _: Any) -> Result:
    """Answer nobody: no credential is there."""
    return {}


for _verb in ("Delete", "Reset", "Update"):
    _operation = f"iam:{_verb}ServiceSpecificCredential"
    writes(_operation, on=_of_one, prepare=unknown_credential)(_never)
