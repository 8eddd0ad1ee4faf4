"""LookupEvents through `perform`."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.models import Event
from iam.perform import AccessDenied, perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.services.cast import NOW, OTHER, Cast, make_cast, statement


def look(cast: Cast, *, at: timedelta = timedelta(), **params: Any) -> dict[str, Any]:
    return perform(cast.root(at=NOW + at), "cloudtrail:LookupEvents", params)


def by(key: str, value: str) -> list[dict[str, str]]:
    return [{"AttributeKey": key, "AttributeValue": value}]


def names(result: dict[str, Any]) -> list[str]:
    return [event["EventName"] for event in result["Events"]]


def test_a_call_is_found_shaped_as_aws_shapes_it(cast: Cast) -> None:
    cast.bucket("reports")
    (event,) = look(cast)["Events"]
    record = json.loads(event["CloudTrailEvent"])
    assert event["EventName"] == "CreateBucket"
    assert event["EventSource"] == "s3.amazonaws.com"
    assert event["ReadOnly"] == "false"
    assert event["EventTime"] == NOW
    assert event["Username"] == "root"
    assert event["Resources"] == [{"ResourceType": "AWS::S3::Bucket", "ResourceName": "reports"}]
    assert record["eventID"] == event["EventId"]
    assert record["requestParameters"] == {"bucket": "reports"}


def test_object_calls_are_never_found(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    root = cast.root()
    perform(root, "s3:GetObject", {"Bucket": "reports", "Key": "key"})
    end_visit(root.visit)
    assert names(look(cast)) == ["CreateBucket"]


def test_a_denied_user_sees_the_denial(cast: Cast) -> None:
    with pytest.raises(AccessDenied) as denied:
        perform(cast.user("user1"), "cloudtrail:LookupEvents")
    assert denied.value.message == (
        "User: arn:aws:iam::111111111111:user/user1 is not authorized to perform: "
        "cloudtrail:LookupEvents because no identity-based policy allows the "
        "cloudtrail:LookupEvents action"
    )


def test_a_denied_call_is_found_with_its_error(cast: Cast) -> None:
    user1 = cast.user("user1")
    with pytest.raises(AccessDenied) as denied:
        perform(user1, "s3:ListBuckets")
    end_visit(user1.visit)
    (event,) = look(cast, LookupAttributes=by("Username", "user1"))["Events"]
    assert event["EventId"] == str(denied.value.event_id)
    assert json.loads(event["CloudTrailEvent"])["errorCode"] == "AccessDenied"


def test_a_look_up_is_itself_a_read_event(cast: Cast) -> None:
    root = cast.root()
    perform(root, "cloudtrail:LookupEvents")
    end_visit(root.visit)
    assert names(look(cast, LookupAttributes=by("ReadOnly", "true"))) == ["LookupEvents"]
    assert names(look(cast, LookupAttributes=by("ReadOnly", "false"))) == []


def test_every_attribute_finds_its_event_and_no_other(cast: Cast) -> None:
    cast.bucket("reports")
    user = cast.user("user1", statement("s3:*"))
    perform(user, "s3:CreateBucket", {"Bucket": "by-user1"})
    (wanted,) = look(cast, LookupAttributes=by("Username", "user1"))["Events"]
    for key, value in (
        ("EventId", wanted["EventId"]),
        ("AccessKeyId", "AKIAEXAMPLE000000000"),
        ("ResourceName", "by-user1"),
    ):
        assert look(cast, LookupAttributes=by(key, value))["Events"] == [wanted]
    for key, value in (
        ("EventName", "CreateBucket"),
        ("EventSource", "s3.amazonaws.com"),
        ("ResourceType", "AWS::S3::Bucket"),
    ):
        assert len(look(cast, LookupAttributes=by(key, value))["Events"]) == 2


@pytest.mark.parametrize(
    "key", ["EventId", "EventName", "ResourceName", "AccessKeyId", "Username", "EventSource"]
)
@pytest.mark.parametrize("value", ["nothing", "%", "createbucket"])
def test_a_value_that_fits_nothing_finds_nothing(cast: Cast, key: str, value: str) -> None:
    cast.bucket("reports")
    assert look(cast, LookupAttributes=by(key, value))["Events"] == []


def test_only_ones_own_accounts_and_sandboxs_events_are_found(cast: Cast) -> None:
    cast.bucket("foreign", OTHER)
    make_cast("twin").bucket("reports")
    assert look(cast)["Events"] == []


def test_events_end_after_90_days_of_the_sandboxs_clock(cast: Cast) -> None:
    cast.bucket("reports")
    assert names(look(cast, at=timedelta(days=89))) == ["CreateBucket"]
    assert names(look(cast, at=timedelta(days=91))) == []


def test_a_time_range_holds_both_its_ends(cast: Cast) -> None:
    cast.bucket("reports")
    hour = timedelta(hours=1)
    assert names(look(cast, StartTime=NOW, EndTime=NOW)) == ["CreateBucket"]
    assert names(look(cast, StartTime=NOW + hour)) == []
    assert names(look(cast, EndTime=NOW - hour)) == []


def test_pages_meet_without_gap_or_repeat(cast: Cast) -> None:
    for number in range(7):
        cast.bucket(f"bucket-{number}")
    found: list[str] = []
    token: dict[str, Any] = {}
    while True:
        page = look(cast, MaxResults=3, **token)
        found += [event["Resources"][0]["ResourceName"] for event in page["Events"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert found == [f"bucket-{number}" for number in reversed(range(7))]


def test_pages_of_one_resource_type_meet_too(cast: Cast) -> None:
    for number in range(3):
        cast.bucket(f"bucket-{number}")
    attribute = by("ResourceType", "AWS::S3::Bucket")
    first = look(cast, MaxResults=2, LookupAttributes=attribute)
    rest = look(cast, MaxResults=2, LookupAttributes=attribute, NextToken=first["NextToken"])
    assert (len(first["Events"]), len(rest["Events"])) == (2, 1)
    assert "NextToken" not in rest


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"NextToken": "nonsense"}, "InvalidNextTokenException"),
        ({"NextToken": "WzEsIDJd"}, "InvalidNextTokenException"),
        (
            {"StartTime": NOW, "EndTime": NOW - timedelta(days=1)},
            "InvalidTimeRangeException",
        ),
        (
            {"LookupAttributes": [*by("EventName", "a"), *by("Username", "b")]},
            "InvalidLookupAttributesException",
        ),
        ({"LookupAttributes": by("ReadOnly", "yes")}, "InvalidLookupAttributesException"),
        ({"LookupAttributes": by("Colour", "red")}, "ValidationError"),
        ({"MaxResults": 51}, "ValidationError"),
    ],
)
def test_a_wrong_look_up_is_refused(cast: Cast, params: dict[str, Any], code: str) -> None:
    with pytest.raises(AwsError) as refused:
        look(cast, **params)
    assert refused.value.code == code


def test_a_look_up_costs_the_same_however_many_events_there_are(cast: Cast) -> None:
    def queries(**params: Any) -> int:
        root = cast.root()
        with CaptureQueriesContext(connection) as captured:
            perform(root, "cloudtrail:LookupEvents", params)
        return len(captured)

    cast.bucket("first")
    attribute = by("ResourceName", "first")
    few = queries(), queries(LookupAttributes=attribute)
    for number in range(5):
        cast.bucket(f"bucket-{number}")
    assert (queries(), queries(LookupAttributes=attribute)) == few
    assert few[0] == 1
    assert few[1] <= 2


def test_there_are_no_insight_events(cast: Cast) -> None:
    cast.bucket("reports")
    assert look(cast, EventCategory="insight")["Events"] == []
    assert Event.in_sandbox(cast.sandbox).exists()
