"""A hypothetical session is what the real credentials would make of its principal."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iam.analysis import PLAIN, SESSION_NAME, Circumstances, WorldPrincipal
from iam.analysis import World as Seen
from iam.callers import Caller
from iam.wire.errors import AwsError
from sts.analysis import (
    SessionRequest,
    suppose_federated_user,
    suppose_role_session,
    suppose_session_token,
)
from tests.endpoint.fuzzing import EXAMPLES
from tests.iam.analysis_worlds import arn, as_caller, seen
from tests.iam.rehearsing import Stage, furnished
from tests.mfa import assigned_device
from tests.sts.asking import signed_in
from tests.sts.supposing import fields_of, hold_equal, really
from tests.worlds import World, allow, document

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


REQUESTS = st.builds(
    SessionRequest,
    session_name=st.sampled_from([*["lesson"] * 9, "no name!"]),
    external_id=st.sampled_from(["", "ours-123"]),
    tags=st.sampled_from(
        [{}, {}, {"team": "blue"}, {"team": "blue"}, {"k": "v"}, {"k": "1", "K": "2"}]
    ),
    transitive_tag_keys=st.sampled_from([(), (), (), ("team",)]),
    policy=st.sampled_from(["", "", allow("s3:*"), allow("sts:*"), "{"]),
    policy_arns=st.sampled_from([(), (ADMIN,), (arn("policy", "p0"), arn("policy", "gone"))]),
    source_identity=st.sampled_from(["", "ann"]),
    duration=st.sampled_from([None, None, 900, 3600, 7200, 43200]),
)
ROLES = st.sampled_from([arn("role", one) for one in ("r0", "r0", "r0", "r1", "gone")])


@pytest.fixture(params=range(3))
def stage(request: pytest.FixtureRequest, world: World) -> Stage:
    return furnished(world, request.param)


@settings(max_examples=EXAMPLES or 80, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.data())
def test_a_chain_of_sessions_is_that_of_the_real_credentials(
    stage: Stage, data: st.DataObject
) -> None:
    whole = seen(stage.world)
    someone = data.draw(st.sampled_from([*whole.people.values(), whole.everyone[0]]))
    now = data.draw(st.sampled_from([PLAIN, Circumstances(signed_in=True)]))
    caller = as_caller(stage.world, someone)
    if now.signed_in and someone.kind != "role":
        caller = replace(signed_in(stage.world, caller), expires_at=None)
    caller = replace(caller, origin=replace(caller.origin, via_console=now.signed_in))
    for _ in range(data.draw(st.integers(1, 3))):
        role, request = data.draw(ROLES), data.draw(REQUESTS)
        supposed = suppose_role_session(whole, someone, role, request, now)
        real = really(caller, "sts:AssumeRole", request.params(role))
        if isinstance(real, Caller):
            real = replace(real, origin=whole.origin)
        hold_equal(supposed, real)
        if supposed.principal is None or isinstance(real, AwsError):
            return
        someone, caller, now = supposed.principal, real, PLAIN


@settings(max_examples=EXAMPLES or 40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_other_sessions_are_those_of_the_real_credentials(
    stage: Stage, data: st.DataObject
) -> None:
    whole = seen(stage.world)
    someone = data.draw(st.sampled_from(whole.everyone))
    caller, request = as_caller(stage.world, someone), data.draw(REQUESTS)
    if data.draw(st.booleans()):
        params = {"Name": "fed", **request.limits(), **request.tag_list()}
        supposed = suppose_federated_user(whole, someone, "fed", request)
        hold_equal(supposed, really(caller, "sts:GetFederationToken", params))
    else:
        params = {"DurationSeconds": request.duration} if request.duration else {}
        supposed = suppose_session_token(whole, someone, request)
        hold_equal(supposed, really(caller, "sts:GetSessionToken", params))


@pytest.fixture
def ann(world: World) -> Caller:
    return world.add_user("ann", allow("sts:*", "iam:*"))


def _someone(world: World, caller: Caller) -> tuple[Seen, WorldPrincipal]:
    whole = seen(world)
    found = whole.someone(caller.arn)
    assert found
    return whole, found


def _guarded(world: World) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    text = document({**statement, "Condition": condition})
    made = world.do("CreateRole", RoleName="Guarded", AssumeRolePolicyDocument=text)
    return str(made["Role"]["Arn"])


def test_a_supposed_code_is_accepted_from_a_caller_without_a_device(
    world: World, ann: Caller
) -> None:
    role = _guarded(world)
    whole, someone = _someone(world, ann)
    assert suppose_role_session(whole, someone, role).error
    supposed = suppose_role_session(whole, someone, role, SessionRequest(mfa=True))
    device = assigned_device(world, "ann")
    params = {**SessionRequest().params(role), **device.second_factor(world)}
    hold_equal(supposed, really(ann, "sts:AssumeRole", params))


def test_a_session_of_a_role_has_no_device_to_send_a_code_of(world: World) -> None:
    role = _guarded(world)
    world.add_role("First")
    whole = seen(world)
    someone = whole.someone(arn("role", "First"))
    assert someone
    supposed = suppose_role_session(whole, someone, role, SessionRequest(mfa=True))
    given = {"SerialNumber": "arn:aws:iam::975050059573:mfa/x", "TokenCode": "123456"}
    caller = world.session("First", SESSION_NAME)
    hold_equal(
        supposed, really(caller, "sts:AssumeRole", {**SessionRequest().params(role), **given})
    )


def test_a_session_token_with_mfa_is_that_of_a_real_code(world: World, ann: Caller) -> None:
    whole, someone = _someone(world, ann)
    supposed = suppose_session_token(whole, someone, SessionRequest(mfa=True))
    device = assigned_device(world, "ann")
    hold_equal(supposed, really(ann, "sts:GetSessionToken", device.second_factor(world)))


@pytest.mark.parametrize("mfa", [False, True])
def test_the_person_signed_in_at_the_provider_is_signed_in_to_the_console(
    world: World, ann: Caller, mfa: bool
) -> None:
    _, someone = _someone(world, ann)
    real = signed_in(world, ann, mfa=ann.now.timestamp() if mfa else None)
    supposed = someone.calling(Circumstances(signed_in=True, mfa=mfa))
    assert fields_of(supposed, "expires_at", "origin") == fields_of(real, "expires_at", "origin")


def test_mfa_without_a_sign_in_is_what_a_session_token_gives(world: World, ann: Caller) -> None:
    _, someone = _someone(world, ann)
    device = assigned_device(world, "ann")
    real = really(ann, "sts:GetSessionToken", device.second_factor(world))
    assert isinstance(real, Caller)
    supposed = someone.calling(Circumstances(mfa=True))
    assert fields_of(supposed, "expires_at") == fields_of(real, "expires_at")


def test_a_console_takes_its_mfa_into_a_role(world: World, ann: Caller) -> None:
    role = _guarded(world)
    whole, someone = _someone(world, ann)
    now = Circumstances(signed_in=True, mfa_age=60)
    supposed = suppose_role_session(whole, someone, role, now=now).principal
    assert supposed
    assert supposed.caller.mfa_at == world.origin.received_at - timedelta(seconds=60)


def test_a_session_does_what_its_policies_leave_of_the_role(world: World, ann: Caller) -> None:
    role = world.add_role("Wide")
    world.do("PutRolePolicy", RoleName="Wide", PolicyName="p", PolicyDocument=allow("iam:*"))
    whole, someone = _someone(world, ann)
    request = SessionRequest(policy=allow("iam:GetUser"))
    session = suppose_role_session(whole, someone, role, request).principal
    assert session
    assert session.rehearse("iam:GetUser", {"UserName": "ann"}).allowed
    assert not session.rehearse("iam:ListUsers").allowed


def test_two_sessions_of_one_name_keep_their_own_policies(world: World, ann: Caller) -> None:
    role = world.add_role("Wide")
    world.do("PutRolePolicy", RoleName="Wide", PolicyName="p", PolicyDocument=allow("iam:*"))
    whole, someone = _someone(world, ann)
    narrow = suppose_role_session(whole, someone, role, SessionRequest(policy=allow("s3:*")))
    wide = suppose_role_session(whole, someone, role)
    allowed = [
        one.principal.rehearse("iam:ListUsers").allowed
        for one in (narrow, wide, narrow)
        if one.principal
    ]
    assert allowed == [False, True, False]


def test_a_federated_user_does_nothing_without_a_policy(world: World, ann: Caller) -> None:
    whole, someone = _someone(world, ann)
    bare = suppose_federated_user(whole, someone, "fed").principal
    given = suppose_federated_user(whole, someone, "fed", SessionRequest(policy=allow("s3:*")))
    world.do("PutUserPolicy", UserName="ann", PolicyName="s3", PolicyDocument=allow("s3:*"))
    assert bare
    assert given.principal
    asked = ("s3:ListBuckets",)
    assert not bare.rehearse(*asked).allowed
    assert not given.principal.rehearse(*asked).allowed
    whole, someone = _someone(world, ann)
    given = suppose_federated_user(whole, someone, "fed", SessionRequest(policy=allow("s3:*")))
    assert given.principal
    assert given.principal.rehearse(*asked).allowed


def test_root_enters_no_role_and_the_refusal_gives_the_reason(world: World) -> None:
    role = world.add_role("R", "*")
    whole, root = _someone(world, world.root())
    supposed = suppose_role_session(whole, root, role)
    assert supposed.principal is None
    assert supposed.error
    assert supposed.error.message == "Roles may not be assumed by root accounts."


def test_a_chain_is_capped_at_an_hour(world: World, ann: Caller) -> None:
    role = world.add_role("R", "*")
    world.do("UpdateRole", RoleName="R", MaxSessionDuration=43200)
    whole, someone = _someone(world, ann)
    long = SessionRequest(duration=7200)
    first = suppose_role_session(whole, someone, role, long)
    assert first.principal
    second = suppose_role_session(whole, first.principal, role, long)
    assert second.error
    assert "1 hour session limit" in second.error.message


def test_a_refusal_shows_the_check_that_was_denied(world: World, ann: Caller) -> None:
    role = world.add_role("R", "*")
    whole, someone = _someone(world, ann)
    supposed = suppose_role_session(whole, someone, role, SessionRequest(tags={"team": "blue"}))
    assert supposed.rehearsal.decisive
    assert supposed.rehearsal.decisive.check.action == "sts:TagSession"
