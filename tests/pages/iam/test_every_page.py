"""What holds for all of these pages: they open, forms keep what was typed, nothing breaks."""

from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
NAMES = ["no body", "ü" * 3, "x" * 500, "nobody", "a'b\"<script>%00\x01"]


def own_policy(world: World, name: str = "Readers") -> str:
    made = world.do("CreatePolicy", PolicyName=name, PolicyDocument=allow("s3:GetObject"))
    return str(made["Policy"]["Arn"])


def of_user(name: str) -> list[str]:
    pages = [
        *("user", "user_boundary", "user_boundary_remove", "user_tags", "user_groups_add"),
        *("user_console", "user_console_disable", "access_key_create", "mfa_assign"),
    ]
    tabs = ("permissions", "groups", "tags", "credentials", "accessed", "nonsense")
    return [reverse(page, args=[name]) for page in pages] + [
        f"{reverse('user', args=[name])}?tab={tab}" for tab in tabs
    ]


def of_group(name: str) -> list[str]:
    tabs = ("users", "permissions", "accessed", "nonsense")
    return [reverse("group_users_add", args=[name])] + [
        f"{reverse('group', args=[name])}?tab={tab}" for tab in tabs
    ]


def of_policy(arn: str) -> list[str]:
    pages = ("policy", "policy_document", "policy_attach", "policy_tags", "policy_delete")
    tabs = ("permissions", "entities", "tags", "versions", "nonsense")
    named = f"?arn={quote(arn, safe='')}"
    return [reverse(page) + named for page in pages] + [
        f"{reverse('policy')}{named}&tab={tab}" for tab in tabs
    ]


def of_all() -> list[str]:
    own = ("security_credentials", "own_mfa_assign", "own_access_key_create", "own_password")
    pages = (
        "iam_dashboard",
        "account_alias",
        *own,
        "users",
        "user_create",
        "groups",
        "group_create",
    )
    return [*map(reverse, (*pages, *own, "policies")), reverse("search") + "?q=S3 full"]


def test_every_page_opens(world: World, root: Visitor) -> None:
    world.add_user("ann", allow("s3:*"))
    world.do("CreateGroup", GroupName="staff")
    world.do("AddUserToGroup", GroupName="staff", UserName="ann")
    world.do("AttachGroupPolicy", GroupName="staff", PolicyArn=S3_FULL)
    world.do("CreateAccessKey", UserName="ann")
    world.add_role("Auditor")
    attach = [
        reverse("attach_policies", args=args)
        for args in (("users", "ann"), ("groups", "staff"), ("roles", "Auditor"))
    ]
    arns = (own_policy(world), S3_FULL)
    urls = [*of_all(), *of_user("ann"), *of_group("staff"), *attach]
    urls += [url for arn in arns for url in of_policy(arn)]
    for url in urls:
        response = root.get(url)
        if "tags" in url and "aws%3Apolicy" in url:
            continue
        assert response.status_code == 200, url
        assert "`" not in text_of(response), url


def test_every_list_and_page_shows_why_it_is_denied(world: World) -> None:
    world.add_user("ann")
    world.do("CreateGroup", GroupName="staff")
    visitor = Visitor(world, "ann")
    denied = "User: arn:aws:iam::975050059573:user/ann is not authorized to perform: iam:"
    for name in ("iam_dashboard", "users", "groups", "policies"):
        response = visitor.get(reverse(name))
        assert response.status_code == 200
        assert denied in text_of(response), name
        assert "Why?" in text_of(response)
    for url in (reverse("user", args=["ann"]), reverse("group", args=["staff"])):
        response = visitor.get(url)
        assert response.status_code == 403
        assert denied in text_of(response)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_missing_thing_reports_that(root: Visitor, name: str) -> None:
    shown = quote(name, safe="")
    for url in [*of_user("NAME"), *of_group("NAME"), *of_policy("NAME")]:
        response = root.get(url.replace("NAME", shown))
        assert response.status_code in {200, 404}, url
    for kind in ("users", "groups", "roles", "others"):
        url = reverse("attach_policies", args=["users", "NAME"]).replace("users", kind)
        assert root.get(url.replace("NAME", shown)).status_code == 404, url


def test_a_missing_user_is_reported_in_awss_words(root: Visitor) -> None:
    response = root.get(reverse("user", args=["nobody"]))
    assert response.status_code == 404
    assert "The user with name nobody cannot be found." in text_of(response)
    response = root.get(reverse("group", args=["nobody"]))
    assert "The group with name nobody cannot be found." in text_of(response)
    response = root.get(reverse("policy"), arn="arn:aws:iam::aws:policy/Nothing")
    assert response.status_code == 404
    assert "Policy arn:aws:iam::aws:policy/Nothing was not found." in text_of(response)


def odd_posts() -> list[tuple[str, dict[str, Any]]]:
    odd: Any = ["", "x" * 500, "ü\x00", "managed:", "group:", "users/", "roles/nobody"]
    names = ("selected", "group", "member", "boundary", "AccountAlias", "UserName", "confirm")
    fields = dict.fromkeys(names, odd) | {"arn": S3_FULL, "option": "odd", "use_boundary": "yes"}
    urls = [*of_all(), *of_user("ann"), *of_group("staff"), *of_policy(S3_FULL)]
    return [(url, fields) for url in urls]


def test_no_form_breaks(world: World, root: Visitor) -> None:
    world.add_user("ann")
    world.do("CreateGroup", GroupName="staff")
    for url, fields in odd_posts():
        response = root.post(url, **fields)
        assert response.status_code < 500, url
        assert "`" not in text_of(response), url
        assert root.post(url).status_code < 500, url
