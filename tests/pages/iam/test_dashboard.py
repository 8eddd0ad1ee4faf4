"""The IAM dashboard and the account alias."""

import re

import pytest
from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow


def test_it_counts_what_is_in_the_account_and_links_to_it(world: World, root: Visitor) -> None:
    for name in ("ann", "bob", "cid"):
        world.do("CreateUser", UserName=name)
    response = root.get(reverse("iam_dashboard"))
    assert "Users 3" in text_of(response)
    assert re.search(rf'href="{reverse("users")}"[^>]*>3<', response.content.decode())


def test_it_shows_how_users_of_the_account_sign_in(world: World, root: Visitor) -> None:
    page = text_of(root.get(reverse("iam_dashboard")))
    assert f"http://testserver/signin?account={world.account_id}" in page
    root.post(reverse("account_alias"), AccountAlias="the-course")
    page = text_of(root.get(reverse("iam_dashboard")))
    assert "http://testserver/signin?account=the-course" in page


def test_each_part_shows_its_own_denial(world: World) -> None:
    world.add_user("ann", allow("iam:GetAccountSummary"))
    page = text_of(Visitor(world, "ann").get(reverse("iam_dashboard")))
    assert "Users 1" in page
    assert "iam:ListAccountAliases" in page
    assert "iam:GetAccountSummary because" not in page
    assert page.count("Why?") == 1


def test_an_alias_is_created_and_deleted(world: World, root: Visitor) -> None:
    response = root.post(reverse("account_alias"), AccountAlias="the-course")
    assert "Alias the-course created for this account." in text_of(response)
    assert world.do("ListAccountAliases")["AccountAliases"] == ["the-course"]
    asked = root.get(reverse("account_alias_delete"))
    assert "Delete account alias the-course?" in text_of(asked)
    response = root.post(reverse("account_alias_delete"), alias="the-course")
    assert "Alias the-course deleted for this account." in text_of(response)
    assert world.do("ListAccountAliases")["AccountAliases"] == []


@pytest.mark.parametrize("alias", ["", "ab", "Upper", "a--b", "-a-", "x" * 64, "123456789012"])
def test_a_bad_alias_is_refused_at_the_field_and_kept(root: Visitor, alias: str) -> None:
    response = root.post(reverse("account_alias"), AccountAlias=alias)
    assert response.status_code == 200
    errors = response.context["form"].errors["AccountAlias"]
    assert "alias" in errors[0].lower()
    assert f'value="{alias}"' in response.content.decode() or not alias
