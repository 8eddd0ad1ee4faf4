"""The bell shows one's own denied calls."""

from django.urls import reverse

from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import allow


def test_the_bell_shows_the_visitors_own_denied_calls_with_their_reasons(db: None) -> None:
    world = open_world()
    world.add_user("ann", allow("iam:ListRoles"))
    world.add_user("bob")
    ann, bob = Visitor(world, "ann"), Visitor(world, "bob")
    said = text_of(ann.get(reverse("notifications")))
    assert "No notifications." in said.partition("Your last denied calls")[2]
    ann.get(reverse("users"))
    bob.get(reverse("groups"))
    page = ann.client.get(reverse("notifications"), headers={"hx-request": "true"})
    body = page.content.decode()
    assert "ListUsers was denied" in body
    assert "ListGroups" not in body
    assert 'href="/why/' in body
    assert "<html" not in body
