"""Questions about everybody at once have the answers that each alone would get."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.analysis import SESSION_NAME, Circumstances, RoleAccess, seen_by, who_can, who_can_assume
from iam.analysis.assume_candidates import Candidates
from iam.authorization import authorize
from iam.factories import ServiceLinkedRoleFactory
from iam.models import Group, GroupMembership, User
from iam.perform import AccessDenied, Call
from iam.perform.registry import registry
from tests.iam.analysis_worlds import OTHER_ID, arn, as_caller, random_world, seen
from tests.worlds import ACCOUNT_ID, NOON, World, allow, document

ASKED = [
    ("iam:GetRole", {"RoleName": "r0"}),
    ("iam:GetUser", {"UserName": "u1"}),
    ("iam:PutUserPolicy", {"UserName": "u1", "PolicyName": "p", "PolicyDocument": "{}"}),
    ("iam:CreatePolicyVersion", {"PolicyArn": arn("policy", "p0"), "PolicyDocument": "{}"}),
    ("sts:AssumeRole", {"RoleArn": arn("role", "r0"), "RoleSessionName": SESSION_NAME}),
    ("sts:AssumeRole", {"RoleArn": arn("role", "r1"), "RoleSessionName": SESSION_NAME}),
]


@pytest.mark.parametrize("seed", range(12))
def test_one_pass_gives_the_answer_of_each_call(world: World, seed: int) -> None:
    random_world(world, seed)
    whole = seen(world)
    for operation, params in ASKED:
        for someone in whole.everyone:
            if someone.kind == "root" and operation.startswith("sts:"):
                continue
            caller = as_caller(world, someone)
            call = Call(caller, operation, params)
            (check,) = registry.find(operation).resolve(call, params).checks
            alone = authorize(caller, check)
            (one,) = who_can(whole, check.action, check.resource, among=[someone])
            assert one.answer.decision == alone.decision, (operation, someone.called)
            assert one.answer.request == alone.request


@pytest.mark.parametrize("seed", range(12))
def test_the_map_of_roles_has_the_answer_of_every_pair(world: World, seed: int) -> None:
    random_world(world, seed)
    whole = seen(world)
    told = {
        (way.someone.arn, access.role.arn)
        for access in who_can_assume(whole)
        for way in access.ways
        if not way.needs
    }
    allowed = set()
    for role in whole.roles:
        params = {"RoleArn": role.arn, "RoleSessionName": SESSION_NAME}
        for someone in whole.people.values():
            caller = as_caller(world, someone)
            call = Call(caller, "sts:AssumeRole", params)
            (check,) = registry.find("sts:AssumeRole").resolve(call, params).checks
            if authorize(caller, check).allowed:
                allowed.add((someone.arn, role.arn))
    assert told == allowed


def _queries(world: World) -> list[int]:
    counts = []
    for ask in (
        lambda: who_can(seen(world), "iam:GetRole", arn("role", "r0")),
        lambda: who_can(seen(world), "s3:GetObject", "arn:aws:s3:::b/k"),
        lambda: who_can_assume(seen(world)),
    ):
        with CaptureQueriesContext(connection) as captured:
            ask()
        counts.append(len(captured))
    return counts


def test_queries_do_not_grow_with_principals(world: World) -> None:
    random_world(world, 1)
    few = _queries(world)
    for number in range(10, 22):
        world.add_user(f"u{number}", allow("iam:GetRole"))
        world.do("AddUserToGroup", GroupName="g", UserName=f"u{number}")
        world.add_role(f"r{number}", arn("user", f"u{number}"))
    assert _queries(world) == few
    assert max(few) <= 10


def test_a_thousand_principals_are_asked_in_one_pass(world: World) -> None:
    world.do("CreateGroup", GroupName="g")
    world.do("PutGroupPolicy", GroupName="g", PolicyName="in", PolicyDocument=allow("iam:Get*"))
    group = Group.in_sandbox(world.sandbox).get()
    made: dict[str, Any] = {"sandbox": world.sandbox, "account": world.account, "created_at": NOON}
    users = User.unbound.bulk_create(User(name=f"u{number}", **made) for number in range(1000))
    GroupMembership.unbound.bulk_create(
        GroupMembership(sandbox=world.sandbox, user=user, group=group) for user in users[::2]
    )
    with CaptureQueriesContext(connection) as captured:
        found = who_can(seen(world), "iam:GetUser", arn("user", "u1"))
    assert sum(one.allowed for one in found) == 501
    assert len(captured) <= 10


def test_users_alike_in_all_that_is_about_assuming_roles_are_asked_about_once(world: World) -> None:
    elsewhere = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    mine = {**elsewhere, "Condition": {"StringEquals": {"aws:userid": "AIDA"}}}
    policy = document(mine, {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
    for number in range(5):
        world.add_user(f"u{number}", policy)
    world.add_role("R")
    seen_world = seen(world)
    (access,) = who_can_assume(seen_world, seen_world.roles[:1])
    assert len(access.ways) == 5
    trust = seen_world.roles[0].trust.text
    asked = list(Candidates(seen_world).of(frozenset({world.account.root_arn}), trust))
    assert len(asked) == 1


def test_root_can_do_everything_in_its_own_account_and_nothing_in_another(world: World) -> None:
    world.add_account(OTHER_ID)
    world.add_role("R")
    found = {
        one.someone.arn: one.allowed
        for one in who_can(seen(world), "iam:GetRole", arn("role", "R"))
    }
    assert found[f"arn:aws:iam::{ACCOUNT_ID}:root"]
    assert not found[f"arn:aws:iam::{OTHER_ID}:root"]


def test_a_user_cannot_be_assumed(world: World) -> None:
    world.add_user("ann", allow("sts:AssumeRole"))
    answers = who_can(seen(world), "sts:AssumeRole", arn("user", "ann"))
    assert [one.allowed for one in answers] == [False]


def test_a_world_can_be_some_accounts_only(world: World) -> None:
    world.add_account(OTHER_ID)
    assert [one.account_id for one in seen(world, OTHER_ID).everyone] == [OTHER_ID]
    assert seen(world, OTHER_ID).someone(f"arn:aws:iam::{ACCOUNT_ID}:root") is None


def _role_with(world: World, condition: dict[str, Any], principal: Any = ACCOUNT_ID) -> None:
    who = principal if isinstance(principal, dict) else {"AWS": principal}
    statement = {"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"}
    text = document({**statement, "Condition": condition} if condition else statement)
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=text)


def test_the_further_conditions_of_a_role_are_shown(world: World) -> None:
    world.add_user("ann", allow("sts:AssumeRole"))
    _role_with(
        world,
        {
            "StringEquals": {"sts:ExternalId": ["vendor-1", "vendor-2"]},
            "Bool": {"aws:MultiFactorAuthPresent": "true"},
        },
    )
    (access,) = who_can_assume(seen(world))
    (way,) = access.ways
    assert (way.someone.name, way.needs) == ("ann", ("MFA", "external ID vendor-1"))


def test_only_a_role_that_people_switch_to_comes_with_mfa(world: World) -> None:
    _role_with(world, {"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    world.add_role("People")
    service = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}}
    text = document({**service, "Action": "sts:AssumeRole"})
    world.do("CreateRole", RoleName="Machines", AssumeRolePolicyDocument=text)
    for name in ("People", "Machines"):
        text = allow("sts:AssumeRole")
        world.do("PutRolePolicy", RoleName=name, PolicyName="in", PolicyDocument=text)
    (access,) = [one for one in who_can_assume(seen(world)) if one.role.name == "R"]
    (way,) = access.ways
    assert (way.someone.name, way.needs) == ("People", ("MFA at the console's sign-in",))


def test_circumstances_can_be_given(world: World) -> None:
    condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    world.add_user("ann", allow("iam:GetRole", Condition=condition))
    world.add_role("R")
    whole = seen(world)
    ann = whole.people[next(key for key in whole.people if key[0] == "user")]
    asked = ("iam:GetRole", arn("role", "R"))
    (plain,) = who_can(whole, *asked, among=[ann])
    (signed_in,) = who_can(whole, *asked, Circumstances(mfa=True), among=[ann])
    assert (plain.allowed, signed_in.allowed) == (False, True)


def test_services_providers_and_other_accounts_are_named(world: World) -> None:
    world.add_account(OTHER_ID)
    _role_with(
        world, {}, {"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"], "AWS": OTHER_ID}
    )
    (access,) = who_can_assume(seen(world, ACCOUNT_ID))
    assert access.services == ("lambda.amazonaws.com", "ec2.amazonaws.com")
    assert access.outside == (f"arn:aws:iam::{OTHER_ID}:root",)
    assert access.ways == ()
    inside = who_can_assume(seen(world))[0]
    assert inside.outside == ()


def test_a_service_that_a_condition_keeps_out_is_not_named(world: World) -> None:
    condition = {"StringEquals": {"aws:SourceAccount": OTHER_ID}}
    _role_with(world, condition, {"Service": "lambda.amazonaws.com"})
    assert who_can_assume(seen(world))[0].services == ()


PROVIDER = f"arn:aws:iam::{ACCOUNT_ID}:saml-provider/Corp"
SAML = "sts:AssumeRoleWithSAML"
BY_SAML = {"Effect": "Allow", "Principal": {"Federated": PROVIDER}, "Action": SAML}
NO_SAML = {**BY_SAML, "Effect": "Deny"}
AUDIENCE = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        ([BY_SAML], True),
        ([{**BY_SAML, "Condition": AUDIENCE}], True),
        ([{**BY_SAML, "Action": "sts:AssumeRole"}], False),
        ([BY_SAML, NO_SAML], False),
        ([BY_SAML, {**NO_SAML, "Condition": AUDIENCE}], True),
    ],
    ids=["plain", "audience", "another call", "denied", "one audience denied"],
)
def test_a_provider_is_named_if_it_can_vouch_for_somebody(
    world: World, statements: list[dict[str, Any]], named: bool
) -> None:
    text = document(*statements)
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=text)
    assert who_can_assume(seen(world))[0].federated == ((PROVIDER,) if named else ())


def test_only_a_user_who_may_see_everything_sees_the_map(world: World) -> None:
    auditor = world.add_user("auditor", allow("iam:GetAccountAuthorizationDetails"))
    world.add_account(OTHER_ID)
    assert [one.name for one in seen_by(auditor).users] == ["auditor"]
    assert [one.account_id for one in seen_by(auditor).accounts] == [ACCOUNT_ID]
    nobody = world.add_user("nobody")
    with pytest.raises(AccessDenied, match="iam:GetAccountAuthorizationDetails"):
        seen_by(nobody)
    assert nobody.visit.pending[-1].name == "GetAccountAuthorizationDetails"


def test_users_with_the_same_policy_are_told_apart_where_it_asks_who_they_are(world: World) -> None:
    world.do("CreateGroup", GroupName="all")
    own = allow("sts:AssumeRole", resource=f"arn:aws:iam::{ACCOUNT_ID}:role/${{aws:username}}-*")
    world.do("PutGroupPolicy", GroupName="all", PolicyName="own", PolicyDocument=own)
    for name in ("ann", "bob", "cleo"):
        world.add_user(name)
        world.do("AddUserToGroup", GroupName="all", UserName=name)
        world.add_role(f"{name}-r")
    world.add_role("cleo-x", arn("user", "ann"))
    found = {one.role.name: [way.someone.name for way in one.ways] for one in seen_roles(world)}
    assert found == {"ann-r": ["ann"], "bob-r": ["bob"], "cleo-r": ["cleo"], "cleo-x": ["ann"]}
    world.do("PutGroupPolicy", GroupName="all", PolicyName="own", PolicyDocument=allow("sts:*"))
    found = {one.role.name: [way.someone.name for way in one.ways] for one in seen_roles(world)}
    assert found["bob-r"] == ["ann", "bob", "cleo"]
    assert found["cleo-x"] == ["ann"]


def seen_roles(world: World) -> list[RoleAccess]:
    return who_can_assume(seen(world))


def test_no_question_about_everybody_is_about_a_services_own_role(world: World) -> None:
    """It reads everything, and lets its service in: whoever asks means principals to act as."""
    role = ServiceLinkedRoleFactory.create(
        account=world.account, service="trustedadvisor.amazonaws.com"
    )
    whole = seen(world)
    assert [one.kind for one in whole.everyone] == ["root"]
    assert who_can_assume(whole) == []
    found = whole.someone(role.arn)
    assert found
    assert [one.name for one in found.own] == ["AWSTrustedAdvisorServiceRolePolicy"]
    (access,) = who_can_assume(whole, [role])
    assert access.services == ("trustedadvisor.amazonaws.com",)
