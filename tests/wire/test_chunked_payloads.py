"""S3's aws-chunked payloads, held to the worked examples of AWS's documentation.

Signature calculations for the authorization header: transferring payload in multiple chunks, and
including trailing headers (Amazon S3 API Reference, sigv4-streaming and sigv4-streaming-trailers).
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.signatures import VerifiedSignature, verify

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
NOW = datetime(2013, 5, 24, tzinfo=UTC)
PIECES = (b"a" * 65536, b"a" * 1024, b"")
SIGNED = (
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
)
BEFORE_TRAILER = (
    "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
    "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
    "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
)
TRAILER = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"


def chunked(signatures: tuple[str, ...], last: str = "\r\n") -> bytes:
    pieces = zip(PIECES, signatures, strict=True)
    body = b"".join(
        b"%x;chunk-signature=%s\r\n%s%s" % (len(p), s.encode(), p, b"\r\n" if p else b"")
        for p, s in pieces
    )
    return body + last.encode()


def upload(body: bytes, signature: str, **headers: str) -> WireRequest:
    """Return the documentation's PUT of chunkObject.txt, its headers in the order of signing."""
    sent = {
        "content-encoding": "aws-chunked",
        "host": "s3.amazonaws.com",
        "x-amz-date": "20130524T000000Z",
        "x-amz-decoded-content-length": "66560",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    names = ";".join(sorted(sent))
    sent["authorization"] = (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        f"SignedHeaders={names},Signature={signature}"
    )
    return WireRequest("PUT", b"/examplebucket/chunkObject.txt", headers=sent, body=body)


def signed(body: bytes) -> WireRequest:
    return upload(
        body,
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
        content_length="66824",
        x_amz_content_sha256="STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    )


def with_trailer(body: bytes) -> WireRequest:
    return upload(
        body,
        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
        x_amz_content_sha256="STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        x_amz_trailer="x-amz-checksum-crc32c",
    )


def verified(request: WireRequest) -> VerifiedSignature[str]:
    found = verify(request, lambda key, token: (SECRET, key), NOW)
    assert found is not None
    return found


def test_chunks_signed_one_after_the_other_are_put_together():
    found = verified(signed(chunked(SIGNED)))
    assert found.request.body == b"a" * 66560
    assert "content-encoding" not in found.request.headers


def test_a_signed_trailer_becomes_a_header():
    last = f"x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:{TRAILER}\r\n\r\n"
    found = verified(with_trailer(chunked(BEFORE_TRAILER, last)))
    assert found.request.body == b"a" * 66560
    assert found.request.headers["x-amz-checksum-crc32c"] == "sOO8/Q=="


ALTERED = {
    "a byte": chunked(SIGNED).replace(b"aaa", b"aab", 1),
    "chunks out of order": chunked((SIGNED[1], SIGNED[0], SIGNED[2])),
    "the last chunk's signature": chunked((*SIGNED[:2], "0" * 64)),
    "no chunk signature": chunked(SIGNED).replace(b";chunk-signature=" + SIGNED[0].encode(), b""),
}


@pytest.mark.parametrize("body", ALTERED.values(), ids=ALTERED.keys())
def test_an_altered_request_is_refused(body):
    with pytest.raises(AwsError) as refused:
        verified(signed(body))
    assert refused.value.code == "SignatureDoesNotMatch"


def test_an_altered_trailer_is_refused():
    last = f"x-amz-checksum-crc32c:AAAAAA==\r\nx-amz-trailer-signature:{TRAILER}\r\n\r\n"
    with pytest.raises(AwsError) as refused:
        verified(with_trailer(chunked(BEFORE_TRAILER, last)))
    assert refused.value.code == "SignatureDoesNotMatch"


BROKEN = {
    "empty": b"",
    "no size": b"x;chunk-signature=00\r\n",
    "cut in a chunk": chunked(SIGNED)[:1000],
    "no last chunk": chunked(SIGNED)[:66000],
    "more than the chunks": chunked(SIGNED, "\r\nmore"),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_a_body_without_chunks_is_refused(body):
    with pytest.raises(AwsError) as refused:
        verified(signed(body))
    assert refused.value.code == "IncompleteBody"


def test_a_payload_of_another_length_than_declared_is_refused():
    request = signed(chunked(SIGNED))
    declared = {**request.headers, "x-amz-decoded-content-length": "66559"}
    with pytest.raises(AwsError):
        verified(replace(request, headers=declared))
