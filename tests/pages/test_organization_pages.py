"""AWS Organizations: the tree, what is attached to it, and what each level lets through."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.factories import ControlPolicyFactory
from iam.models import Account
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import World, allow, document

MEMBER = "111122223333"
GUARD = document(
    {
        "Effect": "Deny",
        "NotAction": ["iam:*", "sts:*"],
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}},
    }
)


@pytest.fixture
def managed(db: None) -> World:
    """Return the world of a management account with one member in the unit Workloads/Prod."""
    world = open_world()
    world.organize()
    member = world.add_account(MEMBER, "member")
    member.organizational_unit = "Workloads/Prod"
    member.save()
    return world


def attach(world: World, text: str, *targets: str, **given: Any) -> None:
    ControlPolicyFactory.create(
        sandbox=world.sandbox, document=text, targets=list(targets), **given
    )


def test_the_management_account_sees_the_tree_with_the_policies_of_each_level(
    managed: World,
) -> None:
    attach(managed, GUARD, "ou:Workloads", name="Guard")
    root = Visitor(managed)
    page = root.get("/organizations/")
    said = text_of(page)
    assert f"Organization ID {managed.sandbox.organization_id}" in said
    assert "Workloads Organizational unit SCP FullAWSAccess SCP Guard RCP" in said
    assert 'aria-label="Service control policy Guard, at Workloads"' in page.content.decode()
    assert "Guard Service control policy Customer 1" in text_of(
        root.get("/organizations/policies/")
    )


def test_each_level_says_what_it_lets_through_and_denies(managed: World) -> None:
    attach(managed, GUARD, "ou:Workloads")
    attach(managed, allow("s3:*", "iam:Get*"), "ou:Workloads/Prod", replaces_full_access=True)
    root = Visitor(managed)
    said = text_of(root.get(f"/organizations/targets/{MEMBER}"))
    guard = "Everything but iam:*, sts:*, where StringNotEquals aws:RequestedRegion eu-west-1"
    assert f"Workloads Organizational unit Everything {guard} Prod" in said
    assert "Prod Organizational unit s3:*, iam:Get* - member Account Everything -" in said
    own = text_of(root.get(f"/organizations/targets/{managed.account_id}"))
    assert "No control policy limits the management account" in own
    assert root.client.get("/organizations/targets/ou-none").status_code == 400


def test_a_policy_shows_its_text_and_its_targets(managed: World) -> None:
    attach(managed, GUARD, "ou:Workloads", name="Guard")
    root = Visitor(managed)
    listed = root.get("/organizations/").content.decode()
    url = next(part for part in listed.split('"') if "/policies/p-" in part and "Full" not in part)
    said = text_of(root.get(url))
    assert "Type Service control policy Managed by Customer" in said
    assert "aws:RequestedRegion" in said
    assert "Targets (1)" in said


def test_a_member_learns_only_whose_organization_it_is(managed: World) -> None:
    member = Account.in_sandbox(managed.sandbox).get(account_id=MEMBER)
    visitor = Visitor(World(managed.sandbox, member))
    said = text_of(visitor.get("/organizations/"))
    assert f"Management account {managed.account_id}" in said
    assert "Only the management account can see the tree" in said
    assert "FullAWSAccess" not in said
    assert visitor.client.get(f"/organizations/targets/{MEMBER}").status_code != 200


def test_a_user_without_permission_sees_the_refusal(managed: World) -> None:
    managed.add_user("ann", allow("organizations:DescribeOrganization"))
    said = text_of(Visitor(managed, "ann").get("/organizations/"))
    assert "is not authorized to perform: organizations:ListPolicies" in said
    assert "Why?" in said


def test_an_account_without_an_organization_learns_that(db: None) -> None:
    root = Visitor(open_world())
    for address in ("/organizations/", "/organizations/policies/"):
        said = text_of(root.get(address))
        assert "This account is not in an organization" in said
        assert "could not be listed" not in said


def test_the_tree_takes_the_same_queries_with_more_units_and_policies(managed: World) -> None:
    def queries() -> int:
        root = Visitor(managed)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            root.get("/organizations/")
        return len(counted)

    queries()
    few = queries()
    for number in range(4):
        attach(managed, GUARD, f"ou:Unit{number}", name=f"Guard{number}")
    assert queries() == few
