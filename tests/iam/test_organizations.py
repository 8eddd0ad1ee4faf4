"""An organization's control policies bind what its member accounts do, and its keys tell where."""

from collections.abc import Mapping

import pytest

from iam.analysis import World as Asked
from iam.analysis.world_principals import WorldPrincipal
from iam.authorization import PermissionCheck, explanations
from iam.callers import Caller
from iam.factories import ControlPolicyFactory
from iam.models import Account, ControlPolicy
from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.worlds import World, allow, document

MANAGER = "111122223333"
EVERYTHING = allow("*")


@pytest.fixture
def member(world: World) -> World:
    """Return a world whose account is a member, in the unit Workloads/Prod of an organization."""
    manager = world.add_account(MANAGER, "manager")
    World(world.sandbox, manager).organize()
    world.sandbox.refresh_from_db()
    world.account.organizational_unit = "Workloads/Prod"
    world.account.save()
    return world


def manager_of(world: World) -> World:
    return World(world.sandbox, Account.in_sandbox(world.sandbox).get(account_id=MANAGER))


def control(world: World, text: str, *targets: str, **given: object) -> ControlPolicy:
    """Attach a control policy, to the root unless targets are given."""
    made: ControlPolicy = ControlPolicyFactory.create(
        sandbox=world.sandbox, document=text, targets=list(targets or ("root",)), **given
    )
    return made


def deny(*actions: str, **others: object) -> str:
    statement = {"Effect": "Deny", "Action": list(actions), "Resource": "*", **others}
    return document(statement)


def refusal(caller: Caller, operation: str, params: Mapping[str, object] | None = None) -> str:
    """Return the sentence of a denial."""
    with pytest.raises(AccessDenied) as caught:
        perform(caller, operation, params or {})
    return caught.value.message


def test_without_control_policies_an_organization_denies_nothing(member):
    assert perform(member.add_user("ann", EVERYTHING), "iam:ListUsers")


@pytest.mark.parametrize("target", ["root", "ou:Workloads", "ou:Workloads/Prod", "account"])
def test_a_deny_at_any_level_binds_the_members_below_and_its_root_user(member, target):
    at = member.account_id if target == "account" else target
    policy = control(member, deny("iam:ListUsers"), at)
    arn = policy.arn(member.sandbox.organization_id, MANAGER)
    assert f":{MANAGER}:policy/o-" in arn
    for caller in (member.add_user("ann", EVERYTHING), member.root()):
        sentence = refusal(caller, "iam:ListUsers")
        assert sentence.endswith(f"with an explicit deny in a service control policy: {arn}")


def test_it_does_not_bind_the_management_account_nor_another_unit(member):
    control(member, deny("iam:ListUsers"))
    assert perform(manager_of(member).root(), "iam:ListUsers")
    control(member, deny("iam:ListRoles"), "ou:Sandbox")
    assert perform(member.root(), "iam:ListRoles")


def test_where_full_access_is_replaced_only_what_is_allowed_at_every_level_is_left(member):
    ann = member.add_user("ann", EVERYTHING)
    control(member, allow("s3:*", "iam:ListUsers"), "ou:Workloads", replaces_full_access=True)
    assert perform(ann, "iam:ListUsers")
    assert refusal(ann, "iam:ListRoles").endswith(
        "because no service control policy allows the iam:ListRoles action"
    )


def test_a_control_policy_grants_nothing(member):
    control(member, allow("iam:ListUsers"))
    sentence = refusal(member.add_user("bob"), "iam:ListUsers")
    assert sentence.endswith("because no identity-based policy allows the iam:ListUsers action")


def test_a_resource_control_policy_binds_callers_from_outside(member):
    member.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=_trusting(MANAGER))
    manager = manager_of(member)
    eve = manager.add_user("eve", EVERYTHING)
    request = {"RoleArn": f"arn:aws:iam::{member.account_id}:role/R", "RoleSessionName": "eve"}
    assert perform(eve, "sts:AssumeRole", request)
    outside = deny("sts:AssumeRole", Principal="*")
    policy = control(member, outside, member.account_id, type=ControlPolicy.Type.RCP)
    assert f"resource control policy: {policy.arn(member.sandbox.organization_id, MANAGER)}" in (
        refusal(manager.user("eve"), "sts:AssumeRole", request)
    )
    assert perform(member.root(), "iam:ListRoles"), "IAM's own resources are under no RCP"


def _trusting(account_id: str) -> str:
    return document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": account_id},
            "Action": "sts:AssumeRole",
        }
    )


def test_principals_and_resources_say_which_organization_and_where(member):
    organization = member.sandbox.organization_id
    within = {"StringEquals": {"aws:PrincipalOrgID": organization}}
    below = {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{organization}/r-*/ou-*/ou-*/"}}
    both = {**within, **below, "StringEqualsIfExists": {"aws:ResourceOrgID": organization}}
    ann = member.add_user("ann", allow("iam:ListUsers", Condition=both))
    assert perform(ann, "iam:ListUsers")
    manager = manager_of(member)
    carl = manager.add_user("carl", allow("iam:ListUsers", Condition=below))
    assert "no identity-based policy" in refusal(carl, "iam:ListUsers")


def test_without_an_organization_the_keys_are_missing(world):
    asked = {"Null": {"aws:PrincipalOrgID": "true", "aws:ResourceOrgPaths": "true"}}
    ann = world.add_user("ann", allow("iam:ListUsers", Condition=asked))
    assert perform(ann, "iam:ListUsers")


def test_a_denial_is_explained_as_it_was_though_the_policy_is_gone(member):
    policy = control(member, deny("iam:ListUsers"), "ou:Workloads")
    ann = member.add_user("ann", EVERYTHING)
    refusal(ann, "iam:ListUsers")
    policy.delete()
    event = next(one for one in member.events(ann) if one.name == "ListUsers")
    (explained,) = explanations(event)
    assert explained.matches_record
    assert next(check.layer for check in explained.decision.checks) == "SCP"
    places = [(one.name, one.attached) for one in explained.applied if one.layer == "SCP"]
    assert places == [
        ("FullAWSAccess", "Root"),
        ("FullAWSAccess", "unit Workloads"),
        (policy.name, "unit Workloads"),
        ("FullAWSAccess", "unit Workloads/Prod"),
        ("FullAWSAccess", f"account {member.account_id}"),
    ]


def test_each_level_is_shown_with_its_place(member):
    control(member, deny("ec2:Run*"), "ou:Workloads", name="no-machines")
    ann = member.add_user("ann", EVERYTHING)
    launch = {"ImageId": "ami-0abcdef1234567890", "MinCount": 1, "MaxCount": 1}
    with pytest.raises(AwsError) as caught:
        perform(ann, "ec2:RunInstances", launch)
    assert caught.value.code == "UnauthorizedOperation"
    event = next(one for one in member.events(ann) if one.name == "RunInstances")
    explained = explanations(event)[0]
    assert explained.matches_record
    told = [one.source_name for one in explained.decision.checks[0].statements]
    assert told == [
        "no-machines (unit Workloads)",
        "FullAWSAccess (Root)",
        "FullAWSAccess (unit Workloads)",
        "FullAWSAccess (unit Workloads/Prod)",
        f"FullAWSAccess (account {member.account_id})",
    ]


def test_the_simulator_takes_the_accounts_own_control_policies(member):
    control(member, deny("s3:*"))
    ann = member.add_user("ann", EVERYTHING)
    told = member.do(
        "SimulatePrincipalPolicy",
        PolicySourceArn=ann.arn,
        ActionNames=["s3:GetObject", "iam:GetUser"],
    )["EvaluationResults"]
    assert [
        (one["EvalDecision"], one["OrganizationsDecisionDetail"]["AllowedByOrganizations"])
        for one in told
    ] == [("explicitDeny", False), ("allowed", True)]


def test_questions_over_a_sandbox_know_them(member):
    control(member, deny("iam:ListUsers"), member.account_id)
    names = [member.add_user(f"user{n}", EVERYTHING).arn for n in range(5)]
    asked = Asked(member.sandbox, member.origin)
    assert not [one for one in asked.everyone if one.arn in names and _may_list(one)]
    assert [one.arn for one in asked.everyone if _may_list(one)] == [f"arn:aws:iam::{MANAGER}:root"]


def _may_list(someone: WorldPrincipal) -> bool:
    return someone.ask(PermissionCheck("iam:ListUsers")).allowed


def test_a_control_policy_is_refused_as_aws_refuses_it(member):
    with pytest.raises(AwsError) as caught:
        control(member, document({"Effect": "Deny", "Action": "s3:*"}))
    assert caught.value.code == "MalformedPolicyDocument"
