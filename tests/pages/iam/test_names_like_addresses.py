"""Users, groups, roles and policies whose names are those of pages: `create` and `delete`."""

import pytest
from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow, trust


@pytest.mark.parametrize("name", ["create", "delete"])
@pytest.mark.parametrize(
    ("operation", "page", "listed"),
    [("CreateUser", "user", "users"), ("CreateGroup", "group", "groups")],
)
def test_the_list_links_to_a_page_of_its_own(
    world: World, root: Visitor, operation: str, page: str, listed: str, name: str
) -> None:
    world.do(operation, **{f"{page.title()}Name": name})
    address = reverse(page, args=[name])
    assert f'href="{address}"' in root.get(reverse(listed)).content.decode()
    assert f":{page}/{name}" in text_of(root.get(address))


@pytest.mark.parametrize("name", ["create", "delete"])
def test_a_role_of_such_a_name_has_its_pages(world: World, root: Visitor, name: str) -> None:
    world.do("CreateRole", RoleName=name, AssumeRolePolicyDocument=trust(world.account_id))
    assert f":role/{name}" in text_of(root.get(reverse("role", args=[name])))
    assert root.get(reverse("role_edit", args=[name])).status_code == 200


def test_an_inline_policy_of_such_a_name_opens_in_the_editor(world: World, root: Visitor) -> None:
    world.do("CreateUser", UserName="create")
    words = {"UserName": "create", "PolicyName": "create"}
    world.do("PutUserPolicy", **words, PolicyDocument=allow("s3:GetObject"))
    said = text_of(root.get(reverse("inline_policy_edit", args=["users", "create", "create"])))
    assert "Modify permissions" in said or "Edit create" in said


def test_other_names_are_in_addresses_as_they_are() -> None:
    assert reverse("user", args=["Create"]).endswith("/users/Create")
    assert reverse("user", args=["created"]).endswith("/users/created")
