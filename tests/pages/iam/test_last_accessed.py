"""The tab *Last Accessed* of users, groups, roles and policies."""

from django.urls import reverse

from iam.perform import perform
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow


def test_the_tab_of_a_user_shows_services_policies_and_last_use(
    world: World, root: Visitor
) -> None:
    ann = world.add_user("ann", allow("s3:*", "sqs:*"))
    perform(ann, "s3:ListBuckets")
    world.events(ann)
    page = text_of(root.get(reverse("user", args=["ann"]), tab="accessed"))
    assert "Last accessed information shows the services that this user can access" in page
    assert "Not accessed in the tracking period" in page
    assert page.count("given") == 2
    assert " ago" in page.partition("Allowed services")[2]


def test_groups_roles_and_policies_have_the_tab_too(world: World, root: Visitor) -> None:
    world.do("CreateGroup", GroupName="devs")
    world.add_role("Worker")
    made = world.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("s3:*"))["Policy"]
    for url in (reverse("group", args=["devs"]), reverse("role", args=["Worker"])):
        assert "No services" in text_of(root.get(url, tab="accessed"))
    page = text_of(root.get(reverse("policy"), arn=made["Arn"], tab="accessed"))
    assert "Not accessed in the tracking period" in page


def test_a_denied_user_sees_the_denial_in_the_tab(world: World) -> None:
    world.add_user("ann", allow("iam:GetUser"))
    page = text_of(Visitor(world, "ann").get(reverse("user", args=["ann"]), tab="accessed"))
    assert "iam:GenerateServiceLastAccessedDetails" in page
