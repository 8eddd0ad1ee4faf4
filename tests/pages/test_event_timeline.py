"""The event history as a timeline: it says what the table says, event by event."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iam.callers import Origin
from iam.perform import perform
from tests.pages.iam.counting import queries_of
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import World, allow


@pytest.fixture
def world(db: None) -> World:
    world = open_world()
    world.origin = Origin(timezone.now() - timedelta(minutes=1), "203.0.113.7", "pytest")
    world.add_user("ann", allow("iam:ListUsers", "sts:AssumeRole"))
    world.add_role("Helper")
    return world


def drawn(visitor: Visitor, **query: str) -> Any:
    return visitor.get(reverse("cloudtrail_timeline"), **query).context


def test_each_event_of_the_table_is_one_mark_with_its_outcome(world: World) -> None:
    root, ann = Visitor(world), Visitor(world, "ann")
    ann.get(reverse("users"))
    ann.get(reverse("buckets"))
    ann.post(reverse("switchrole"), account=world.account_id, roleName="Helper")
    for asked in ({"attribute": ""}, {}, {"attribute": "EventName", "value": "ListBuckets"}):
        shown = drawn(root, **asked)
        table = root.get(reverse("cloudtrail_events"), **asked, prefs="1", size="50").context
        events = {row.row.id: row.row for row in table["table"].rows}
        marks = {
            shown["rows"][mark.moment].id: (lane, mark)
            for lane in shown["lanes"]
            for mark in lane.marks
        }
        # The timeline was asked for first, which the table then shows, too.
        later = {key for key, row in events.items() if row.name == "LookupEvents"}
        assert later >= set(events) - set(marks)
        assert set(marks) <= set(events)
        for key, (lane, mark) in marks.items():
            identity = events[key].record["userIdentity"]
            assert lane.name in (identity.get("userName", "root"), "Helper/ann")
            assert (mark.kind == "denied") == (events[key].recorded("errorCode") == "AccessDenied")
            assert mark.url == events[key].url
    body = root.get(reverse("cloudtrail_timeline"), attribute="").content.decode()
    assert "ListBuckets of s3 by ann: denied" in body
    assert ">Helper/ann</text>" in body
    assert f'href="{reverse("role", args=["Helper"])}"' in body


def test_why_is_there_for_who_may_ask(world: World) -> None:
    world.add_user("eve", allow("cloudtrail:LookupEvents"))
    Visitor(world, "ann").get(reverse("buckets"))
    eve = Visitor(world, "eve")
    eve.get(reverse("buckets"))
    notes = {
        lane.name: mark.note_url
        for lane in drawn(eve, attribute="EventName", value="ListBuckets")["lanes"]
        for mark in lane.marks
    }
    assert notes["eve"].startswith("/why/")
    assert notes["ann"] == ""


def test_it_is_paged_and_takes_the_same_queries_however_many_there_are(world: World) -> None:
    root = Visitor(world)
    world.add_user("u0")
    few = queries_of(root, f"{reverse('cloudtrail_timeline')}?attribute=")
    for number in range(45):
        world.add_user(f"u{number + 1}")
    url = f"{reverse('cloudtrail_timeline')}?attribute=EventName&value=CreateUser"
    assert queries_of(root, url) <= few
    seen, pages = set(), 0
    while url:
        context = root.get(url).context
        assert len(context["rows"]) <= 20
        seen |= {row.id for row in context["rows"]}
        url, pages = context["older_url"], pages + 1
    assert (len(seen), pages) == (47, 3)


def test_a_denied_visitor_sees_the_sentence_and_no_lane(world: World) -> None:
    page = Visitor(world, "ann").get(reverse("cloudtrail_timeline"))
    assert "is not authorized to perform: cloudtrail:LookupEvents" in text_of(page)
    assert "timeline__lane" not in page.content.decode()


def test_a_call_from_another_account_shows_that_account_alone(world: World) -> None:
    other = World(world.sandbox, world.add_account("222222222222"), world.origin)
    role = world.add_role("Shared", "222222222222")
    zoe = other.add_user("zoe", allow("sts:AssumeRole"))
    perform(zoe, "sts:AssumeRole", {"RoleArn": role, "RoleSessionName": "zoe"})
    other.events(zoe)
    lanes = drawn(Visitor(world), attribute="EventName", value="AssumeRole")["lanes"]
    assert [(lane.name, lane.note, lane.url) for lane in lanes] == [
        ("222222222222", "Another account", "")
    ]


def test_a_name_is_text(world: World) -> None:
    world.add_user("a+b=c@d.e-f", allow("*"))
    Visitor(world, "a+b=c@d.e-f").get(reverse("buckets"))
    page = Visitor(world).get(reverse("cloudtrail_timeline"), attribute="")
    assert "<title>ListBuckets of s3 by a+b=c@d.e-f: allowed</title>" in page.content.decode()
