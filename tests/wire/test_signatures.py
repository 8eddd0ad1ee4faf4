"""Signatures of botocore's signers, verified; and what AWS says to every other one."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.signatures import VerifiedSignature, verify
from tests.wire.signing import KEY_ID, NOON, SECRET, presigned_v2, presigned_v4, signed_v4

ODD_KEY = "/bucket/a//b/../c +é~(1)&=;$'*!@.txt"


def find(access_key_id: str, session_token: str) -> tuple[str, str] | None:
    return (SECRET, session_token) if access_key_id == KEY_ID else None


def verified(request: WireRequest, after: timedelta = timedelta()) -> VerifiedSignature[str]:
    found = verify(request, find, NOON + after)
    assert found is not None
    return found


def refused(request: WireRequest, after: timedelta = timedelta()) -> AwsError:
    with pytest.raises(AwsError) as error:
        verified(request, after)
    return error.value


GOOD: dict[str, tuple[Any, dict[str, Any]]] = {
    "query service": (signed_v4, {"body": b"Action=ListUsers&Version=2010-05-08"}),
    "trailing slash": (signed_v4, {"path": "/"}),
    "regional STS": (signed_v4, {"service": "sts", "path": "/sts/eu-west-1"}),
    "arguments": (signed_v4, {"query": "b=2&a=1&a=0&c&d=%20%2B%2F%C3%A9~%2A"}),
    "doubled spaces": (signed_v4, {"headers": {"X-Amz-Note": "  two   spaces "}}),
    "session token": (signed_v4, {"token": "a/token+with=signs"}),
    "S3 odd key": (signed_v4, {"service": "s3", "method": "PUT", "path": ODD_KEY, "body": b"x"}),
    "S3 arguments": (signed_v4, {"service": "s3", "method": "GET", "query": "prefix=a%2Fb%20c"}),
    "presigned": (presigned_v4, {"path": ODD_KEY}),
    "presigned with a token": (presigned_v4, {"path": "/b/k", "token": "t/o+k=en"}),
    "presigned STS": (presigned_v4, {"service": "sts", "query": "Action=GetCallerIdentity"}),
    "presigned PUT": (presigned_v4, {"method": "PUT", "path": "/b/k"}),
    "old": (presigned_v2, {"path": ODD_KEY}),
    "old with a token": (presigned_v2, {"path": "/b/k", "token": "t/o+k=en"}),
    "old with headers": (
        presigned_v2,
        {"method": "PUT", "path": "/b/k", "headers": {"x-amz-meta-a": "1", "Content-Type": "a/b"}},
    ),
    "old with arguments": (
        presigned_v2,
        {"path": "/b/k", "query": "response-content-type=text%2Fplain&x=1"},
    ),
}


@pytest.mark.parametrize(("make", "sent"), GOOD.values(), ids=GOOD.keys())
def test_what_botocore_signs_is_verified(make, sent):
    found = verified(make(**sent))
    assert found.access_key_id == KEY_ID
    assert found.holder == sent.get("token", "")


@pytest.mark.parametrize(("make", "sent"), GOOD.values(), ids=GOOD.keys())
def test_the_same_with_another_method_is_not(make, sent):
    request = replace(make(**sent), method="DELETE")
    assert refused(request).code == "SignatureDoesNotMatch"


def test_a_request_without_a_signature_is_nobodys():
    assert verify(WireRequest("GET", b"/aws/"), find, NOON) is None


def test_the_scope_names_service_and_region():
    found = verified(signed_v4("sts", "eu-central-1"))
    assert (found.service, found.region) == ("sts", "eu-central-1")


def test_a_body_is_part_of_the_signature():
    request = signed_v4(body=b"Action=ListUsers")
    assert refused(replace(request, body=b"Action=DeleteUser")).code == "SignatureDoesNotMatch"


def test_another_secret_gives_another_signature():
    error = refused_by_secret(signed_v4())
    assert (error.code, error.status) == ("SignatureDoesNotMatch", 403)
    assert error.message == (
        "The request signature we calculated does not match the signature you provided. Check "
        "your AWS Secret Access Key and signing method. Consult the service documentation for "
        "details."
    )


def test_s3_returns_the_string_that_it_signed():
    error = refused_by_secret(signed_v4("s3", method="GET", path="/b/k"))
    assert error.message.endswith("Check your key and signing method.")
    assert error.details["AWSAccessKeyId"] == KEY_ID
    assert error.details["CanonicalRequest"].startswith("GET\n/aws/b/k\n")
    assert error.details["StringToSign"].startswith("AWS4-HMAC-SHA256\n20260528T120000Z\n")


def refused_by_secret(request: WireRequest) -> AwsError:
    with pytest.raises(AwsError) as error:
        verify(request, lambda *_: ("another", ""), NOON)
    return error.value


def test_an_unknown_key_is_refused_in_the_services_words():
    for service, code in (("iam", "InvalidClientTokenId"), ("s3", "InvalidAccessKeyId")):
        with pytest.raises(AwsError) as error:
            verify(signed_v4(service), lambda *_: None, NOON)
        assert (error.value.code, error.value.status) == (code, 403)


LATE, EARLY = timedelta(minutes=15, seconds=1), timedelta(minutes=-15, seconds=-1)


def test_a_replay_is_taken_within_fifteen_minutes_and_not_later():
    request = signed_v4()
    verified(request, LATE - timedelta(seconds=1))
    error = refused(request, LATE)
    assert error.code == "SignatureDoesNotMatch"
    assert error.message == (
        "Signature expired: 20260528T120000Z is now earlier than 20260528T120001Z "
        "(20260528T121501Z - 15 min.)"
    )


def test_a_clock_that_is_ahead_is_refused():
    verified(signed_v4(), EARLY + timedelta(seconds=1))
    assert refused(signed_v4(), EARLY).message.startswith("Signature not yet current: 20260528T")


@pytest.mark.parametrize("after", [LATE, EARLY])
def test_s3_calls_it_skew(after):
    error = refused(signed_v4("s3"), after)
    assert error.code == "RequestTimeTooSkewed"
    assert error.details["MaxAllowedSkewMilliseconds"] == "900000"


@pytest.mark.parametrize("make", [presigned_v4, presigned_v2])
def test_a_presigned_url_is_valid_as_long_as_its_expiry(make):
    request = make(path="/b/k", expires=7200)
    verified(request, timedelta(seconds=7200))
    error = refused(request, timedelta(seconds=7201))
    assert (error.code, error.message) == ("AccessDenied", "Request has expired")


def test_a_presigned_url_of_tomorrow_is_not_valid_yet():
    assert refused(presigned_v4(path="/b/k"), -timedelta(days=1)).message == (
        "Request is not valid yet"
    )


def rewritten(request: WireRequest, pattern: str, by: str) -> WireRequest:
    header = re.sub(pattern, by, request.headers["authorization"])
    return replace(request, headers={**request.headers, "authorization": header})


REWRITES = [
    ("iam", "us-east-1", "mars-1", "SignatureDoesNotMatch", "scoped to a valid region, not 'mars"),
    ("iam", "aws4_request", "aws5", "SignatureDoesNotMatch", "a valid terminator: 'aws4_request'"),
    ("iam", "20260528/", "20260527/", "SignatureDoesNotMatch", "'20260527' != '20260528', from"),
    ("iam", r"SignedHeaders=host;", "SignedHeaders=", "SignatureDoesNotMatch", "must be a 'Signed"),
    ("iam", "/us-east-1/", "/", "IncompleteSignature", "exactly 5 slash-delimited elements"),
    ("iam", "Credential=", "Credent=", "IncompleteSignature", "requires 'Credential' parameter."),
    ("iam", "SignedHeaders=", "S=", "IncompleteSignature", "requires 'SignedHeaders' parameter."),
    ("iam", "Signature=.*", "Sig=1", "IncompleteSignature", "requires 'Signature' parameter."),
    ("iam", "Signature=.*", "Sig", "IncompleteSignature", "missing equal-sign"),
    ("s3", "us-east-1", "mars-1", "AuthorizationHeaderMalformed", "'mars-1' is wrong; expecting"),
    ("s3", "aws4_request", "aws5", "AuthorizationHeaderMalformed", "incorrect terminator"),
    ("s3", "20260528/", "20260527/", "AuthorizationHeaderMalformed", "Invalid credential date"),
    ("s3", "SignedHeaders=host;", "SignedHeaders=", "AuthorizationHeaderMalformed", "'host'"),
    ("s3", "Signature=.*", "Sig=1", "AuthorizationHeaderMalformed", "missing Signature"),
    ("s3", "AWS4-HMAC-SHA256 .*", "AWS id:sig", "InvalidRequest", "use AWS4-HMAC-SHA256."),
    ("s3", "AWS4-HMAC-SHA256 .*", "Basic eA==", "InvalidArgument", "Unsupported Authorization"),
]


@pytest.mark.parametrize(("service", "pattern", "by", "code", "says"), REWRITES)
def test_each_fault_of_an_authorization_has_its_own_error(service, pattern, by, code, says):
    error = refused(rewritten(signed_v4(service), pattern, by))
    assert error.code == code
    assert says in error.message


@pytest.mark.parametrize(
    ("service", "date", "code"),
    [
        ("iam", "", "IncompleteSignature"),
        ("iam", "yesterday", "IncompleteSignature"),
        ("s3", "", "AccessDenied"),
        ("s3", "20260528", "AccessDenied"),
    ],
)
def test_a_request_without_a_readable_date_is_refused(service, date, code):
    request = signed_v4(service)
    assert refused(replace(request, headers={**request.headers, "x-amz-date": date})).code == code


QUERIES = [
    ("X-Amz-Expires=3600", "X-Amz-Expires=604801", "must be less than a week"),
    ("X-Amz-Expires=3600", "X-Amz-Expires=-1", "must be non-negative"),
    ("X-Amz-Expires=3600", "X-Amz-Expires=soon", "should be a number"),
    ("X-Amz-Expires=3600", "", "requires the X-Amz-Algorithm"),
    ("X-Amz-Date=[^&]*", "X-Amz-Date=today", "ISO8601 Long Format"),
    ("AWS4-HMAC-SHA256", "AWS4-HMAC-MD5", "only supports"),
    ("%2Fus-east-1", "%2Fmars-1", "'mars-1' is wrong"),
    ("%2Fus-east-1", "", "Credential is mal-formed"),
]


@pytest.mark.parametrize(("pattern", "by", "says"), QUERIES)
def test_each_fault_of_a_presigned_url_has_its_own_error(pattern, by, says):
    request = presigned_v4(path="/b/k")
    error = refused(replace(request, query=re.sub(pattern, by, request.query)))
    assert error.code == "AuthorizationQueryParametersError"
    assert says in error.message


def test_an_old_presigned_url_needs_all_its_parts():
    request = presigned_v2(path="/b/k")
    for part in ("Signature", "Expires", "AWSAccessKeyId"):
        without = re.sub(f"{part}=[^&]*", "", request.query)
        assert refused(replace(request, query=without)).code == "AccessDenied"


def test_an_altered_payload_is_refused_by_its_hash():
    request = signed_v4("s3", method="PUT", path="/b/k", body=b"one")
    assert refused(replace(request, body=b"two")).code == "XAmzContentSHA256Mismatch"


def test_s3_wants_the_payloads_hash():
    request = signed_v4("s3", method="PUT", path="/b/k", body=b"one")
    headers = {n: v for n, v in request.headers.items() if n != "x-amz-content-sha256"}
    assert refused(replace(request, headers=headers)).code == "InvalidRequest"
    headers["x-amz-content-sha256"] = "nonsense"
    assert refused(replace(request, headers=headers)).code == "InvalidArgument"


@pytest.mark.parametrize("service", ["iam", "s3"])
def test_a_header_that_aws_reads_must_be_signed(service):
    request = signed_v4(service, method="PUT", path="/b/k" if service == "s3" else "/")
    added = replace(request, headers={**request.headers, "x-amz-acl": "public-read"})
    error = refused(added)
    assert error.status == 403
