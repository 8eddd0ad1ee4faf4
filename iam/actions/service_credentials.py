"""Service-specific credentials, which nothing here makes: the list is always empty."""

from iam.actions.bulk_reads import paged
from iam.actions.subjects import all_of, named_user_or_own, one
from iam.perform import Call, Params, Resolution, Result, reads

_of_all, _of_one = all_of("user"), one(named_user_or_own)


def _on_users(call: Call, params: Params) -> Resolution:
    return (_of_all if params.get("AllUsers") else _of_one)(call, params)


@reads("iam:ListServiceSpecificCredentials", on=_on_users, prepare=paged)
def list_service_specific_credentials(call: Call, params: Params, _: object) -> Result:
    return {"ServiceSpecificCredentials": [], "IsTruncated": False}
