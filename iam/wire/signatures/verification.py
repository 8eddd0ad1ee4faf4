"""Verifying a request's signature: scope, time, key, signature, payload, in this order."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from iam.catalogue.regions import HOME_REGION
from iam.wire.requests import WireRequest
from iam.wire.signatures.canonical import (
    UNSIGNED,
    canonical_request,
    signing_key,
    string_to_sign,
)
from iam.wire.signatures.chunks import STREAMING, unchunked
from iam.wire.signatures.claims import ALGORITHM, Claim, claim_of
from iam.wire.signatures.legacy import legacy_claim, legacy_signature
from iam.wire.signatures.payloads import declared_hash, refuse_altered_payload
from iam.wire.signatures.refusals import is_s3, mismatch, unknown_key
from iam.wire.signatures.scopes import refuse_scope, refuse_unsigned_headers
from iam.wire.signatures.times import refuse_time

T = TypeVar("T")

# From an access key ID and the session token sent with it to the secret and the key's owner.
Find = Callable[[str, str], tuple[str, T] | None]


@dataclass(frozen=True)
class VerifiedSignature(Generic[T]):
    """A request signed with the right key: its signer, service and region.

    `request` has the payload with its chunks joined; S3's clients declare the payload's hash.
    """

    holder: T
    access_key_id: str
    service: str
    region: str
    request: WireRequest
    presigned: bool = False
    version: str = ALGORITHM
    signed_at: datetime | None = None
    payload_hash: str = ""


def verify(request: WireRequest, find: Find[T], now: datetime) -> VerifiedSignature[T] | None:
    """Return the verified signature of a request; None for a request without any.

    `now` is the real time. Raises AwsError as AWS does.
    """
    claim = claim_of(request)
    if claim is not None:
        return _verify_claim(request, claim, find, now)
    return _verify_legacy(request, find, now)


def _verify_claim(
    request: WireRequest, claim: Claim, find: Find[T], now: datetime
) -> VerifiedSignature[T]:
    refuse_scope(claim)
    refuse_unsigned_headers(claim, request)
    refuse_time(claim, now)
    found = find(claim.access_key_id, claim.session_token)
    if found is None:
        raise unknown_key(claim.service, claim.access_key_id)
    secret, holder = found
    key = signing_key(secret, claim)
    payload = _payload(request, claim)
    canonical = canonical_request(request, claim, payload)
    to_sign = string_to_sign(claim, canonical)
    signature = hmac.digest(key, to_sign.encode("latin-1", "replace"), "sha256").hex()
    if not hmac.compare_digest(signature.encode(), claim.signature.encode("latin-1", "replace")):
        raise mismatch(
            claim.service,
            AWSAccessKeyId=claim.access_key_id,
            StringToSign=to_sign,
            SignatureProvided=claim.signature,
            CanonicalRequest=canonical,
        )
    if payload in STREAMING:
        request = unchunked(request, claim, key, payload)
    elif is_s3(claim.service):
        refuse_altered_payload(request, payload)
    return VerifiedSignature(
        holder,
        claim.access_key_id,
        claim.service,
        claim.region,
        request,
        claim.in_query,
        signed_at=claim.moment,
        payload_hash=payload if is_s3(claim.service) else "",
    )


def _payload(request: WireRequest, claim: Claim) -> str:
    """Return the payload's hash as signed: S3's clients declare it, for others it is computed."""
    if not is_s3(claim.service):
        return sha256(request.body).hexdigest()
    return declared_hash(request, in_query=claim.in_query) or UNSIGNED


def _verify_legacy(
    request: WireRequest, find: Find[T], now: datetime
) -> VerifiedSignature[T] | None:
    claim = legacy_claim(request, now)
    if claim is None:
        return None
    request = replace(request, headers=claim.headers)
    found = find(claim.access_key_id, claim.session_token)
    if found is None:
        raise unknown_key("s3", claim.access_key_id)
    secret, holder = found
    to_sign, signature = legacy_signature(request, claim, secret)
    if not hmac.compare_digest(signature.encode(), claim.signature.encode("latin-1", "replace")):
        raise mismatch(
            "s3",
            AWSAccessKeyId=claim.access_key_id,
            StringToSign=to_sign,
            SignatureProvided=claim.signature,
        )
    return VerifiedSignature(holder, claim.access_key_id, "s3", HOME_REGION, request, True, "AWS")
