"""The checks of the credential scope and the signed headers, before the key is looked up."""

from iam.catalogue.regions import HOME_REGION, region_codes
from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.signatures.claims import TERMINATOR, Claim
from iam.wire.signatures.refusals import (
    denied,
    is_s3,
    malformed_header,
    malformed_query,
    wrong_scope,
)


def refuse_scope(claim: Claim) -> None:
    """Raise for a scope of another day, without region or with another end, or an unsigned host."""
    refuse = _refuse_s3 if is_s3(claim.service) else _refuse
    refuse(claim)


def refuse_unsigned_headers(claim: Claim, request: WireRequest) -> None:
    """Raise if a header that AWS acts on is not covered by the signature."""
    exempt = {"x-amz-content-sha256"} if claim.in_query else set[str]()
    names = {name for name in request.headers if name.startswith("x-amz-")}
    left_out = sorted(names - exempt - set(claim.signed_headers))
    if left_out and is_s3(claim.service):
        message = "There were headers present in the request which were not signed"
        raise denied(message, HeadersNotSigned=", ".join(left_out))
    if left_out:
        message = f"'{left_out[0]}' must be a 'SignedHeader' in the AWS Authorization."
        raise wrong_scope(message)


def _refuse(claim: Claim) -> None:
    if claim.terminator != TERMINATOR:
        raise wrong_scope(
            "Credential should be scoped with a valid terminator: "
            f"'{TERMINATOR}', not '{claim.terminator}'."
        )
    if claim.region not in region_codes():
        raise wrong_scope(f"Credential should be scoped to a valid region, not '{claim.region}'. ")
    if claim.date != claim.written[:8]:
        raise wrong_scope(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
            f"HTTP: '{claim.date}' != '{claim.written[:8]}', from '{claim.written}'."
        )
    if "host" not in claim.signed_headers:
        raise wrong_scope(
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
        )


def _refuse_s3(claim: Claim) -> None:
    if claim.terminator != TERMINATOR:
        raise _malformed(
            claim,
            f"incorrect terminator '{claim.terminator}'. This endpoint uses '{TERMINATOR}'.",
        )
    if claim.region not in region_codes():
        raise _malformed(
            claim,
            f"the region '{claim.region}' is wrong; expecting '{HOME_REGION}'",
            Region=HOME_REGION,
        )
    if claim.date != claim.written[:8]:
        raise _malformed(
            claim,
            f"Invalid credential date {claim.date}. "
            f"This date is not the same as X-Amz-Date: {claim.written[:8]}.",
        )
    if "host" not in claim.signed_headers:
        raise _malformed(claim, "the signed headers must include 'host'.")


def _malformed(claim: Claim, what: str, **details: str) -> AwsError:
    if claim.in_query:
        return malformed_query(f"Error parsing the X-Amz-Credential parameter; {what}")
    return malformed_header(what, **details)
