"""Delegation requests, which partners of AWS make and nobody makes here: there are none."""

from typing import Any

from iam.actions.bulk_reads import paged
from iam.actions.refusals import no_such_entity
from iam.actions.subjects import whole_account
from iam.arns import iam_arn
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes

_CHANGES = (
    "AcceptDelegationRequest",
    "AssociateDelegationRequest",
    "RejectDelegationRequest",
    "SendDelegationToken",
    "UpdateDelegationRequest",
)


@reads("iam:ListDelegationRequests", on=whole_account, prepare=paged)
def list_delegation_requests(call: Call, params: Params, _: object) -> Result:
    return {"DelegationRequests": [], "isTruncated": False}


def on_request(call: Call, params: Params) -> Resolution:
    """Resolve a request by its ID; the sentence is inferred."""
    name = params["DelegationRequestId"]
    arn = iam_arn(call.caller.account_id, "delegation-request", name)
    missing = no_such_entity(f"Delegation request {name} cannot be found.")
    return Resolution((PermissionCheck(call.operation, arn),), missing=missing)


def _never(call: Call, params: Params, _: Any) -> Result:
    """Answer nobody: what the request names is not there."""
    return {}


reads("iam:GetDelegationRequest", on=on_request)(_never)
for _operation in _CHANGES:
    writes(f"iam:{_operation}", on=on_request)(_never)
