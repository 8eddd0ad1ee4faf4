"""Which events stay when there are many: writes, and of the rest the newest."""

from contextlib import suppress

import pytest

from iam.callers import Caller
from iam.models import Event, Sandbox
from iam.perform import perform
from iam.trail import end_visit, pruning
from iam.wire.errors import AwsError
from sts.credentials import nobody_in
from tests.worlds import World, allow, trust

ROLE = "arn:aws:iam::975050059573:role/lesson"


@pytest.fixture(autouse=True)
def _few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "PRUNE_EVERY", 1)
    monkeypatch.setattr(pruning, "READS_KEPT", 4)
    monkeypatch.setattr(pruning, "READS_KEPT_IN_A_LAB", 3)
    monkeypatch.setattr(pruning, "KEPT_OF_UNKNOWN_CALLERS", 2)


def _call(caller: Caller, operation: str, times: int = 1, **params: str) -> None:
    for _ in range(times):
        with suppress(AwsError):
            perform(caller, operation, params)
        end_visit(caller.visit)


def _names(world: World) -> list[str]:
    return [f"{event.name} {event.error_code}".strip() for event in Event.in_sandbox(world.sandbox)]


def test_calls_without_a_signature_do_not_make_a_world_grow(world):
    nobody = nobody_in(world.sandbox, world.account_id, world.origin, world.root().visit)
    _call(world.root(), "iam:CreateGroup", GroupName="kept")
    _call(
        nobody,
        "sts:AssumeRoleWithWebIdentity",
        9,
        RoleArn=ROLE,
        RoleSessionName="nobody",
        WebIdentityToken="none",
    )
    refused = "AssumeRoleWithWebIdentity InvalidIdentityToken"
    assert sorted(_names(world)) == [refused, refused, "CreateGroup"]


def test_refused_reads_are_limited_as_other_reads_are(world):
    _call(world.root(), "iam:GetUser", 9, UserName="nobody")
    assert _names(world) == ["GetUser NoSuchEntity"] * 4


def test_a_lab_keeps_fewer_reads_but_who_has_acted_as_whom(world):
    Sandbox.objects.filter(pk=world.sandbox.pk).update(lab="a-lab")
    world.sandbox.refresh_from_db()
    world.add_user("ann", allow("sts:*"))
    world.do("CreateRole", RoleName="lesson", AssumeRolePolicyDocument=trust(world.account_id))
    _call(world.user("ann"), "sts:AssumeRole", RoleArn=ROLE, RoleSessionName="one")
    _call(world.root(), "iam:ListGroups", 9)
    reads = [event.name for event in Event.in_sandbox(world.sandbox).filter(read_only=True)]
    assert reads == [*["ListGroups"] * 3, "AssumeRole"]


def test_writes_stay_and_refused_writes_too(world):
    _call(world.root(), "iam:CreateGroup", 9, GroupName="one")
    assert sorted(_names(world)) == ["CreateGroup", *["CreateGroup EntityAlreadyExists"] * 8]
