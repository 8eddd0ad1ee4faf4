"""Condition keys of requests to S3, and the encryption that its answers name.

Sources: Service Authorization Reference of S3; Organizations user guide, *Prevent Amazon S3
unencrypted object uploads*; S3 user guide, *Enforce conditional writes* (s3:if-none-match with
s3:ObjectCreationOperation) and *Default encryption* (AES256 since January 2023).
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from iam.perform import AccessDenied, perform
from tests.services.cast import Cast, statement

INSIDE = "arn:aws:s3:::reports/*"
PUT = {"Bucket": "reports", "Key": "key", "Body": b"text"}
ENCRYPTION = "s3:x-amz-server-side-encryption"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    cast.bucket("reports", key="text")
    return cast


def denies(cast: Cast, condition: dict[str, Any], action: str = "s3:PutObject") -> None:
    """Give the bucket a policy that denies an action under a condition."""
    arns = INSIDE if action in {"s3:PutObject", "s3:DeleteObject"} else "arn:aws:s3:::reports"
    text = statement(action, arns, Effect="Deny", Principal="*", Condition=condition)
    perform(cast.root(), "s3:PutBucketPolicy", {"Bucket": "reports", "Policy": text})


@pytest.fixture
def writer(cast: Cast) -> Any:
    return cast.user("writer", statement("s3:*"))


def denied(caller: Any, operation: str, params: dict[str, Any]) -> bool:
    try:
        perform(caller, operation, params)
    except AccessDenied:
        return True
    return False


@pytest.mark.parametrize(
    "condition",
    [{"Null": {ENCRYPTION: "true"}}, {"StringNotEquals": {ENCRYPTION: "AES256"}}],
)
def test_uploads_that_do_not_ask_for_encryption_can_be_denied(
    cast: Cast, writer: Any, condition: dict[str, Any]
) -> None:
    denies(cast, condition)
    assert denied(writer, "s3:PutObject", PUT)
    encrypted = {"ServerSideEncryption": "AES256"}
    assert not denied(writer, "s3:PutObject", {**PUT, **encrypted})
    copy = {"Bucket": "reports", "Key": "copy", "CopySource": "reports/key"}
    assert denied(writer, "s3:CopyObject", copy)
    assert not denied(writer, "s3:CopyObject", {**copy, **encrypted})
    place = {"Bucket": "reports", "Key": "parts"}
    assert denied(writer, "s3:CreateMultipartUpload", place)
    upload = perform(writer, "s3:CreateMultipartUpload", {**place, **encrypted})["UploadId"]
    part = {**place, "UploadId": upload, "PartNumber": 1, "Body": b"x"}
    assert not denied(writer, "s3:UploadPart", part)


@pytest.mark.parametrize(
    ("key", "value", "params"),
    [
        ("s3:x-amz-acl", "private", {"ACL": "private"}),
        ("s3:x-amz-grant-full-control", "id=1", {"GrantFullControl": "id=1"}),
        ("s3:x-amz-grant-read", "id=1", {"GrantRead": "id=1"}),
        ("s3:x-amz-grant-read-acp", "id=1", {"GrantReadACP": "id=1"}),
        ("s3:x-amz-grant-write-acp", "id=1", {"GrantWriteACP": "id=1"}),
        ("s3:if-match", "x", {"IfMatch": "x"}),
        ("s3:if-none-match", "*", {"IfNoneMatch": "*"}),
        ("s3:object-lock-mode", "GOVERNANCE", {"ObjectLockMode": "GOVERNANCE"}),
        ("s3:object-lock-legal-hold", "ON", {"ObjectLockLegalHoldStatus": "ON"}),
        (ENCRYPTION, "aws:kms", {"ServerSideEncryption": "aws:kms"}),
        (f"{ENCRYPTION}-aws-kms-key-id", "k", {"SSEKMSKeyId": "k"}),
        (f"{ENCRYPTION}-customer-algorithm", "AES256", {"SSECustomerAlgorithm": "AES256"}),
        ("s3:x-amz-storage-class", "STANDARD", {"StorageClass": "STANDARD"}),
        ("s3:x-amz-website-redirect-location", "/x", {"WebsiteRedirectLocation": "/x"}),
        ("s3:ObjectCreationOperation", "true", {}),
    ],
)
def test_a_header_is_a_key(
    cast: Cast, writer: Any, key: str, value: str, params: dict[str, Any]
) -> None:
    denies(cast, {"StringEquals": {key: value}})
    assert denied(writer, "s3:PutObject", {**PUT, "Key": "new", **params})
    denies(cast, {"StringEquals": {key: f"{value}?"}})
    assert not denied(writer, "s3:DeleteObject", {"Bucket": "reports", "Key": "key"})


def test_a_copy_has_its_directive_and_a_deletion_its_condition(cast: Cast, writer: Any) -> None:
    copy = {"Bucket": "reports", "Key": "copy", "CopySource": "reports/key"}
    denies(cast, {"StringEquals": {"s3:x-amz-metadata-directive": "REPLACE"}})
    assert denied(writer, "s3:CopyObject", {**copy, "MetadataDirective": "REPLACE"})
    assert not denied(writer, "s3:CopyObject", copy)
    denies(cast, {"Null": {"s3:if-match": "true"}}, "s3:DeleteObject")
    assert denied(writer, "s3:DeleteObject", {"Bucket": "reports", "Key": "key"})


def test_conditional_writes_can_be_enforced_but_for_the_parts_of_an_upload(
    cast: Cast, writer: Any
) -> None:
    enforced = {
        "Null": {"s3:if-none-match": "true"},
        "Bool": {"s3:ObjectCreationOperation": "true"},
    }
    denies(cast, enforced)
    assert denied(writer, "s3:PutObject", {**PUT, "Key": "new"})
    assert not denied(writer, "s3:PutObject", {**PUT, "Key": "new", "IfNoneMatch": "*"})
    assert not denied(writer, "s3:CreateMultipartUpload", {"Bucket": "reports", "Key": "parts"})


def test_how_a_request_was_signed_is_known_of_every_operation(cast: Cast, writer: Any) -> None:
    at = writer.origin.received_at - timedelta(minutes=11)
    old = replace(writer.origin, signed_at=at, payload_hash="UNSIGNED-PAYLOAD", presigned=True)
    signed = replace(writer, origin=old)
    listing = {"Bucket": "reports"}
    for condition in (
        {"NumericGreaterThan": {"s3:signatureAge": "600000"}},
        {"StringEquals": {"s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD"}},
        {"StringEquals": {"s3:authType": "REST-QUERY-STRING"}},
    ):
        denies(cast, condition, "s3:ListBucket")
        assert denied(signed, "s3:ListObjectsV2", listing)
        assert not denied(cast.user(f"u{len(str(condition))}", statement("s3:*")),
                          "s3:ListObjectsV2", listing)  # fmt: skip


def test_answers_about_objects_name_the_default_encryption(cast: Cast, writer: Any) -> None:
    place = {"Bucket": "reports", "Key": "key"}
    for operation, params in (
        ("s3:PutObject", PUT),
        ("s3:HeadObject", place),
        ("s3:GetObject", place),
        ("s3:CopyObject", {**place, "Key": "copy", "CopySource": "reports/key"}),
        ("s3:CreateMultipartUpload", {**place, "Key": "parts"}),
    ):
        assert perform(writer, operation, params)["ServerSideEncryption"] == "AES256"


REQUESTED_TAGS = [
    ({"StringEquals": {"s3:RequestObjectTag/team": "red"}}, True),
    ({"StringEquals": {"s3:RequestObjectTag/team": "blue"}}, False),
    ({"ForAnyValue:StringEquals": {"s3:RequestObjectTagKeys": ["level"]}}, True),
    ({"ForAnyValue:StringEquals": {"s3:RequestObjectTagKeys": ["owner"]}}, False),
]


@pytest.mark.parametrize(("condition", "denying"), REQUESTED_TAGS)
def test_tags_that_an_object_gets_can_be_denied(
    cast: Cast, writer: Any, condition: dict[str, Any], denying: bool
) -> None:
    """S3 user guide, *Tagging and access control policies*: PutObjectTagging has them."""
    text = statement(
        "s3:PutObjectTagging", INSIDE, Effect="Deny", Principal="*", Condition=condition
    )
    perform(cast.root(), "s3:PutBucketPolicy", {"Bucket": "reports", "Policy": text})
    tags = [{"Key": "team", "Value": "red"}, {"Key": "level", "Value": "low"}]
    params = {"Bucket": "reports", "Key": "key", "Tagging": {"TagSet": tags}}
    assert denied(writer, "s3:PutObjectTagging", params) is denying
