"""CloudTrail's pages with Django's client."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from iam.callers import Origin
from iam.perform import perform
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import World

NONE = {"attribute": ""}


@pytest.fixture
def world(db: None) -> World:
    world = open_world()
    world.origin = Origin(timezone.now() - timedelta(minutes=1), "203.0.113.7", "pytest")
    return world


@pytest.fixture
def root(world: World) -> Visitor:
    return Visitor(world)


def history(visitor: Visitor, **query: str) -> Any:
    return visitor.get(
        f"{reverse('cloudtrail_events')}?{urlencode(query)}"
        if query
        else reverse("cloudtrail_events")
    )


def names(response: Any) -> list[str]:
    return [row.row.name for row in response.context["table"].rows]


def test_the_default_filter_leaves_out_what_only_reads(world: World, root: Visitor) -> None:
    world.do("CreateUser", UserName="bob")
    root.get(reverse("buckets"))
    response = history(root)
    assert set(names(response)) == {"ConsoleLogin", "CreateUser"}
    said = text_of(response)
    assert "Read-only: false" in said
    assert "AssumeRole is not in this list" in said
    cleared = history(root, **NONE)
    assert "ListBuckets" in names(cleared)
    assert "AssumeRole is not in this list" not in text_of(cleared)


def test_one_attribute_is_looked_up(world: World, root: Visitor) -> None:
    world.do("CreateUser", UserName="bob")
    world.do("CreateGroup", GroupName="developers")
    found = history(root, attribute="EventName", value="CreateUser")
    assert names(found) == ["CreateUser"]
    found = history(root, attribute="ResourceName", value="developers")
    assert names(found) == ["CreateGroup"]
    assert history(root, attribute="Username", value="nobody").context["table"].rows == []


def test_a_time_range_leaves_out_what_is_older(world: World, root: Visitor) -> None:
    world.origin = Origin(timezone.now() - timedelta(hours=2), "203.0.113.7", "pytest")
    world.do("CreateUser", UserName="bob")
    assert "CreateUser" in names(history(root, range="12h"))
    assert "CreateUser" not in names(history(root, range="1h"))
    day = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert "CreateUser" in names(history(root, range="custom", start=day))
    assert "CreateUser" not in names(history(root, range="custom", end=day))


@pytest.mark.parametrize(
    "query",
    [
        {"range": "custom", "start": "yesterday"},
        {"range": "custom", "start": "2026-05-02T00:00", "end": "2026-05-01T00:00"},
        {"range": "custom", "start": "9999-99-99T00:00", "end": "\0"},
    ],
)
def test_a_wrong_range_is_reported_and_stays(root: Visitor, query: dict[str, str]) -> None:
    response = history(root, **query)
    assert response.context["chosen"].error
    assert response.context["table"].rows == []
    assert response.context["chosen"].start == query["start"]


@pytest.mark.parametrize(
    "query",
    [
        {"attribute": "Colour", "value": "red"},
        {"attribute": "ReadOnly", "value": "perhaps"},
        {"attribute": "EventId", "value": "no-uuid"},
        {"attribute": "Username", "value": "x" * 5000},
        {"attribute": "Username", "value": "\0"},
        {"page": "nonsense"},
        {"page": "-1", "size": "huge", "prefs": "1"},
        {"range": "forever"},
        {"range": "custom", "start": "0001-01-01T00:00+23:00"},
    ],
)
def test_no_address_makes_a_500(root: Visitor, query: dict[str, str]) -> None:
    assert history(root, **query).status_code == 200


def test_pages_lead_forward_and_back(world: World, root: Visitor) -> None:
    for number in range(12):
        world.do("CreateUser", UserName=f"user{number}")
    first = history(root, attribute="EventName", value="CreateUser", prefs="1", size="10")
    assert len(names(first)) == 10
    assert first.context["table"].previous_url == ""
    second = root.get(first.context["table"].next_url)
    assert len(names(second)) == 2
    assert second.context["table"].next_url == ""
    assert [link.number for link in second.context["table"].pages] == [2]
    back = root.get(second.context["table"].previous_url)
    assert names(back) == names(first)


def test_a_denied_user_sees_the_sentence_and_no_rows(world: World) -> None:
    world.add_user("user1")
    said = text_of(history(Visitor(world, "user1")))
    assert "cloudtrail:LookupEvents because no identity-based policy allows" in said
    assert "Why?" in said
    assert "CreateUser" not in said


def event_page(visitor: Visitor, name: str) -> Any:
    (row,) = history(visitor, attribute="EventName", value=name).context["table"].rows
    return visitor.get(row.row.url)


def test_an_event_opens_with_its_record(world: World, root: Visitor) -> None:
    world.do("CreateUser", UserName="bob")
    response = event_page(root, "CreateUser")
    said = text_of(response)
    for words in ("Event record", "iam.amazonaws.com", "AWS::IAM::User", "203.0.113.7", "Why?"):
        assert words in said
    assert json.loads(response.context["row"].text)["eventName"] == "CreateUser"


def test_a_sign_in_has_no_reasons(root: Visitor) -> None:
    assert event_page(root, "ConsoleLogin").context["why_url"] == ""


def test_an_event_that_is_not_there_is_not_found(world: World, root: Visitor) -> None:
    unknown = "00000000-0000-0000-0000-000000000000"
    response = root.get(reverse("event", args=[unknown]))
    assert response.status_code == 404
    assert "No such event" in text_of(response)


def test_another_accounts_event_is_not_found(world: World, root: Visitor) -> None:
    other = world.add_account("222222222222")
    caller = world.root(other)
    perform(caller, "s3:CreateBucket", {"Bucket": "theirs"})
    theirs = next(event for event in world.events() if event.name == "CreateBucket")
    assert root.get(reverse("event", args=[theirs.event_id])).status_code == 404


def test_events_are_compared(world: World, root: Visitor) -> None:
    world.do("CreateUser", UserName="bob")
    world.do("CreateGroup", GroupName="developers")
    rows = history(root).context["table"].rows
    ids = [row.key for row in rows if row.row.name.startswith("Create")]
    response = root.get(reverse("cloudtrail_compare"), selected=ids)
    said = text_of(response)
    assert "CreateUser" in said
    assert "CreateGroup" in said
    differing = {label for label, _, differ in response.context["lines"] if differ}
    assert "Event name" in differing
    assert "User name" not in differing


@pytest.mark.parametrize("chosen", [[], ["one"], ["1", "2", "3", "4", "5", "6"]])
def test_two_to_five_events_are_compared(root: Visitor, chosen: list[str]) -> None:
    said = text_of(root.get(reverse("cloudtrail_compare"), selected=chosen))
    assert "Select two to five events to compare." in said


def test_a_compared_event_may_be_gone(root: Visitor) -> None:
    response = root.get(reverse("cloudtrail_compare"), selected=["x", "y"])
    assert response.status_code == 200


def test_events_are_downloaded_with_no_formula_in_them(world: World, root: Visitor) -> None:
    world.do("CreateUser", UserName="=1+1")
    query = {"attribute": "EventName", "value": "CreateUser"}
    got = root.get(reverse("cloudtrail_download", args=["csv"]), **query)
    lines = list(csv.reader(io.StringIO(got.content.decode())))
    assert lines[0][0] == "Event time"
    assert lines[1][-1] == "'=1+1"
    assert "attachment" in got["Content-Disposition"]
    got = root.get(reverse("cloudtrail_download", args=["json"]), **query)
    (record,) = json.loads(got.content)["Records"]
    assert record["requestParameters"] == {"userName": "=1+1"}


def test_a_download_of_another_kind_or_denied_leads_back(world: World, root: Visitor) -> None:
    assert root.get(reverse("cloudtrail_download", args=["exe"])).status_code == 200
    world.add_user("user1")
    denied = Visitor(world, "user1").get(reverse("cloudtrail_download", args=["csv"]))
    assert "is not authorized to perform: cloudtrail:LookupEvents" in text_of(denied)
