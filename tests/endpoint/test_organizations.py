"""The reads of an organization by boto3, unmodified.

The sentences of refusals are those of moto's tests of Organizations, which were made on AWS.
"""

import json

import pytest

from iam.factories import ControlPolicyFactory
from iam.models.organizations import organization_id_in, root_id, unit_id
from tests.endpoint.clients import Clients, keys_of, refusal
from tests.worlds import ACCOUNT_ID, World, allow, document, make_world

MANAGER = "111122223333"
DENY = document({"Effect": "Deny", "Action": "s3:*", "Resource": "*"})


@pytest.fixture
def world(db) -> World:
    """An organization: its manager, and a member in Workloads/Prod."""
    world = make_world("alice")
    World(world.sandbox, world.add_account(MANAGER, "manager")).organize()
    world.sandbox.refresh_from_db()
    world.account.organizational_unit = "Workloads/Prod"
    world.account.save()
    ControlPolicyFactory.create(
        sandbox=world.sandbox, name="NoS3", document=DENY, targets=["ou:Workloads"]
    )
    return world


def client(world: World, account_id: str, *policies: str):
    where = World(world.sandbox, type(world.account).in_sandbox(world.sandbox).get(
        account_id=account_id
    ))  # fmt: skip
    where.do("CreateUser", UserName="ann")
    for number, text in enumerate(policies):
        where.do("PutUserPolicy", UserName="ann", PolicyName=f"p{number}", PolicyDocument=text)
    key = where.do("CreateAccessKey", UserName="ann")["AccessKey"]
    return Clients()("organizations", keys_of(key))


@pytest.fixture
def manager(world):
    return client(world, MANAGER, allow("organizations:*"))


def test_the_tree_is_walked_from_its_root(world, manager):
    organization = manager.describe_organization()["Organization"]
    assert organization["Id"] == organization_id_in(world.sandbox.pk)
    assert organization["MasterAccountId"] == MANAGER
    (root,) = manager.list_roots()["Roots"]
    assert root["Id"] == root_id(organization["Id"])
    assert root["Arn"] == f"arn:aws:organizations::{MANAGER}:root/{organization['Id']}/{root['Id']}"
    units = manager.list_organizational_units_for_parent(ParentId=root["Id"])
    (workloads,) = units["OrganizationalUnits"]
    assert workloads["Name"] == "Workloads"
    (production,) = manager.list_children(
        ParentId=workloads["Id"], ChildType="ORGANIZATIONAL_UNIT"
    )["Children"]
    assert production["Id"] == unit_id(organization["Id"], "Workloads/Prod")
    accounts = manager.list_accounts_for_parent(ParentId=production["Id"])["Accounts"]
    assert [(one["Id"], one["Status"]) for one in accounts] == [(ACCOUNT_ID, "ACTIVE")]
    assert manager.list_parents(ChildId=ACCOUNT_ID)["Parents"] == [production]
    unit = manager.describe_organizational_unit(OrganizationalUnitId=production["Id"])
    assert unit["OrganizationalUnit"]["Name"] == "Prod"
    assert manager.describe_account(AccountId=ACCOUNT_ID)["Account"] == accounts[0]


def test_accounts_come_in_pages(manager):
    pages = manager.get_paginator("list_accounts").paginate(PaginationConfig={"PageSize": 1})
    assert [one["Id"] for page in pages for one in page["Accounts"]] == [MANAGER, ACCOUNT_ID]


def test_the_policies_are_listed_with_those_of_aws(manager):
    listed = manager.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"]
    assert [(one["Name"], one["AwsManaged"]) for one in listed] == [
        ("FullAWSAccess", True),
        ("NoS3", False),
    ]
    own = manager.describe_policy(PolicyId=listed[1]["Id"])["Policy"]
    assert json.loads(own["Content"]) == json.loads(DENY)
    (target,) = manager.list_targets_for_policy(PolicyId=listed[1]["Id"])["Targets"]
    assert (target["Name"], target["Type"]) == ("Workloads", "ORGANIZATIONAL_UNIT")
    at = manager.list_policies_for_target(
        TargetId=target["TargetId"], Filter="SERVICE_CONTROL_POLICY"
    )
    assert at["Policies"] == listed
    (full,) = manager.list_policies(Filter="RESOURCE_CONTROL_POLICY")["Policies"]
    assert full["Id"] == "p-RCPFullAWSAccess"


def test_a_member_sees_the_organization_and_nothing_more_of_it(world):
    member = client(world, ACCOUNT_ID, allow("organizations:*"))
    assert member.describe_organization()["Organization"]["MasterAccountId"] == MANAGER
    assert refusal(member.list_accounts) == (
        "AccessDeniedException",
        "You don't have permissions to access this resource.",
        400,
    )


def test_policies_decide_on_each_read(world):
    condition = {"StringEquals": {"organizations:PolicyType": "SERVICE_CONTROL_POLICY"}}
    text = document(
        {"Effect": "Allow", "Action": "organizations:ListPolicies", "Resource": "*",
         "Condition": condition}
    )  # fmt: skip
    ann = client(world, MANAGER, text)
    assert ann.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"]
    for call, arguments in (
        (ann.list_policies, {"Filter": "RESOURCE_CONTROL_POLICY"}),
        (ann.list_roots, {}),
    ):
        code, sentence, _ = refusal(call, **arguments)
        assert code == "AccessDeniedException"
        assert "is not authorized to perform: organizations:List" in sentence


@pytest.mark.parametrize(("call", "arguments", "code", "what"), [
    ("describe_account", {"AccountId": "999999999999"}, "Account", "an account"),
    ("describe_policy", {"PolicyId": "p-00000000"}, "Policy", "a policy"),
    ("list_children", {"ParentId": "r-0000", "ChildType": "ACCOUNT"}, "Parent", "a parent"),
    ("list_policies_for_target", {"TargetId": "r-0000", "Filter": "SERVICE_CONTROL_POLICY"},
     "Target", "a target"),
])  # fmt: skip
def test_what_is_not_there_is_refused_by_its_kind(manager, call, arguments, code, what):
    assert refusal(getattr(manager, call), **arguments) == (
        f"{code}NotFoundException",
        f"You specified {what} that doesn't exist.",
        400,
    )


def test_without_an_organization_there_is_none_to_describe(db):
    ann = client(make_world("alice"), ACCOUNT_ID, allow("organizations:*"))
    assert refusal(ann.describe_organization) == (
        "AWSOrganizationsNotInUseException",
        "Your account is not a member of an organization.",
        400,
    )


def test_what_no_organization_has_is_listed_as_none(world, manager):
    (root,) = manager.list_roots()["Roots"]
    for resource in (root["Id"], MANAGER, ACCOUNT_ID):
        assert manager.list_tags_for_resource(ResourceId=resource)["Tags"] == []
    assert refusal(manager.list_tags_for_resource, ResourceId="999988887777") == (
        "TargetNotFoundException", "You specified a target that doesn't exist.", 400,
    )  # fmt: skip
    assert manager.list_create_account_status()["CreateAccountStatuses"] == []
    assert manager.list_handshakes_for_organization()["Handshakes"] == []
    member = client(world, ACCOUNT_ID, allow("organizations:*"))
    assert member.list_handshakes_for_account()["Handshakes"] == []
    assert refusal(member.list_create_account_status)[0] == "AccessDeniedException"


def test_an_account_of_no_organization_has_no_invitations(db):
    alone = make_world("bob")
    lonely = client(alone, alone.account_id, allow("organizations:*"))
    assert lonely.list_handshakes_for_account()["Handshakes"] == []
    assert refusal(lonely.list_handshakes_for_organization)[0] == (
        "AWSOrganizationsNotInUseException"
    )
