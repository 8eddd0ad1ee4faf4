"""Buckets through `perform`."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.services.s3.models import Bucket
from iam.models import Event, User
from iam.perform import AccessDenied, perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.services.cast import OTHER, OWN, Cast, make_cast, statement


def test_a_denied_user_hears_s3s_sentence_without_a_resource(cast: Cast) -> None:
    user1 = cast.user("user1")
    with pytest.raises(AccessDenied) as denied:
        perform(user1, "s3:ListBuckets")
    assert denied.value.message == (
        "User: arn:aws:iam::111111111111:user/user1 is not authorized to perform: "
        "s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action"
    )
    assert denied.value.event_id is not None


def test_a_denial_on_a_bucket_quotes_its_arn(cast: Cast) -> None:
    cast.bucket("reports")
    with pytest.raises(AccessDenied) as denied:
        perform(cast.user("user1"), "s3:ListObjectsV2", {"Bucket": "reports"})
    assert denied.value.message == (
        "User: arn:aws:iam::111111111111:user/user1 is not authorized to perform: s3:ListBucket "
        'on resource: "arn:aws:s3:::reports" because no identity-based policy allows the '
        "s3:ListBucket action"
    )


def test_an_allowed_user_lists_the_accounts_buckets_and_no_other(cast: Cast) -> None:
    cast.bucket("reports")
    cast.bucket("archive")
    cast.bucket("foreign", OTHER)
    user = cast.user("user1", statement("s3:ListAllMyBuckets"))
    result = perform(user, "s3:ListBuckets")
    assert [one["Name"] for one in result["Buckets"]] == ["archive", "reports"]
    assert result["Buckets"][0]["CreationDate"] == user.now


def test_buckets_are_listed_in_pages(cast: Cast) -> None:
    for name in ("aaa", "bbb", "ccc"):
        cast.bucket(name)
    first = perform(cast.root(), "s3:ListBuckets", {"MaxBuckets": 2})
    rest = perform(cast.root(), "s3:ListBuckets", {"ContinuationToken": first["ContinuationToken"]})
    assert [one["Name"] for one in first["Buckets"] + rest["Buckets"]] == ["aaa", "bbb", "ccc"]
    assert "ContinuationToken" not in rest


@pytest.mark.parametrize(
    "name",
    [
        "ab",
        "Reports",
        "two..dots",
        "-hyphen",
        "192.168.5.4",
        "xn--name",
        "name-s3alias",
        "a" * 64,
        "with space",
        "é" * 5,
    ],
)
def test_a_bucket_name_against_the_rules_is_not_valid(cast: Cast, name: str) -> None:
    with pytest.raises(AwsError) as refused:
        perform(cast.root(), "s3:CreateBucket", {"Bucket": name})
    assert refused.value.code == "InvalidBucketName"
    assert refused.value.message == "The specified bucket is not valid."


def test_a_bucket_name_is_taken_by_oneself_or_by_another_account(cast: Cast) -> None:
    cast.bucket("reports")
    for caller, code in (
        (cast.root(), "BucketAlreadyOwnedByYou"),
        (cast.root(OTHER), "BucketAlreadyExists"),
    ):
        with pytest.raises(AwsError) as refused:
            perform(caller, "s3:CreateBucket", {"Bucket": "reports"})
        assert (refused.value.code, refused.value.status) == (code, 409)


def test_two_sandboxes_may_have_buckets_of_the_same_name(cast: Cast) -> None:
    twin = make_cast("twin")
    cast.bucket("reports", mine="mine")
    twin.bucket("reports", theirs="theirs")
    listed = perform(cast.root(), "s3:ListObjectsV2", {"Bucket": "reports"})
    assert [one["Key"] for one in listed["Contents"]] == ["mine"]
    perform(twin.root(), "s3:DeleteObject", {"Bucket": "reports", "Key": "theirs"})
    perform(twin.root(), "s3:DeleteBucket", {"Bucket": "reports"})
    assert Bucket.in_sandbox(cast.sandbox).count() == 1
    assert Bucket.in_sandbox(twin.sandbox).count() == 0


def test_a_region_is_kept_and_the_first_region_has_no_name(cast: Cast) -> None:
    constraint = {"LocationConstraint": "eu-central-1"}
    made = {"Bucket": "frankfurt", "CreateBucketConfiguration": constraint}
    perform(cast.root(), "s3:CreateBucket", made)
    cast.bucket("virginia")
    root = cast.root()
    located = perform(root, "s3:GetBucketLocation", {"Bucket": "frankfurt"})
    assert located == {"LocationConstraint": "eu-central-1"}
    located = perform(root, "s3:GetBucketLocation", {"Bucket": "virginia"})
    assert located == {"LocationConstraint": None}
    assert perform(root, "s3:HeadBucket", {"Bucket": "frankfurt"})["BucketRegion"] == "eu-central-1"


def test_only_an_empty_bucket_can_be_deleted(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    with pytest.raises(AwsError) as refused:
        perform(cast.root(), "s3:DeleteBucket", {"Bucket": "reports"})
    assert (refused.value.code, refused.value.status) == ("BucketNotEmpty", 409)
    assert Bucket.in_sandbox(cast.sandbox).exists()


def test_only_a_permitted_caller_learns_that_a_bucket_is_missing(cast: Cast) -> None:
    with pytest.raises(AwsError) as missing:
        perform(cast.root(), "s3:ListObjectsV2", {"Bucket": "nowhere"})
    assert (missing.value.code, missing.value.status) == ("NoSuchBucket", 404)
    assert missing.value.message == "The specified bucket does not exist"
    with pytest.raises(AccessDenied):
        perform(cast.user("user1"), "s3:ListObjectsV2", {"Bucket": "nowhere"})


def test_an_account_has_its_quota_of_buckets(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.services.s3.quotas.MAX_BUCKETS", 1)
    cast.bucket("first")
    with pytest.raises(AwsError) as refused:
        cast.bucket("second")
    assert refused.value.code == "TooManyBuckets"
    cast.bucket("second", OTHER)


def test_listing_buckets_costs_the_same_however_many_there_are(cast: Cast) -> None:
    allowed = cast.user("user1", statement("s3:*"))
    user = User.in_sandbox(cast.sandbox).select_related("account").get(pk=allowed.user_pk)

    def queries() -> int:
        perform(cast.caller(user), "s3:ListBuckets")  # so that its policies are known
        caller = cast.caller(user)
        with CaptureQueriesContext(connection) as captured:
            perform(caller, "s3:ListBuckets")
        return len(captured)

    cast.bucket("first")
    few = queries()
    for number in range(5):
        cast.bucket(f"bucket-{number}")
    assert queries() == few


def test_bucket_calls_are_management_events_and_object_calls_are_not(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    root = cast.root()
    perform(root, "s3:ListObjectsV2", {"Bucket": "reports"})
    perform(root, "s3:GetBucketLocation", {"Bucket": "reports"})
    end_visit(root.visit)
    events = Event.in_sandbox(cast.sandbox)
    assert set(events.filter(management=True).values_list("name", flat=True)) == {
        "CreateBucket",
        "GetBucketLocation",
    }
    assert set(events.filter(management=False).values_list("name", flat=True)) == {
        "PutObject",
        "ListObjectsV2",
    }
    created = events.get(name="CreateBucket")
    assert created.resources == [{"ResourceType": "AWS::S3::Bucket", "ResourceName": "reports"}]
    assert created.account_id == OWN
