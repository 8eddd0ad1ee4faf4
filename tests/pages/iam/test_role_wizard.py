"""The wizard *Create role*."""

import json
from typing import Any

import pytest
from django.urls import reverse

from tests.pages.visitor import Visitor, markup_of, text_of
from tests.worlds import World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
MISSING = "arn:aws:iam::aws:policy/Nothing"
THIS_ACCOUNT = {"entity": "account", "which": "this"}


def step(slug: str) -> str:
    return f"{reverse('role_create')}?step={slug}"


def walk(
    visitor: Visitor, trust: dict[str, Any], permissions: dict[str, Any], **review: Any
) -> Any:
    visitor.post(step("trust"), **trust)
    visitor.post(step("permissions"), **permissions)
    return visitor.post(step("review"), **{"RoleName": "Hero", **review})


def trust_of(world: World, name: str = "Hero") -> dict[str, Any]:
    text = world.do("GetRole", RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    statement: dict[str, Any] = json.loads(text)["Statement"][0]
    return statement


def role_names(world: World) -> list[str]:
    return [role["RoleName"] for role in world.do("ListRoles")["Roles"]]


def attached(world: World) -> list[str]:
    listed = world.do("ListAttachedRolePolicies", RoleName="Hero")["AttachedPolicies"]
    return [one["PolicyArn"] for one in listed]


def test_a_role_is_created_by_awss_calls_in_awss_order(world: World, root: Visitor) -> None:
    chosen = {"selected": [S3_FULL, READ_ONLY]}
    response = walk(root, THIS_ACCOUNT, chosen, Description="Saves the day")
    said = text_of(response)
    assert "Role Hero created." in said
    assert "View role" in said
    written = [event.name for event in reversed(world.events()) if not event.read_only]
    assert written[-3:] == ["CreateRole", "AttachRolePolicy", "AttachRolePolicy"]
    assert sorted(attached(world)) == sorted([S3_FULL, READ_ONLY])
    assert trust_of(world)["Principal"] == {"AWS": f"arn:aws:iam::{world.account_id}:root"}


def test_an_attachment_that_fails_keeps_the_role_and_is_named(world: World, root: Visitor) -> None:
    said = text_of(walk(root, THIS_ACCOUNT, {"selected": [MISSING, S3_FULL]}))
    assert "Role Hero created." in said
    assert f"Nothing was not attached: Policy {MISSING} does not exist" in said
    assert attached(world) == [S3_FULL]


def test_a_denied_attachment_shows_why(world: World) -> None:
    world.add_user("maker", allow("iam:CreateRole", "iam:List*", "iam:Get*"))
    said = text_of(walk(Visitor(world, "maker"), THIS_ACCOUNT, {"selected": [S3_FULL]}))
    assert "AmazonS3FullAccess was not attached: User: arn:" in said
    assert "Why?" in said
    assert role_names(world) == ["Hero"]


def test_a_denied_creation_keeps_the_form_and_shows_why(world: World) -> None:
    world.add_user("ann", allow("iam:List*"))
    response = walk(Visitor(world, "ann"), THIS_ACCOUNT, {"selected": [S3_FULL]})
    said = text_of(response)
    assert "is not authorized to perform: iam:CreateRole" in said
    assert "Why?" in said
    assert response.context["form"]["RoleName"].value() == "Hero"
    assert role_names(world) == []


def test_a_name_taken_in_other_case_is_marked_and_stays(world: World, root: Visitor) -> None:
    world.add_role("hero")
    response = walk(root, THIS_ACCOUNT, {"selected": [S3_FULL]}, Description="kept")
    form = response.context["form"]
    assert form.errors["RoleName"] == ["Role with name Hero already exists."]
    assert (form["RoleName"].value(), form["Description"].value()) == ("Hero", "kept")
    assert "AmazonS3FullAccess" in text_of(response)


@pytest.mark.parametrize("name", ["", "has space", "ü", "x" * 65, "a/b"])
def test_a_bad_name_is_refused_at_its_field(world: World, root: Visitor, name: str) -> None:
    response = walk(root, THIS_ACCOUNT, {}, RoleName=name)
    assert response.context["form"].errors["RoleName"]
    assert response.context["form"]["RoleName"].value() == name
    assert role_names(world) == []


def test_another_account_may_have_dashes_and_needs_twelve_digits(
    world: World, root: Visitor
) -> None:
    world.add_account("222222222222")
    other = {"entity": "account", "which": "other"}
    response = root.post(step("trust"), **other, account_id="2222")
    assert "Account ID is a 12-digit number." in text_of(response)
    walk(root, {**other, "account_id": "2222-2222 2222"}, {})
    assert trust_of(world)["Principal"] == {"AWS": "arn:aws:iam::222222222222:root"}


def test_an_account_that_is_not_there_is_refused_in_awss_words(world: World, root: Visitor) -> None:
    response = walk(root, {"entity": "account", "which": "other", "account_id": "9" * 12}, {})
    assert "Invalid principal in policy" in text_of(response)
    assert f"This sandbox has no account {'9' * 12};" in text_of(response)
    assert role_names(world) == []


def test_options_become_conditions(world: World, root: Visitor) -> None:
    trust = {**THIS_ACCOUNT, "require_external_id": "on", "require_mfa": "on"}
    assert root.post(step("trust"), **trust).context["form"].errors["external_id"]
    walk(root, {**trust, "external_id": "secret-1"}, {})
    assert trust_of(world)["Condition"] == {
        "StringEquals": {"sts:ExternalId": "secret-1"},
        "Bool": {"aws:MultiFactorAuthPresent": "true"},
    }


def test_a_services_role_is_described(world: World, root: Visitor) -> None:
    root.post(step("trust"), entity="service", service="EC2", use_case="EC2")
    root.post(step("permissions"))
    said = root.get(step("review")).context["form"]["Description"].value()
    assert said == "Allows EC2 instances to call AWS services on your behalf."
    root.post(step("review"), RoleName="Hero", Description=said)
    assert trust_of(world)["Principal"] == {"Service": "ec2.amazonaws.com"}


def test_a_service_and_its_use_case_are_chosen(world: World, root: Visitor) -> None:
    """A service with one use case needs no other choice; without JavaScript a button shows them."""
    for fields, field in (
        ({}, "service"),
        ({"service": "Nothing"}, "service"),
        ({"service": "EKS"}, "use_case"),
        ({"service": "EKS", "use_case": "EC2"}, "use_case"),
    ):
        page = root.post(step("trust"), entity="service", **fields)
        assert list(page.context["form"].errors) == [field]
        assert f'href="#id_{field}"' in markup_of(page)
        assert f'id="id_{field}"' in markup_of(page)
    assert "Choose a use case for the specified service." in text_of(page)
    shown = text_of(root.post(step("trust"), entity="service", service="EKS", do="refresh"))
    assert "EKS - Pod Identity Allows pods running in Amazon EKS cluster to access AWS" in shown
    assert "EC2 Spot Fleet Role" not in shown


def test_a_use_case_suggests_its_policies_until_another_is_chosen(
    world: World, root: Visitor
) -> None:
    cluster = {"entity": "service", "service": "EKS", "use_case": "EKS - Auto Cluster"}
    root.post(step("trust"), **{**cluster, "use_case": "EKS - Cluster"})
    selected = list(root.get(step("permissions")).context["policies"].selected)
    assert selected == ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"]
    root.post(step("permissions"), selected=selected)
    root.post(step("trust"), **cluster)
    selected = list(root.get(step("permissions")).context["policies"].selected)
    assert len(selected) == 5
    walk(root, cluster, {"selected": selected})
    assert sorted(attached(world)) == sorted(selected)
    statement = trust_of(world)
    assert statement["Principal"] == {"Service": "eks.amazonaws.com"}
    assert statement["Action"] == ["sts:AssumeRole", "sts:TagSession"]


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"Version" 1}', "\0", "{" * 3000])
def test_a_bad_trust_policy_is_marked_and_kept(root: Visitor, text: str) -> None:
    response = root.post(step("trust"), entity="custom", document=text)
    form = response.context["form"]
    assert response.status_code == 200
    assert form.errors["document"]
    assert form["document"].value() == text
    assert any(one["severity"] == "Error" for one in response.context["findings"])


def test_a_boundary_and_tags_are_set_with_the_role(world: World, root: Visitor) -> None:
    permissions = {"use_boundary": "yes", "boundary": READ_ONLY}
    walk(root, THIS_ACCOUNT, permissions, **{"Tags-key": ["team"], "Tags-value": ["red"]})
    role = world.do("GetRole", RoleName="Hero")["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == READ_ONLY
    assert role["Tags"] == [{"Key": "team", "Value": "red"}]


def test_a_boundary_has_to_be_chosen_if_it_is_wanted(root: Visitor) -> None:
    root.post(step("trust"), **THIS_ACCOUNT)
    said = text_of(root.post(step("permissions"), use_boundary="yes"))
    assert "Choose the policy to use as the boundary." in said


def test_policies_are_found_whatever_the_case_and_spaces(root: Visitor) -> None:
    root.post(step("trust"), **THIS_ACCOUNT)
    table = root.get(reverse("role_create"), step="permissions", q="S3 Full access").context[
        "policies"
    ]
    assert [row.row["PolicyName"] for row in table.rows] == ["AmazonS3FullAccess"]


def test_a_later_step_alone_leads_back_to_the_first(root: Visitor) -> None:
    for slug in ("permissions", "review", "nonsense"):
        assert "Trusted entity type" in text_of(root.get(step(slug)))


def test_ec2s_role_has_an_instance_profile_of_its_name_as_long_as_it_lives(
    world: World, root: Visitor
) -> None:
    walk(root, {"entity": "service", "service": "EC2", "use_case": "EC2"}, {})
    (profile,) = world.do("ListInstanceProfilesForRole", RoleName="Hero")["InstanceProfiles"]
    assert profile["InstanceProfileName"] == "Hero"
    assert profile["Arn"] in text_of(root.get(reverse("role", args=["Hero"])))
    root.post(reverse("role_delete"), selected="Hero", confirm="Hero")
    assert role_names(world) == []
    assert world.do("ListInstanceProfiles")["InstanceProfiles"] == []


def test_another_services_role_has_none(world: World, root: Visitor) -> None:
    walk(root, {"entity": "service", "service": "Lambda"}, {})
    assert world.do("ListInstanceProfiles")["InstanceProfiles"] == []
