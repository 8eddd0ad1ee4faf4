"""Calls of a page: what their results hold, and how several are made."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest

from console.pages.calls import CallResult, call, call_all, call_each
from iam.callers import Caller
from iam.perform import AccessDenied
from iam.wire.errors import AwsError
from tests.worlds import World, allow, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def page_of(caller: Caller) -> HttpRequest:
    """Return a request of a page that is shown to a caller."""
    request: Any = HttpRequest()
    request.console = SimpleNamespace(caller=caller)
    found: HttpRequest = request
    return found


def test_a_denied_call_keeps_awss_sentence_and_leads_to_its_reasons(world: World) -> None:
    answer = call(page_of(world.add_user("ann")), "iam:ListUsers")
    assert answer.denied
    assert answer.code == "AccessDenied"
    assert answer.message.endswith("is not authorized to perform: iam:ListUsers on resource: "
                                   "arn:aws:iam::975050059573:user/ because no identity-based "
                                   "policy allows the iam:ListUsers action")  # fmt: skip
    assert isinstance(answer.error, AccessDenied)
    assert answer.why_url == f"/why/{answer.error.event_id}"
    assert answer.rows("Users") == []


def test_a_call_about_what_is_not_there_is_refused_but_not_denied(world: World) -> None:
    answer = call(page_of(world.root()), "iam:GetUser", UserName="nobody")
    assert answer.code == "NoSuchEntity"
    assert not answer.denied
    assert not answer.why_url


def test_an_error_that_means_that_nothing_is_set_can_be_left_out(world: World) -> None:
    answer = call(page_of(world.root()), "iam:GetAccountPasswordPolicy")
    assert answer.without("NoSuchEntity") == CallResult()
    assert answer.without("ReportExpired").error is answer.error


def test_a_step_that_fails_raises_awss_error(world: World) -> None:
    request = page_of(world.root())
    assert call(request, "iam:ListUsers").or_raise().rows("Users") == []
    with pytest.raises(AwsError, match="nobody"):
        call(request, "iam:DeleteUser", UserName="nobody").or_raise()


def test_a_list_is_read_page_by_page_until_nothing_is_left(world: World) -> None:
    names = [f"user{number}" for number in range(5)]
    for name in names:
        world.add_user(name)
    caller = world.root()
    answer = call_all(page_of(caller), "iam:ListUsers", "Users", 2)
    assert [row["UserName"] for row in answer.rows("Users")] == names
    assert [one.params.get("MaxItems") for one in caller.visit.outcomes] == [2, 2, 2]


def test_each_row_has_its_own_result(world: World) -> None:
    world.add_user("bea")
    ann = world.add_user("ann", allow("iam:GetUser", "iam:ListMFADevices"))
    asked = [{"UserName": name} for name in ("ann", "nobody", "not a name")]
    answers = call_each(page_of(ann), "iam:ListMFADevices", asked)
    assert [answer.code for answer in answers] == ["", "NoSuchEntity", "ValidationError"]
    assert answers[0].rows("MFADevices") == []
