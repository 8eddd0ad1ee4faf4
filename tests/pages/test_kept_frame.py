"""The bar at the top is drawn once and kept: it is as if it were drawn anew for each page."""

import re

import pytest
from django.urls import reverse

from console.templatetags import kept_tags
from tests.consoles import console_behind
from tests.pages.visitor import Visitor, open_world
from tests.worlds import World, allow, trust

BAR = re.compile(r'<header class="topbar">.*</header>', re.DOTALL)
CHANGING = re.compile(r'(name="csrfmiddlewaretoken" value="|data-seconds-left=")\w+')


@pytest.fixture
def world(db: None) -> World:
    world = open_world()
    world.add_user("ann", allow("sts:AssumeRole"))
    world.add_user("bob")
    world.do("CreateRole", RoleName="Ops", AssumeRolePolicyDocument=trust(world.account_id))
    return world


def acting_as_role(world: World) -> Visitor:
    """Return ann's browser after she has switched to a role, with a color and a name of her own."""
    ann = Visitor(world, "ann")
    fields = {"account": world.account_id, "roleName": "Ops", "displayName": "<Ops & co>"}
    assert ann.post(reverse("switchrole"), **fields, color="red").status_code == 200
    return ann


CAST = {
    "root": Visitor,
    "ann": lambda world: Visitor(world, "ann"),
    "bob": lambda world: Visitor(world, "bob"),
    "a role": acting_as_role,
}
ADDRESSES = ("/search", "/search?q=a%26b+%22c%22%2Fd'e", "/iam/groups/create", "/switchrole")


def bar_of(visitor: Visitor, url: str) -> str:
    (bar,) = BAR.findall(visitor.client.get(url).content.decode())
    return CHANGING.sub(r"\1", bar)


@pytest.mark.parametrize("who", CAST)
def test_it_is_as_if_it_were_drawn_for_the_page(world, settings, who):
    visitor = CAST[who](world)
    kept = [bar_of(visitor, url) for url in ADDRESSES for _ in range(2)]
    settings.DEBUG = True
    drawn = [bar_of(visitor, url) for url in ADDRESSES for _ in range(2)]
    assert kept == drawn
    assert len(set(kept)) >= len(ADDRESSES) - 1


def test_it_follows_what_it_shows(world, settings):
    ann = Visitor(world, "ann")
    before = bar_of(ann, "/search")
    world.do("CreateAccountAlias", AccountAlias="my-school")
    world.sandbox.name = "Renamed"
    world.sandbox.save(update_fields=["name"])
    after = bar_of(ann, "/search")
    assert "my-school" in after
    assert "Renamed" in after
    assert "my-school" not in before
    assert bar_of(Visitor(world), "/search") not in (before, after)


def test_nothing_kept_is_of_a_request(world, monkeypatch):
    monkeypatch.setattr(kept_tags, "_kept", {})
    ann = acting_as_role(world)
    page = ann.client.get("/search?q=whereabouts").content.decode()
    tokens = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page))
    texts = ["".join(pieces) for pieces in kept_tags._kept.values()]
    assert texts
    for secret in (console_behind(ann.client).identity, "whereabouts", *tokens):
        assert secret in page
        assert [text for text in texts if secret in text] == []


def test_a_name_cannot_stand_for_what_is_put_in(world):
    world.sandbox.name = f"{kept_tags._IDENTITY[0]}i"
    world.sandbox.save(update_fields=["name"])
    assert bar_of(Visitor(world), "/search").count(world.sandbox.name) >= 1
