"""The canonical request, the string to sign and the signing key, as AWS documents them."""

import hmac
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from iam.wire.requests import WireRequest
from iam.wire.signatures.claims import ALGORITHM, Claim

UNSIGNED = "UNSIGNED-PAYLOAD"
EMPTY = sha256(b"").hexdigest()


def hmac_sha256(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode("latin-1", "replace"), "sha256")


def signing_key(secret: str, claim: Claim) -> bytes:
    """Derive the signing key from a secret, for the claim's day, region and service."""
    return _derived(secret, claim.date, claim.region, claim.service, claim.terminator)


@lru_cache(maxsize=512)
def _derived(secret: str, *parts: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in parts:
        key = hmac_sha256(key, part)
    return key


def encoded_path(path: bytes) -> str:
    """Encode a path by RFC 3986, except its slashes."""
    return quote(path, safe="/~")


def _uri(request: WireRequest, claim: Claim) -> str:
    """Return the path to sign: S3's unchanged; other services normalize and encode it again."""
    encoded = encoded_path(request.path)
    if claim.service == "s3":
        return encoded
    kept: list[str] = []
    for segment in encoded.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in {"", "."}:
            kept.append(segment)
    trailing = "/" if kept and encoded.endswith("/") else ""
    return quote("/" + "/".join(kept) + trailing, safe="/~")


def _query(request: WireRequest) -> str:
    pairs = sorted(
        (quote(name, safe="~"), quote(value, safe="~"))
        for name, value in request.parameters
        if name != "X-Amz-Signature"
    )
    return "&".join(f"{name}={value}" for name, value in pairs)


def _headers(request: WireRequest, claim: Claim) -> str:
    lines = []
    for name in claim.signed_headers:
        value = " ".join(request.headers.get(name, "").split())
        lines.append(f"{name}:{value}\n")
    return "".join(lines)


def canonical_request(request: WireRequest, claim: Claim, payload: str) -> str:
    """Return the canonical request; `payload` is the hash of the body, or the text in its place."""
    return "\n".join(
        (
            request.method,
            _uri(request, claim),
            _query(request),
            _headers(request, claim),
            ";".join(claim.signed_headers),
            payload,
        )
    )


def string_to_sign(claim: Claim, canonical: str) -> str:
    digest = sha256(canonical.encode("latin-1", "replace")).hexdigest()
    return "\n".join((ALGORITHM, claim.written, claim.scope, digest))
