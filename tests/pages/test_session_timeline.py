"""The session timeline: what the events and the engine say of sessions, drawn."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from console.labs.sandboxes import move_clock
from console.services.cloudtrail.session_history import Session, sessions_seen_by
from iam.callers import Caller, Origin, Visit
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from sts.credentials import caller_of, open_token
from tests.pages.iam.counting import queries_of
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import World, allow


def recent_world() -> World:
    world = open_world()
    world.origin = Origin(timezone.now() - timedelta(minutes=5), "203.0.113.7", "pytest")
    world.add_user("ann", allow("sts:*"))
    world.add_role("First")
    world.add_role("Second")
    for role in ("First", "Second"):
        text = allow("sts:*")
        world.do("PutRolePolicy", RoleName=role, PolicyName="all", PolicyDocument=text)
    return world


@pytest.fixture
def world(db: None) -> World:
    return recent_world()


def sessions_of(visitor: Visitor, url: str = "", **query: str) -> list[Session]:
    context = visitor.get(url or reverse("cloudtrail_sessions"), **query).context
    return [one.session for one in reversed(context["sessions"])]


def ending_of(session: Session) -> str:
    return session.ending.how if session.ending else ""


def switch(visitor: Visitor, role: str, account_id: str) -> None:
    visitor.post(reverse("switchrole"), account=account_id, roleName=role)


def test_a_visit_is_drawn_from_its_sign_in_to_its_end(world: World) -> None:
    ann = Visitor(world, "ann")
    switch(ann, "First", world.account_id)
    ann.post(reverse("switch_back"))
    switch(ann, "Second", world.account_id)
    move_clock(world.sandbox, timedelta(hours=2))
    page = ann.get(reverse("my_sessions"))  # the page on which the role's session is found ended
    assert "The role session has ended" in text_of(page)
    page = ann.get(reverse("my_sessions"))
    found = [one.session for one in reversed(page.context["sessions"])]
    assert [(one.how, one.name, ending_of(one)) for one in found] == [
        ("ConsoleLogin", "ann", ""),
        ("SwitchRole", "First/ann", "Switched back"),
        ("SwitchRole", "Second/ann", "Expired"),
    ]
    assert {one.opened_in for one in found[1:]} == {found[0].key}
    body = page.content.decode()
    assert body.count('class="timeline__line"') == 2
    assert ">Clock +2 hours</text>" in body
    assert "in this tab" in text_of(page)
    ann.post(reverse("signout"))
    everybody = sessions_of(Visitor(world))
    assert ending_of(everybody[0]) == "Signed out"


def test_a_chain_is_followed_and_shown_to_each_of_its_roles(world: World) -> None:
    caller = world.user("ann")
    for role in ("First", "Second"):
        caller = assumed(world, caller, role)
    root = Visitor(world)
    for kind, name, keys in (
        ("user", "ann", 1),
        ("role", "First", 2),
        ("role", "Second", 2),
    ):
        found = sessions_of(root, reverse(kind, args=[name]), tab="sessions")
        assert len([one for one in found if one.name != "root"]) >= keys
    first, second = [one for one in sessions_of(root) if one.is_role]
    assert (first.opener, second.opener, second.by_role) == ("ann", "First", True)
    assert second.opened_in == first.key


def assumed(world: World, caller: Caller, role: str, at: Any = None) -> Caller:
    arn = f"arn:aws:iam::{world.account_id}:role/{role}"
    asked = {"RoleArn": arn, "RoleSessionName": "work"}
    result = perform(caller, "sts:AssumeRole", asked)
    end_visit(caller.visit)
    token = open_token(result["Credentials"]["SessionToken"])
    return caller_of(token, at or world.origin, Visit())


def test_revoking_ends_older_sessions_until_it_is_taken_back(world: World) -> None:
    assumed(world, world.user("ann"), "First")
    root = Visitor(world)
    root.post(reverse("role_revoke", args=["First"]), acknowledge="on")
    world.origin = Origin(timezone.now(), "203.0.113.7", "pytest")
    assumed(world, world.user("ann"), "First")

    def roles() -> list[str]:
        return [ending_of(one) for one in sessions_of(root) if one.is_role]

    assert roles() == ["Revoked", ""]
    world.do("DeleteRolePolicy", RoleName="First", PolicyName="AWSRevokeOlderSessions")
    assert roles() == ["", ""]
    world.do("DeleteRolePolicy", RoleName="First", PolicyName="all")
    world.do("DeleteRole", RoleName="First")
    assert roles() == ["Role deleted", "Role deleted"]


def test_only_who_may_look_up_events_sees_others(world: World) -> None:
    ann = Visitor(world, "ann")
    Visitor(world)
    for url, query in (
        (reverse("cloudtrail_sessions"), {}),
        (reverse("user", args=["ann"]), {"tab": "sessions"}),
    ):
        world.do("PutUserPolicy", UserName="ann", PolicyName="see", PolicyDocument=allow("iam:*"))
        page = ann.get(url, **query)
        assert "is not authorized to perform: cloudtrail:LookupEvents" in text_of(page)
        assert "timeline__lane" not in page.content.decode()
    assert {one.name for one in sessions_of(ann, reverse("my_sessions"))} == {"ann"}


def test_it_takes_the_same_queries_however_many_sessions_there_are(world: World) -> None:
    root, url = Visitor(world), reverse("cloudtrail_sessions")
    few = queries_of(root, url)
    for _ in range(20):
        assumed(world, world.user("ann"), "First")
    assert queries_of(root, url) <= few
    assert len(sessions_of(root)) == 15


class SessionLaws(TestCase):
    """What the timeline says of a session is what STS says to whoever uses it."""

    @settings(max_examples=6, deadline=None)
    @given(
        steps=st.lists(
            st.sampled_from(("First", "Second", "chain", "clock", "revoke", "delete", "back")),
            min_size=2,
            max_size=7,
        )
    )
    def test_an_open_session_works_and_an_ended_one_does_not(self, steps: list[str]) -> None:
        world = recent_world()
        made: dict[str, Any] = {}
        at = world.origin.received_at
        for step in steps:
            at += timedelta(seconds=2)
            world.origin = Origin(at, "203.0.113.7", "pytest")
            if step in {"First", "Second", "chain"}:
                self._assume(world, step, made)
            elif step == "clock":
                move_clock(world.sandbox, timedelta(minutes=25))
            else:
                self._end(world, step)
        world.origin = Origin(at + timedelta(seconds=2), "203.0.113.7", "pytest")
        history = sessions_seen_by(world.root())
        assert {one.key for one in history.sessions} == set(made)
        for one in history.sessions:
            assert works(world, made[one.key]) == (one.ending is None), (one, steps)

    def _assume(self, world: World, step: str, made: dict[str, Any]) -> None:
        world.sandbox.refresh_from_db()
        caller, role = world.user("ann"), step
        if step == "chain":
            if not made:
                return
            role, (*_, last) = "Second", made.values()
            if not works(world, last):
                return
            caller = caller_of(last, world.origin, Visit())
        try:
            result = perform(
                caller,
                "sts:AssumeRole",
                {
                    "RoleArn": f"arn:aws:iam::{world.account_id}:role/{role}",
                    "RoleSessionName": "work",
                },
            )
        except AwsError:  # the role is deleted
            return
        end_visit(caller.visit)
        token = open_token(result["Credentials"]["SessionToken"])
        made[token.access_key_id] = token

    def _end(self, world: World, step: str) -> None:
        world.sandbox.refresh_from_db()
        before = f"{world.root().now:%Y-%m-%dT%H:%M:%SZ}"
        deny = {"DateLessThan": {"aws:TokenIssueTime": before}}
        text = allow("*", Condition=deny).replace("Allow", "Deny")
        policy = {"RoleName": "First", "PolicyName": "AWSRevokeOlderSessions"}
        try:
            if step == "revoke":
                world.do("PutRolePolicy", **policy, PolicyDocument=text)
            elif step == "back":
                world.do("DeleteRolePolicy", **policy)
            else:
                world.do("DeleteRolePolicy", RoleName="Second", PolicyName="all")
                world.do("DeleteRole", RoleName="Second")
        except AwsError:  # it is gone already
            return


def works(world: World, token: Any) -> bool:
    """Return whether STS lets a session do what its role's policy allows."""
    world.sandbox.refresh_from_db()
    try:
        caller = caller_of(token, world.origin, Visit())
        perform(caller, "sts:GetAccessKeyInfo", {"AccessKeyId": token.access_key_id})
    except AwsError as error:
        return error.code not in {"ExpiredToken", "InvalidClientTokenId", "AccessDenied"}
    return True
