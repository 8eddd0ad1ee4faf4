"""How, from where and when somebody calls makes the condition keys that AWS would make of it."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.analysis import PLAIN, SESSION_NAME, Circumstances, World, WorldPrincipal, plain_origin
from iam.authorization import Authorization, ContextValue, PermissionCheck
from iam.perform import rehearse
from tests.iam.analysis_worlds import arn, as_caller, random_world, seen
from tests.iam.plausible_calls import OPERATIONS, likeliest
from tests.iam.rehearsing import furnished
from tests.worlds import NOON, allow
from tests.worlds import World as Made

CHECK = PermissionCheck("iam:GetUser", arn("user", "ann"))
MFA, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"


@pytest.fixture
def ann(world: Made) -> WorldPrincipal:
    world.add_user("ann", allow("*"))
    found = seen(world).someone(arn("user", "ann"))
    assert found
    return found


def _keys(someone: WorldPrincipal, now: Circumstances = PLAIN) -> dict[str, ContextValue]:
    return dict(someone.ask(CHECK, now).request.context.items())


def test_an_access_key_comes_without_any_key_of_mfa(ann: WorldPrincipal) -> None:
    assert not {MFA, AGE, "aws:TokenIssueTime"} & _keys(ann).keys()


def test_a_sign_in_without_mfa_has_the_key_as_false(ann: WorldPrincipal) -> None:
    keys = _keys(ann, Circumstances(signed_in=True))
    assert keys[MFA] == "false"
    assert AGE not in keys


@pytest.mark.parametrize("signed_in", [True, False])
def test_mfa_has_an_age(ann: WorldPrincipal, signed_in: bool) -> None:
    fresh = _keys(ann, Circumstances(signed_in=signed_in, mfa=True))
    old = _keys(ann, Circumstances(signed_in=signed_in, mfa_age=3600))
    assert (fresh[MFA], fresh[AGE]) == ("true", "0")
    assert (old[MFA], old[AGE]) == ("true", "3600")
    assert old["aws:TokenIssueTime"] == "2026-05-28T11:00:00Z"


def test_a_session_of_a_role_keeps_its_issue_time(world: Made) -> None:
    world.add_role("R")
    session = seen(world).someone(arn("role", "R"))
    assert session
    later = Circumstances(at=NOON + timedelta(hours=2))
    assert _keys(session, later)["aws:TokenIssueTime"] == "2026-05-28T12:00:00Z"
    assert _keys(session, Circumstances(signed_in=True))[MFA] == "false"
    assert _keys(session, Circumstances(mfa=True))[MFA] == "true"


def test_the_time_is_the_sandboxs(world: Made, ann: WorldPrincipal) -> None:
    world.sandbox.clock_offset = timedelta(days=1)
    whole = seen(world)
    moved = whole.someone(ann.arn)
    assert moved
    assert _keys(moved)["aws:CurrentTime"] == "2026-05-29T12:00:00Z"
    at = Circumstances(at=NOON)
    assert _keys(moved, at)["aws:CurrentTime"] == "2026-05-28T12:00:00Z"
    assert _keys(moved, at)["aws:EpochTime"] == str(int(NOON.timestamp()))


def test_address_region_and_transport_can_be_given(ann: WorldPrincipal) -> None:
    now = Circumstances(source_ip="198.51.100.1", region="eu-west-1", secure=False)
    keys = _keys(ann, now)
    assert keys["aws:SourceIp"] == "198.51.100.1"
    assert keys["aws:RequestedRegion"] == "eu-west-1"
    assert keys["aws:SecureTransport"] == "false"


def test_further_keys_win_over_those_of_the_call(ann: WorldPrincipal) -> None:
    now = Circumstances(context={"aws:SourceIp": "10.0.0.1", "aws:SourceVpc": "vpc-1"})
    keys = _keys(ann, now)
    assert (keys["aws:SourceIp"], keys["aws:SourceVpc"]) == ("10.0.0.1", "vpc-1")


def test_plain_questions_come_from_a_documented_place(world: Made, ann: WorldPrincipal) -> None:
    world.sandbox.secure_transport = False
    someone = World(world.sandbox, plain_origin(NOON)).someone(ann.arn)
    assert someone
    keys = _keys(someone)
    assert keys["aws:SourceIp"] == "203.0.113.7"
    assert keys["aws:RequestedRegion"] == "us-east-1"
    assert keys["aws:SecureTransport"] == "true"
    assert keys["aws:CurrentTime"] == "2026-05-28T12:00:00Z"


def test_a_rehearsal_is_made_under_circumstances_too(world: Made) -> None:
    condition = {
        "Bool": {MFA: "true"},
        "IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
        "StringEquals": {"aws:SourceVpc": "vpc-1"},
    }
    world.add_user("bob", allow("iam:GetUser", Condition=condition))
    bob = seen(world).someone(arn("user", "bob"))
    assert bob
    now = Circumstances(signed_in=True, mfa=True, source_ip="10.1.2.3")
    asked = ("iam:GetUser", {"UserName": "bob"})
    assert not bob.rehearse(*asked, now).allowed
    assert bob.rehearse(*asked, replace(now, context={"aws:SourceVpc": "vpc-1"})).allowed


def _decided(answers: tuple[Authorization, ...]) -> list[Any]:
    return [(one.check, one.request, one.decision) for one in answers]


@pytest.mark.parametrize("seed", range(3))
def test_a_principal_of_a_world_rehearses_as_the_real_one_does(world: Made, seed: int) -> None:
    stage = furnished(world, seed)
    dice, whole = random.Random(seed), seen(world)  # noqa: S311
    for someone in whole.everyone:
        caller = as_caller(world, someone)
        for operation in dice.sample(OPERATIONS, 40):
            params = likeliest(operation, stage.pools)
            theirs, real = someone.rehearse(operation, params), rehearse(caller, operation, params)
            assert str(theirs.error)[:90] == str(real.error)[:90], (someone.called, operation)
            assert _decided(theirs.authorizations) == _decided(real.authorizations)


def test_a_world_reads_its_rows_once(world: Made) -> None:
    random_world(world, 1)
    whole = seen(world)
    assert whole.everyone
    params = {"RoleArn": arn("role", "r0"), "RoleSessionName": SESSION_NAME}
    with CaptureQueriesContext(connection) as captured:
        for someone in whole.people.values():
            someone.rehearse("sts:AssumeRole", params)
    assert len(captured) == 0
