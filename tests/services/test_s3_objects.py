"""Objects through `perform`."""

from datetime import timedelta
from hashlib import md5
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.services.s3.models import StoredObject
from iam.models import Event
from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.services.cast import NOW, OTHER, Cast, statement

ODD = "a//b/../c +é?#%2F&='\"<>\\.txt"


def put(cast: Cast, key: str, body: bytes = b"text", **more: Any) -> dict[str, Any]:
    params = {"Bucket": "reports", "Key": key, "Body": body, **more}
    return perform(cast.root(), "s3:PutObject", params)


def test_what_is_put_is_read_again(cast: Cast) -> None:
    cast.bucket("reports")
    result = put(cast, ODD, b"\x00\xffbytes", ContentType="text/plain", Metadata={"k": "v"})
    got = perform(cast.root(), "s3:GetObject", {"Bucket": "reports", "Key": ODD})
    assert got["Body"] == b"\x00\xffbytes"
    assert got["ContentType"] == "text/plain"
    assert got["Metadata"] == {"k": "v"}
    digest = md5(got["Body"], usedforsecurity=False).hexdigest()
    assert got["ETag"] == result["ETag"] == f'"{digest}"'
    head = perform(cast.root(), "s3:HeadObject", {"Bucket": "reports", "Key": ODD})
    assert head["ContentLength"] == 7
    assert "Body" not in head


def test_putting_again_replaces_and_the_time_is_the_sandboxs(cast: Cast) -> None:
    cast.bucket("reports")
    put(cast, "key", b"first")
    later = cast.root(at=NOW + timedelta(hours=1))
    perform(later, "s3:PutObject", {"Bucket": "reports", "Key": "key", "Body": b"second"})
    stored = StoredObject.in_sandbox(cast.sandbox).get()
    assert bytes(stored.body) == b"second"
    assert stored.last_modified == NOW + timedelta(hours=1)


def test_an_object_of_more_than_a_mebibyte_is_too_large(cast: Cast) -> None:
    cast.bucket("reports")
    put(cast, "fits", b"x" * 1024 * 1024)
    with pytest.raises(AwsError) as refused:
        put(cast, "large", b"x" * (1024 * 1024 + 1))
    assert refused.value.code == "EntityTooLarge"
    assert refused.value.members == ("Body",)
    assert not StoredObject.in_sandbox(cast.sandbox).filter(key="large").exists()


def test_a_sandbox_holds_so_much_and_what_is_replaced_does_not_count(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.services.s3.quotas.MAX_SANDBOX_BYTES", 10)
    cast.bucket("reports", key="12345678")
    put(cast, "key", b"123456789")
    with pytest.raises(AwsError) as refused:
        put(cast, "other", b"12")
    assert refused.value.code == "EntityTooLarge"


def test_a_key_has_at_most_1024_bytes(cast: Cast) -> None:
    cast.bucket("reports")
    put(cast, "é" * 512)
    with pytest.raises(AwsError) as refused:
        put(cast, "é" * 512 + "x")
    assert refused.value.code == "KeyTooLongError"


def test_only_a_caller_who_may_list_learns_that_a_key_is_missing(cast: Cast) -> None:
    cast.bucket("reports")
    reader = cast.user("reader", statement("s3:GetObject"))
    lister = cast.user("lister", statement(["s3:GetObject", "s3:ListBucket"]))
    params = {"Bucket": "reports", "Key": "nothing"}
    with pytest.raises(AccessDenied) as denied:
        perform(reader, "s3:GetObject", params)
    assert "s3:ListBucket" in denied.value.message
    with pytest.raises(AwsError) as missing:
        perform(lister, "s3:GetObject", params)
    assert (missing.value.code, missing.value.status) == ("NoSuchKey", 404)


def test_deleting_what_is_not_there_succeeds(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    for _ in range(2):
        perform(cast.root(), "s3:DeleteObject", {"Bucket": "reports", "Key": "key"})
    assert not StoredObject.in_sandbox(cast.sandbox).exists()


def test_a_body_is_in_no_record(cast: Cast) -> None:
    cast.bucket("reports")
    put(cast, "key", b"the content")
    assert "the content" not in str(Event.in_sandbox(cast.sandbox).get(name="PutObject").record)


def test_a_copy_needs_both_reading_and_writing(cast: Cast) -> None:
    cast.bucket("reports", **{"a b+c": "text"})
    cast.bucket("archive")
    read = statement("s3:GetObject", "arn:aws:s3:::reports/*")
    write = statement("s3:PutObject", "arn:aws:s3:::archive/*")
    params = {"Bucket": "archive", "Key": "copy", "CopySource": "reports/a%20b%2Bc"}
    for name, documents in (("reader", [read]), ("writer", [write])):
        with pytest.raises(AccessDenied):
            perform(cast.user(name, *documents), "s3:CopyObject", params)
    result = perform(cast.user("both", read, write), "s3:CopyObject", params)
    assert result["CopyObjectResult"]["ETag"]
    got = perform(cast.root(), "s3:GetObject", {"Bucket": "archive", "Key": "copy"})
    assert got["Body"] == b"text"


@pytest.mark.parametrize(
    "source", ["reports", "/", "reports/", "//a", "reports/a%00b", "reports/key"]
)
def test_a_copy_from_nowhere_or_onto_itself_is_refused(cast: Cast, source: str) -> None:
    cast.bucket("reports", key="text")
    params = {"Bucket": "reports", "Key": "key", "CopySource": source}
    with pytest.raises(AwsError) as refused:
        perform(cast.root(), "s3:CopyObject", params)
    assert refused.value.code in {
        "InvalidArgument",
        "InvalidRequest",
        "InvalidURI",
        "ValidationError",
    }


def test_acls_are_not_supported(cast: Cast) -> None:
    cast.bucket("reports")
    with pytest.raises(AwsError) as refused:
        put(cast, "key", ACL="public-read")
    assert refused.value.code == "AccessControlListNotSupported"


def test_put_only_if_nothing_is_there(cast: Cast) -> None:
    cast.bucket("reports")
    put(cast, "key", IfNoneMatch="*")
    with pytest.raises(AwsError) as refused:
        put(cast, "key", IfNoneMatch="*")
    assert (refused.value.code, refused.value.status) == ("PreconditionFailed", 412)


def listed(cast: Cast, **params: Any) -> dict[str, Any]:
    return perform(cast.root(), "s3:ListObjectsV2", {"Bucket": "reports", **params})


def keys(result: dict[str, Any]) -> list[str]:
    return [one["Key"] for one in result["Contents"]]


def test_folders_are_common_prefixes(cast: Cast) -> None:
    names = ("2024/a", "2024/b", "2025/c", "readme", "B", "a//b", "é")
    cast.bucket("reports", **dict.fromkeys(names, ""))
    top = listed(cast, Delimiter="/")
    assert keys(top) == ["B", "readme", "é"]
    assert [one["Prefix"] for one in top["CommonPrefixes"]] == ["2024/", "2025/", "a/"]
    assert top["KeyCount"] == 6
    assert keys(listed(cast, Delimiter="/", Prefix="2024/")) == ["2024/a", "2024/b"]
    assert keys(listed(cast, Prefix="b")) == []


def test_pages_of_keys_and_prefixes_meet_without_gap_or_repeat(cast: Cast) -> None:
    names = [f"{folder}/{n}" for folder in "abc" for n in range(3)] + ["d", "e", "0"]
    cast.bucket("reports", **dict.fromkeys(names, ""))
    for delimiter in ({}, {"Delimiter": "/"}):
        whole = listed(cast, **delimiter)
        for size in (1, 2, 5):
            found: list[str] = []
            token: dict[str, str] = {}
            while True:
                page = listed(cast, MaxKeys=size, **delimiter, **token)
                assert page["KeyCount"] <= size
                found += [*keys(page), *(one["Prefix"] for one in page["CommonPrefixes"])]
                if not page["IsTruncated"]:
                    break
                token = {"ContinuationToken": page["NextContinuationToken"]}
            everything = [*keys(whole), *(one["Prefix"] for one in whole["CommonPrefixes"])]
            assert sorted(found) == sorted(everything)


def test_the_old_listing_goes_on_by_marker(cast: Cast) -> None:
    cast.bucket("reports", a="", b="", c="")
    params = {"Bucket": "reports", "MaxKeys": 2, "Delimiter": "/"}
    first = perform(cast.root(), "s3:ListObjects", params)
    rest = perform(cast.root(), "s3:ListObjects", {**params, "Marker": first["NextMarker"]})
    assert keys(first) + keys(rest) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "params", [{"MaxKeys": -1}, {"ContinuationToken": "%%%"}, {"ContinuationToken": "_w=="}]
)
def test_a_bad_page_is_an_invalid_argument(cast: Cast, params: dict[str, Any]) -> None:
    cast.bucket("reports")
    with pytest.raises(AwsError) as refused:
        listed(cast, **params)
    assert refused.value.code == "InvalidArgument"


def test_keys_come_encoded_where_that_is_asked_for(cast: Cast) -> None:
    cast.bucket("reports", **{"a b/ü": ""})
    assert keys(listed(cast, EncodingType="url")) == ["a%20b/%C3%BC"]


def test_a_policy_may_allow_listing_of_one_folder_only(cast: Cast) -> None:
    cast.bucket("reports", **{"home/bob/a": "", "secret/b": ""})
    condition = {"StringLike": {"s3:prefix": ["", "home/bob/*"]}}
    bob = cast.user("bob", statement("s3:ListBucket", Condition=condition))
    for prefix in ("", "home/bob/"):
        perform(bob, "s3:ListObjectsV2", {"Bucket": "reports", "Prefix": prefix})
    for params in ({"Prefix": "secret/"}, {}):
        with pytest.raises(AccessDenied):
            perform(bob, "s3:ListObjectsV2", {"Bucket": "reports", **params})


def test_listing_keys_costs_the_same_however_many_there_are(cast: Cast) -> None:
    cast.bucket("reports", a="")

    def queries() -> int:
        root = cast.root()
        with CaptureQueriesContext(connection) as captured:
            perform(root, "s3:ListObjectsV2", {"Bucket": "reports"})
        return len(captured)

    few = queries()
    for number in range(5):
        put(cast, f"key-{number}")
    assert queries() == few


def test_another_account_sees_no_object_without_a_policy(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    with pytest.raises(AccessDenied) as denied:
        perform(cast.root(OTHER), "s3:GetObject", {"Bucket": "reports", "Key": "key"})
    assert denied.value.message == "Access Denied"
