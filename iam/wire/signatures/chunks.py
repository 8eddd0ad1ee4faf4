"""S3's aws-chunked payloads: chunks, signed one after the other or unsigned."""

import hmac
import re
from dataclasses import dataclass, replace
from hashlib import sha256

from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.signatures.canonical import EMPTY
from iam.wire.signatures.claims import Claim
from iam.wire.signatures.refusals import mismatch

_SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
_SIGNED_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
_UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
STREAMING = frozenset({_SIGNED, _SIGNED_TRAILER, _UNSIGNED_TRAILER})

_HEAD = re.compile(
    rb"(?P<size>[0-9a-fA-F]{1,8})(?:;chunk-signature=(?P<signature>[0-9a-f]{64}))?\r\n"
)
_TRAILER = re.compile(rb"(?P<name>[A-Za-z0-9-]{1,64}):(?P<value>[^\r\n]*)\r?\n")
_SIGNATURE = "x-amz-trailer-signature"


def _malformed() -> AwsError:
    message = "The request body is not a valid aws-chunked payload."
    return AwsError("IncompleteBody", message)


@dataclass
class _Chain:
    """The chain of signatures: each signs the one before it."""

    claim: Claim
    key: bytes
    last: str

    def follow(self, kind: str, given: str, *digests: str) -> None:
        """Raise if `given` is not the next signature; otherwise it becomes the last."""
        to_sign = "\n".join(
            (f"AWS4-HMAC-SHA256-{kind}", self.claim.written, self.claim.scope, self.last, *digests)
        )
        signature = hmac.digest(self.key, to_sign.encode("latin-1", "replace"), "sha256").hex()
        if not hmac.compare_digest(signature, given):
            raise mismatch(
                "s3",
                AWSAccessKeyId=self.claim.access_key_id,
                StringToSign=to_sign,
                SignatureProvided=given,
            )
        self.last = signature


def unchunked(request: WireRequest, claim: Claim, key: bytes, form: str) -> WireRequest:
    """Return the request with its chunks joined and the trailers among its headers."""
    chain = _Chain(claim, key, claim.signature) if form != _UNSIGNED_TRAILER else None
    body, rest = _chunks(request.body, chain)
    trailers = _trailers(rest, chain) if form != _SIGNED else {}
    if form == _SIGNED and rest not in {b"", b"\r\n"}:
        raise _malformed()
    _refuse_length(request, body)
    encodings = [e.strip() for e in request.headers.get("content-encoding", "").split(",")]
    kept = ",".join(e for e in encodings if e and e != "aws-chunked")
    headers = {n: v for n, v in request.headers.items() if n != "content-encoding"} | trailers
    if kept:
        headers["content-encoding"] = kept
    return replace(request, headers=headers, body=body)


def _chunks(body: bytes, chain: _Chain | None) -> tuple[bytes, bytes]:
    """Return the payload, and the bytes after the last, empty chunk."""
    pieces: list[bytes] = []
    at = 0
    while True:
        head = _HEAD.match(body, at)
        if head is None:
            raise _malformed()
        size, at = int(head["size"], 16), head.end()
        data = body[at : at + size]
        if len(data) < size:
            raise _malformed()
        if chain is not None:
            digest = sha256(data).hexdigest()
            chain.follow("PAYLOAD", (head["signature"] or b"").decode(), EMPTY, digest)
        at += size
        if size == 0:
            return b"".join(pieces), body[at:]
        if body[at : at + 2] != b"\r\n":
            raise _malformed()
        pieces.append(data)
        at += 2


def _trailers(rest: bytes, chain: _Chain | None) -> dict[str, str]:
    trailers: dict[str, str] = {}
    at = 0
    while line := _TRAILER.match(rest, at):
        trailers[line["name"].decode().lower()] = line["value"].decode("latin-1").strip()
        at = line.end()
    if rest[at:].strip(b"\r\n"):
        raise _malformed()
    given = trailers.pop(_SIGNATURE, "")
    if chain is not None:
        signed = "".join(f"{name}:{value}\n" for name, value in sorted(trailers.items()))
        chain.follow("TRAILER", given, sha256(signed.encode("latin-1")).hexdigest())
    return trailers


def _refuse_length(request: WireRequest, body: bytes) -> None:
    declared = request.headers.get("x-amz-decoded-content-length")
    if declared is None:
        raise AwsError(
            "MissingContentLength",
            "You must provide the Content-Length HTTP header.",
            411,
        )
    if declared != str(len(body)):
        message = (
            "You did not provide the number of bytes specified by the Content-Length HTTP header"
        )
        raise AwsError("IncompleteBody", message)
