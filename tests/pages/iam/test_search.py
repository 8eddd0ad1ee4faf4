"""The search of the top bar."""

from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow


def test_it_finds_services_pages_and_the_accounts_own(world: World, root: Visitor) -> None:
    world.add_user("auditor-ann")
    world.add_role("AuditorRole")
    said = text_of(root.get(reverse("search"), q="auditor"))
    assert "auditor-ann IAM user" in said
    assert "AuditorRole IAM role" in said
    assert "Event history CloudTrail" in text_of(root.get(reverse("search"), q="event"))
    assert "AmazonS3FullAccess" in text_of(root.get(reverse("search"), q="s3 full access"))


def test_a_denied_list_gives_no_matches(world: World) -> None:
    world.add_user("ann", allow("iam:ListRoles"))
    world.add_role("AnnsRole")
    said = text_of(Visitor(world, "ann").get(reverse("search"), q="ann"))
    assert "AnnsRole" in said
    assert "ann IAM user" not in said


def test_the_top_bar_gets_the_accounts_own_alone(world: World, root: Visitor) -> None:
    world.add_user("user1")
    headers = {"HX-Request": "true", "HX-Target": "search-results"}
    response = root.client.get(reverse("search"), {"q": "user1"}, headers=headers)
    body = response.content.decode()
    assert "<html" not in body
    assert body.count("data-search-result") == 2
    assert reverse("user", args=["user1"]) in body


def test_nothing_typed_finds_nothing(root: Visitor) -> None:
    assert "Type what to look for" in text_of(root.get(reverse("search")))
    assert "No matches" in text_of(root.get(reverse("search"), q="\x01ü" * 300))
