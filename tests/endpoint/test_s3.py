"""S3 by boto3: buckets, objects, copies, parts, tags, pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.endpoint.clients import refusal
from tests.endpoint.objects import ODD_KEY, put


def keys_in(listing):
    return [one["Key"] for one in listing.get("Contents", [])]


def test_a_bucket_is_made_found_and_deleted(s3):
    assert [one["Name"] for one in s3.list_buckets()["Buckets"]] == ["lesson-files"]
    assert s3.head_bucket(Bucket="lesson-files")["BucketRegion"] == "us-east-1"
    assert s3.get_bucket_location(Bucket="lesson-files")["LocationConstraint"] is None
    s3.delete_bucket(Bucket="lesson-files")
    assert refusal(s3.head_bucket, Bucket="lesson-files")[0] == "404"
    code, message, status = refusal(s3.list_objects_v2, Bucket="lesson-files")
    assert (code, message, status) == ("NoSuchBucket", "The specified bucket does not exist", 404)


KEYS = ["plain.txt", "dir/", ODD_KEY, "é" * 512, "\u2028日本/x", "../../x"]


@pytest.mark.parametrize("key", KEYS)
def test_any_key_comes_back_with_its_content(s3, key):
    put(s3, key, b"\x00\xffbytes", Metadata={"a-b": "c d"}, ContentType="text/x-odd")
    found = s3.get_object(Bucket="lesson-files", Key=key)
    assert found["Body"].read() == b"\x00\xffbytes"
    assert (found["Metadata"], found["ContentType"]) == ({"a-b": "c d"}, "text/x-odd")
    assert keys_in(s3.list_objects_v2(Bucket="lesson-files")) == [key]
    s3.delete_object(Bucket="lesson-files", Key=key)
    assert keys_in(s3.list_objects(Bucket="lesson-files")) == []


def test_all_attributes_of_an_object_are_returned(s3):
    expires = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    headers: dict[str, Any] = {
        "CacheControl": "no-cache",
        "ContentDisposition": 'attachment; filename="é.txt"',
        "ContentEncoding": "gzip",
        "ContentLanguage": "en",
        "Expires": expires,
    }
    put(s3, Tagging="a=1&b=%26", ContentType="text/plain", **headers)
    head = s3.head_object(Bucket="lesson-files", Key="k")
    assert {name: head[name] for name in headers if name != "ContentDisposition"} == {
        name: value for name, value in headers.items() if name != "ContentDisposition"
    }
    assert (head["ContentLength"], head["ContentType"]) == (11, "text/plain")
    assert head["TagCount"] == 2
    shown = s3.get_object(
        Bucket="lesson-files", Key="k", ResponseContentType="text/html", ResponseExpires=expires
    )
    assert shown["ContentType"] == "text/html"


RANGES = [
    ("bytes=0-4", b"hello", "bytes 0-4/11"),
    ("bytes=6-", b"world", "bytes 6-10/11"),
    ("bytes=-3", b"rld", "bytes 8-10/11"),
    ("bytes=6-100", b"world", "bytes 6-10/11"),
]


@pytest.mark.parametrize(("asked", "body", "told"), RANGES)
def test_a_range_is_partial_content(s3, asked, body, told):
    put(s3)
    found = s3.get_object(Bucket="lesson-files", Key="k", Range=asked)
    assert found["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert (found["Body"].read(), found["ContentRange"]) == (body, told)


@pytest.mark.parametrize("asked", ["bytes=5-2", "lines=1-2", "bytes=0-1,3-4", "bytes=-"])
def test_several_ranges_return_the_whole_object(s3, asked):
    put(s3)
    assert s3.get_object(Bucket="lesson-files", Key="k", Range=asked)["Body"].read() == (
        b"hello world"
    )


def test_a_range_beyond_the_end_is_refused(s3):
    put(s3)
    assert refusal(s3.get_object, Bucket="lesson-files", Key="k", Range="bytes=11-") == (
        "InvalidRange",
        "The requested range is not satisfiable",
        416,
    )


def test_conditions_are_held(s3):
    etag = put(s3)["ETag"]
    here = {"Bucket": "lesson-files", "Key": "k"}
    hour = timedelta(hours=1)
    now = datetime.now(UTC)
    assert s3.get_object(**here, IfMatch=etag)
    assert refusal(s3.get_object, **here, IfMatch='"x"')[0] == "PreconditionFailed"
    assert refusal(s3.get_object, **here, IfNoneMatch=etag)[2] == 304
    assert refusal(s3.head_object, **here, IfModifiedSince=now + hour)[2] == 304
    assert refusal(s3.head_object, **here, IfUnmodifiedSince=now - hour)[2] == 412
    assert refusal(s3.put_object, **here, IfNoneMatch="*")[0] == "PreconditionFailed"
    assert refusal(s3.put_object, **here, IfMatch='"x"')[0] == "PreconditionFailed"
    assert s3.put_object(**here, IfMatch=etag)


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_a_checksum_is_computed_stored_and_returned(s3, algorithm):
    put(s3, ChecksumAlgorithm=algorithm)
    found = s3.get_object(Bucket="lesson-files", Key="k", ChecksumMode="ENABLED")
    assert found[f"Checksum{algorithm}"]
    assert found["Body"].read() == b"hello world"


def test_a_wrong_checksum_is_refused(s3):
    assert refusal(put, s3=s3, ChecksumSHA256="A" * 43 + "=")[0] == "BadDigest"
    assert refusal(put, s3=s3, ContentMD5="A" * 22 + "==")[0] == "BadDigest"
    assert refusal(put, s3=s3, ContentMD5="x")[0] == "InvalidDigest"


def test_keys_are_listed_in_pages_cut_at_a_delimiter(s3):
    for key in ("a/1", "a/2", "b", "c/1", "d+e é"):
        put(s3, key)
    where = {"Bucket": "lesson-files"}
    assert keys_in(s3.list_objects_v2(**where, Prefix="a/")) == ["a/1", "a/2"]
    for operation in ("list_objects", "list_objects_v2"):
        paginator = s3.get_paginator(operation)
        pages = list(paginator.paginate(**where, Delimiter="/", PaginationConfig={"PageSize": 2}))
        entries = [
            entry
            for page in pages
            for entry in keys_in(page) + [p["Prefix"] for p in page.get("CommonPrefixes", [])]
        ]
        assert sorted(entries) == ["a/", "b", "c/", "d+e é"]
        assert len(pages) == 2


def test_an_object_is_copied_with_or_without_what_it_has(s3):
    put(s3, ODD_KEY, Metadata={"m": "1"}, Tagging="t=1")
    source = {"Bucket": "lesson-files", "Key": ODD_KEY}
    s3.copy_object(Bucket="lesson-files", Key="same", CopySource=source)
    s3.copy_object(
        Bucket="lesson-files",
        Key="other",
        CopySource=source,
        MetadataDirective="REPLACE",
        TaggingDirective="REPLACE",
        Metadata={"m": "2"},
    )
    same = s3.head_object(Bucket="lesson-files", Key="same")
    other = s3.head_object(Bucket="lesson-files", Key="other")
    assert (same["Metadata"], same["TagCount"]) == ({"m": "1"}, 1)
    assert other["Metadata"] == {"m": "2"}
    assert "TagCount" not in other


@pytest.mark.parametrize(
    "source",
    ["lesson-files/a%20b", "/lesson-files/a%20b", "lesson-files%2Fa+b", "%2Flesson-files%2Fa%20b"],
)
def test_the_source_of_a_copy_may_be_encoded_whole(s3, source):
    """Terraform's aws_s3_object_copy encodes the slash, too; a plus is a plus in a path."""
    put(s3, "a b")
    put(s3, "a+b")

    def send_as_it_is(request, **_others):
        del request.headers["x-amz-copy-source"]
        request.headers["x-amz-copy-source"] = source

    s3.meta.events.register("before-sign.s3.CopyObject", send_as_it_is)
    s3.copy_object(Bucket="lesson-files", Key="copy", CopySource="lesson-files/a")
    assert s3.head_object(Bucket="lesson-files", Key="copy")["ContentLength"]


def test_many_are_deleted_at_once(s3):
    for key in ("a", "b", ODD_KEY):
        put(s3, key)
    wanted = [{"Key": key} for key in ("a", ODD_KEY, "never-there")]
    done = s3.delete_objects(Bucket="lesson-files", Delete={"Objects": wanted})
    assert {one["Key"] for one in done["Deleted"]} == {"a", ODD_KEY, "never-there"}
    assert keys_in(s3.list_objects_v2(Bucket="lesson-files")) == ["b"]


def test_tags_of_buckets_and_objects_are_set_and_removed(s3):
    tags = [{"Key": "a b", "Value": "<&>"}]
    bucket, here = {"Bucket": "lesson-files"}, {"Bucket": "lesson-files", "Key": "k"}
    put(s3)
    assert refusal(s3.get_bucket_tagging, **bucket)[0] == "NoSuchTagSet"
    s3.put_bucket_tagging(**bucket, Tagging={"TagSet": tags})
    s3.put_object_tagging(**here, Tagging={"TagSet": tags})
    assert s3.get_bucket_tagging(**bucket)["TagSet"] == tags
    assert s3.get_object_tagging(**here)["TagSet"] == tags
    s3.delete_bucket_tagging(**bucket)
    s3.delete_object_tagging(**here)
    assert s3.get_object_tagging(**here)["TagSet"] == []
    twice = {"TagSet": tags * 2}
    assert refusal(s3.put_object_tagging, **here, Tagging=twice)[0] == "InvalidTag"
    eleven = {"TagSet": [{"Key": str(n), "Value": ""} for n in range(11)]}
    assert refusal(s3.put_object_tagging, **here, Tagging=eleven)[0] == "BadRequest"


def test_a_policy_goes_in_and_comes_out_as_text(s3, world):
    text = (
        '{"Version": "2012-10-17",\n "Statement": [{"Effect": "Allow", "Principal": {"AWS": "'
        + world.account.root_arn
        + '"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::lesson-files/*"}]}'
    )
    s3.put_bucket_policy(Bucket="lesson-files", Policy=text)
    assert s3.get_bucket_policy(Bucket="lesson-files")["Policy"] == text
    assert s3.get_bucket_policy_status(Bucket="lesson-files")["PolicyStatus"]["IsPublic"] is False
    s3.delete_bucket_policy(Bucket="lesson-files")
    assert refusal(s3.get_bucket_policy, Bucket="lesson-files")[0] == "NoSuchBucketPolicy"


def test_public_access_stays_blocked_until_it_is_not(s3):
    text = (
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",'
        ' "Action": "s3:GetObject", "Resource": "arn:aws:s3:::lesson-files/*"}}'
    )
    code, message, _ = refusal(s3.put_bucket_policy, Bucket="lesson-files", Policy=text)
    assert code == "AccessDenied"
    assert "BlockPublicPolicy" in message
    s3.delete_public_access_block(Bucket="lesson-files")
    assert refusal(s3.get_public_access_block, Bucket="lesson-files")[0] == (
        "NoSuchPublicAccessBlockConfiguration"
    )
    s3.put_bucket_policy(Bucket="lesson-files", Policy=text)
    assert s3.get_bucket_policy_status(Bucket="lesson-files")["PolicyStatus"]["IsPublic"] is True


def test_the_settings_of_every_bucket_are_returned(s3):
    put(s3)
    assert "Status" not in s3.get_bucket_versioning(Bucket="lesson-files")
    rules = s3.get_bucket_ownership_controls(Bucket="lesson-files")["OwnershipControls"]["Rules"]
    assert rules == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    grants = s3.get_bucket_acl(Bucket="lesson-files")["Grants"]
    assert [one["Permission"] for one in grants] == ["FULL_CONTROL"]
    # An attribute, xsi:type: s3cmd copies nothing without it.
    assert [one["Grantee"]["Type"] for one in grants] == ["CanonicalUser"]
    assert s3.get_object_acl(Bucket="lesson-files", Key="k")["Grants"][0]["Grantee"]["ID"]


NOT_KEPT = [
    ({"ACL": "public-read"}, "AccessControlListNotSupported"),
    ({"GrantRead": "uri=http://acs.amazonaws.com/groups/global/AllUsers"}, "AccessControlListNot"),
    ({"StorageClass": "GLACIER"}, "InvalidStorageClass"),
    ({"ServerSideEncryption": "aws:kms"}, "NotImplemented"),
    ({"ObjectLockLegalHoldStatus": "ON"}, "InvalidRequest"),
]


@pytest.mark.parametrize(("asked", "code"), NOT_KEPT)
def test_unsupported_options_are_refused(s3, asked, code):
    assert refusal(put, s3=s3, **asked)[0].startswith(code)


def test_an_object_over_a_mebibyte_is_refused_with_s3s_error(s3):
    put(s3, body=b"x" * 1024 * 1024)
    code, message, status = refusal(put, s3=s3, body=b"x" * (1024 * 1024 + 1))
    assert (code, status) == ("EntityTooLarge", 400)
    assert message.startswith("Your proposed upload exceeds the maximum allowed size")
    assert refusal(put, s3=s3, body=b"x" * (9 * 1024 * 1024))[0] == "EntityTooLarge"


def test_a_bucket_lives_in_its_region_and_the_client_follows(clients, admin):
    s3 = clients("s3", admin)
    s3.create_bucket(
        Bucket="irish-files", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    there = clients("s3", admin, "eu-west-1")
    assert there.get_bucket_location(Bucket="irish-files")["LocationConstraint"] == "eu-west-1"
    assert s3.head_bucket(Bucket="irish-files")["BucketRegion"] == "eu-west-1"
    s3.put_object(Bucket="irish-files", Key="k", Body=b"x")
    assert there.list_objects_v2(Bucket="irish-files")["KeyCount"] == 1


def test_a_copy_that_ends_with_an_acl_hears_that_there_are_none(s3):
    """s3cmd copies, then sets the ACL without a checksum: AWS answers so (s3cmd issue 1304)."""

    def without_checksums(request, **_):
        for name in [
            n for n in request.headers if n.lower().startswith(("content-md5", "x-amz-c"))
        ]:
            if name.lower() != "x-amz-content-sha256":
                del request.headers[name]

    put(s3)
    acl = s3.get_object_acl(Bucket="lesson-files", Key="k")
    policy = {"Owner": acl["Owner"], "Grants": acl["Grants"]}
    s3.meta.events.register("before-sign.s3", without_checksums)
    for call, named in ((s3.put_object_acl, {"Key": "k"}), (s3.put_bucket_acl, {})):
        assert refusal(call, Bucket="lesson-files", AccessControlPolicy=policy, **named) == (
            "AccessControlListNotSupported",
            "The bucket does not allow ACLs",
            400,
        )
