"""Deliveries: when log files are due, what is in them, who may stop them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from console.labs.sandboxes import move_clock
from console.services.s3.models import StoredObject
from iam.models import Event
from iam.perform import perform
from iam.trail import end_visit, pruning
from tests.services.cast import NOW, OWN, Cast
from tests.services.trails import ARN, MINUTES, delivered, do, files, log_policy, trail


def test_a_log_file_is_due_every_five_minutes_under_awss_key(cast: Cast) -> None:
    trail(cast)
    assert files(cast, 4 * MINUTES) == {}
    ((key, records),) = files(cast, 5 * MINUTES).items()
    assert re.fullmatch(
        rf"AWSLogs/{OWN}/CloudTrail/us-east-1/2026/11/23/"
        rf"{OWN}_CloudTrail_us-east-1_20261123T1205Z_[A-Za-z0-9]{{16}}\.json\.gz",
        key,
    )
    assert [record["eventName"] for record in records] == ["StartLogging"]
    assert records[0]["requestParameters"] == {"name": "all"}


def test_nothing_is_written_twice_and_nothing_where_nothing_happened(cast: Cast) -> None:
    trail(cast)
    do(cast, "iam:CreateUser", MINUTES, UserName="ann")
    assert delivered(cast, 5 * MINUTES) == ["StartLogging", "CreateUser"]
    assert delivered(cast, 30 * MINUTES) == ["StartLogging", "CreateUser"]
    assert len(files(cast, 60 * MINUTES)) == 1


def test_object_calls_are_delivered_only_where_a_trail_selects_them(cast: Cast) -> None:
    trail(cast)
    cast.bucket("notes")
    resource = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::notes/a"]}
    selectors = [{"IncludeManagementEvents": False, "DataResources": [resource]}]
    do(cast, "cloudtrail:PutEventSelectors", TrailName="all", EventSelectors=selectors)
    for key in ("a1", "b1"):
        do(cast, "s3:PutObject", MINUTES, Bucket="notes", Key=key, Body=b"x")
    do(cast, "s3:GetObject", MINUTES, Bucket="notes", Key="a1")
    assert delivered(cast, 6 * MINUTES) == ["PutObject", "GetObject"]
    found = do(cast, "cloudtrail:LookupEvents", 6 * MINUTES)["Events"]
    assert not {"PutObject", "GetObject"} & {event["EventName"] for event in found}


def test_advanced_selectors_select_by_their_fields(cast: Cast) -> None:
    trail(cast)
    fields = [
        {"Field": "eventCategory", "Equals": ["Management"]},
        {"Field": "eventName", "StartsWith": ["Create"], "NotEndsWith": ["Group"]},
    ]
    advanced = [{"Name": "made", "FieldSelectors": fields}]
    do(cast, "cloudtrail:PutEventSelectors", TrailName="all", AdvancedEventSelectors=advanced)
    do(cast, "iam:CreateUser", MINUTES, UserName="ann")
    do(cast, "iam:CreateGroup", MINUTES, GroupName="devs")
    do(cast, "iam:ListUsers", MINUTES)
    assert delivered(cast, 6 * MINUTES) == ["CreateUser"]


def test_a_trail_of_all_regions_writes_a_file_for_each(cast: Cast) -> None:
    trail(cast, IsMultiRegionTrail=True)
    row = Event.in_sandbox(cast.sandbox).get(name="StartLogging")
    row.pk, row.record = None, {**row.record, "awsRegion": "eu-west-1"}
    row.save()
    keys = list(files(cast, 6 * MINUTES))
    assert [key.split("/")[3] for key in keys] == ["eu-west-1", "us-east-1"]


def test_a_trail_without_global_service_events_has_none_of_iam_and_sts(cast: Cast) -> None:
    trail(cast, IncludeGlobalServiceEvents=False)
    do(cast, "iam:CreateUser", MINUTES, UserName="ann")
    do(cast, "sts:GetCallerIdentity", MINUTES)
    do(cast, "cloudtrail:DescribeTrails", MINUTES)
    assert delivered(cast, 6 * MINUTES) == ["StartLogging", "DescribeTrails"]


def test_a_policy_that_shuts_cloudtrail_out_stops_deliveries_until_it_is_mended(
    cast: Cast,
) -> None:
    trail(cast)
    other = log_policy(arn=ARN.replace("all", "other"))
    do(cast, "s3:PutBucketPolicy", MINUTES, Bucket="logs", Policy=other)
    assert delivered(cast, 6 * MINUTES) == []
    status = do(cast, "cloudtrail:GetTrailStatus", 6 * MINUTES, Name="all")
    assert status["LatestDeliveryError"] == "AccessDenied"
    do(cast, "s3:PutBucketPolicy", 7 * MINUTES, Bucket="logs", Policy=log_policy())
    assert delivered(cast, 10 * MINUTES)[0] == "StartLogging"
    status = do(cast, "cloudtrail:GetTrailStatus", 10 * MINUTES, Name="all")
    assert "LatestDeliveryError" not in status
    assert status["LatestDeliveryAttemptTime"] == "2026-11-23T12:10:00Z"


def test_a_missing_bucket_is_reported(cast: Cast) -> None:
    trail(cast)
    do(cast, "s3:DeleteBucket", Bucket="logs")
    status = do(cast, "cloudtrail:GetTrailStatus", 6 * MINUTES, Name="all")
    assert status["LatestDeliveryError"] == "NoSuchBucket"


def test_stopping_delivers_what_is_left_and_nothing_after_it(cast: Cast) -> None:
    trail(cast)
    do(cast, "cloudtrail:StopLogging", MINUTES, Name="all")
    do(cast, "iam:CreateUser", 2 * MINUTES, UserName="ann")
    assert delivered(cast, 3 * MINUTES) == ["StartLogging"]
    assert delivered(cast, 20 * MINUTES) == ["StartLogging"]
    cast.sandbox.refresh_from_db()
    assert cast.sandbox.logs_due_at is None


def test_moving_the_clock_delivers(cast: Cast) -> None:
    trail(cast)
    cast.sandbox.refresh_from_db()
    move_clock(cast.sandbox, timedelta(days=366))
    assert StoredObject.in_sandbox(cast.sandbox).filter(key__contains="T1205Z").count() == 1


def test_log_files_are_not_of_the_students_quota(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    trail(cast)
    monkeypatch.setattr("console.services.s3.quotas.MAX_SANDBOX_BYTES", 10)
    ((key, _),) = files(cast, 6 * MINUTES).items()
    do(cast, "s3:PutObject", 6 * MINUTES, Bucket="logs", Key="a", Body=b"0123456789")
    held = StoredObject.in_sandbox(cast.sandbox)
    assert {row.key: row.by_service for row in held} == {key: True, "a": False}


def test_reads_that_wait_for_a_delivery_are_not_pruned(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "READS_KEPT", 1)
    monkeypatch.setattr(pruning, "PRUNE_EVERY", 1)
    trail(cast)
    for _ in range(3):
        do(cast, "iam:ListUsers", MINUTES)
    assert delivered(cast, 6 * MINUTES) == ["StartLogging", *["ListUsers"] * 3]


def test_a_request_pays_nothing_for_a_trail_before_its_log_files_are_due(
    cast: Cast, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    trail(cast)
    cast.sandbox.refresh_from_db()
    root = cast.root(at=NOW + MINUTES)
    with django_assert_num_queries(1):
        perform(root, "iam:ListUsers")
    end_visit(root.visit)
