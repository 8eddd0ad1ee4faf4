"""The caller of a request: the owner of the key that signed, or a provider's federated caller."""

from dataclasses import dataclass, replace
from typing import Any

from console.endpoint.addresses import address_of, region_of
from console.endpoint.lab_rules import refuse_fenced
from console.endpoint.services import action_of, supposed_service
from iam.arns import account_field
from iam.callers import Caller, Origin, Visit
from iam.catalogue.regions import HOME_REGION
from iam.wire.errors import AwsError
from iam.wire.protocols import parse_request
from iam.wire.requests import WireRequest
from iam.wire.signatures import verify
from sts.credentials import caller_from, note_use, presented, unknown_caller

_UNSIGNED = {"AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"}


@dataclass(frozen=True)
class AcceptedRequest:
    """An accepted request: its caller, its service, and the request without its signature."""

    caller: Caller
    service: str
    request: WireRequest


def verify_signature(request: WireRequest, origin: Origin, visit: Visit) -> AcceptedRequest | None:
    """Return a request whose signature is verified; None for an unsigned request.

    Accepts signature version 4, and version 2 in presigned URLs of S3; no cookies.
    """
    verified = verify(request, presented, origin.received_at)
    if verified is None:
        return None
    service = verified.service
    address = address_of(service, verified.request)
    origin = replace(
        origin,
        region=region_of(service, address, verified.region),
        presigned=verified.presigned,
        signature_version=verified.version,
        signed_at=verified.signed_at,
        payload_hash=verified.payload_hash,
        global_endpoint=address.is_global,
    )
    caller = caller_from(verified.holder, origin, visit)
    refuse_fenced(caller)
    note_use(verified.holder, caller, service)
    return AcceptedRequest(caller, service, replace(verified.request, prefix=address.prefix))


def vouch_for(request: WireRequest, origin: Origin, visit: Visit) -> AcceptedRequest | None:
    """Return an unsigned request with an identity provider's proof of the caller, else None.

    The operation itself verifies the proof. The account in the role's ARN gives the sandbox.
    """
    action = action_of(request)
    if action not in _UNSIGNED:
        return None
    address = address_of("sts", request)
    request = replace(request, prefix=address.prefix)
    params: Any = parse_request("sts", request).params
    account_id = account_field(str(params.get("RoleArn", "")))
    region = address.region or HOME_REGION
    origin = replace(origin, region=region, global_endpoint=address.is_global)
    caller = unknown_caller(account_id, origin, visit)
    if caller is None:
        raise AwsError("AccessDenied", f"Not authorized to perform sts:{action}", 403)
    refuse_fenced(caller)
    return AcceptedRequest(caller, "sts", request)


def missing_signature(request: WireRequest) -> AwsError:
    """Return the error for an unsigned request that must be signed."""
    if supposed_service(request) == "s3":
        return AwsError("AccessDenied", "Access Denied", 403)
    message = "Request is missing Authentication Token"
    return AwsError("MissingAuthenticationToken", message, 403)
