"""A rehearsed call gets the answer that performing it would get, and changes nothing."""

from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iam.authorization import AppliedPolicy
from iam.authorization.decisions import authorize_with
from iam.callers import Caller
from iam.perform import AccessDenied, perform, rehearse
from iam.wire.errors import AwsError
from sts.built_in import name_of
from sts.built_in.models import BuiltInKey
from tests.absences import REFUSED
from tests.endpoint.fuzzing import EXAMPLES
from tests.federation.documents import id_token
from tests.iam.plausible_calls import OPERATIONS, likeliest, params_of
from tests.iam.rehearsing import CAST, Stage, furnished
from tests.mfa import assigned_device
from tests.sts.test_built_in_provider import somebody, with_oidc
from tests.worlds import World, allow, document

SEEDS = range(4)
FOUND_BY_DOING = {
    "BucketNotEmpty": "objects are in the bucket",
    "DeleteConflict": "something hangs on what is to be deleted",
    "EntityAlreadyExists": "the new name is taken",
    "EntityTooLarge": "the sandbox's room for objects is used up",
    "IdempotentParameterMismatch": "the client token was used for another launch",
    "InstanceLimitExceeded": "so many instances run",
    "LimitExceeded": "a quota of the account is used up",
}
"""What only execute answers, since it depends on the rows beside those that the call names."""
TABLES = [
    one
    for one in apps.get_models()
    if one._meta.app_label in {"iam", "sts", "s3", "ec2", "cloudtrail"}
]


def _performed(caller: Caller, operation: str, params: dict[str, Any]) -> AwsError | None:
    """Perform a call, take it back, and return its refusal."""
    with transaction.atomic():
        try:
            perform(caller, operation, params)
        except AwsError as error:
            return error
        finally:
            transaction.set_rollback(True)
    return None


def _recorded(caller: Caller) -> list[Any]:
    """Return the decisions that the call's event has; a write's own is taken back with it."""
    pending = caller.visit.pending
    return list(pending[-1].decisions) if pending else []


@pytest.fixture
def stage(world: World) -> Stage:
    return furnished(world, 1)


@pytest.fixture(params=SEEDS)
def random_stage(request: pytest.FixtureRequest, world: World) -> Stage:
    return furnished(world, request.param)


@settings(max_examples=EXAMPLES or 60, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.data())
def test_a_rehearsal_is_answered_as_the_call_would_be(
    random_stage: Stage, data: st.DataObject
) -> None:
    stage = random_stage
    operation = data.draw(st.sampled_from(OPERATIONS))
    params = data.draw(params_of(operation, stage.pools))
    who = data.draw(st.sampled_from(CAST))
    caller = stage.caller(who)
    rehearsed = rehearse(caller, operation, params)
    refused = _performed(caller, operation, params)
    said = f"{who}: {rehearsed.error} / {refused}"
    if rehearsed.error is not None:
        assert refused is not None, said
        assert _shown(rehearsed.error) == _shown(refused), said
    elif refused is not None:
        assert refused.code in FOUND_BY_DOING, said
    if isinstance(refused, AccessDenied):
        assert [one.kept() for one in rehearsed.authorizations] == _recorded(caller)


def _shown(error: AwsError) -> tuple[type[AwsError], str, str, int]:
    """Return what an error shows; EC2 seals the details of a denial anew each time."""
    message = error.message.partition("Encoded authorization")[0]
    return type(error), error.code, message, error.status


def _rows() -> list[str]:
    return [serialize("json", table._base_manager.order_by("pk")) for table in TABLES]


def test_most_of_the_likeliest_calls_would_be_done(stage: Stage) -> None:
    operations = [one for one in OPERATIONS if one not in REFUSED]
    likely = [(one, likeliest(one, stage.pools)) for one in operations]
    done = [one for one in likely if _performed(stage.caller("admin"), *one) is None]
    assert len(done) >= 0.7 * len(operations)


def test_a_rehearsal_leaves_every_row_as_it_was(stage: Stage) -> None:
    before = _rows()
    for who in ("admin", "r0", "stranger"):
        caller = stage.caller(who)
        with CaptureQueriesContext(connection) as captured:
            for operation in OPERATIONS:
                rehearse(caller, operation, likeliest(operation, stage.pools))
        assert {query["sql"].partition(" ")[0] for query in captured} == {"SELECT"}
        assert (caller.visit.pending, caller.visit.outcomes) == ([], [])
    assert _rows() == before


def test_a_rehearsal_does_not_use_up_a_code(world: World) -> None:
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    role, device = world.add_role("R"), assigned_device(world, "ann")
    given = {"RoleArn": role, "RoleSessionName": "ann", **device.second_factor(world)}
    assert rehearse(ann, "sts:AssumeRole", given).allowed
    assert rehearse(ann, "sts:AssumeRole", given).allowed
    perform(ann, "sts:AssumeRole", given)
    assert rehearse(ann, "sts:AssumeRole", given).error


def test_a_rehearsal_makes_no_key_for_the_built_in_provider(world: World) -> None:
    role = with_oidc(world)
    given = {"RoleArn": role, "RoleSessionName": "ann"}
    issuer = name_of(world.sandbox).issuer
    given["WebIdentityToken"] = id_token(iss=issuer, aud="sts.amazonaws.com")
    rehearsed = rehearse(somebody(world), "sts:AssumeRoleWithWebIdentity", given)
    assert not BuiltInKey.in_sandbox(world.sandbox).exists()
    refused = _performed(somebody(world), "sts:AssumeRoleWithWebIdentity", given)
    assert rehearsed.error
    assert refused
    assert _shown(rehearsed.error) == _shown(refused)


def test_a_refusal_comes_with_the_statement_that_denies(world: World) -> None:
    deny = {"Sid": "Never", "Effect": "Deny", "Action": "iam:GetUser", "Resource": "*"}
    ann = world.add_user("ann", document(deny))
    rehearsed = rehearse(ann, "iam:GetUser", {"UserName": "ann"})
    assert isinstance(rehearsed.error, AccessDenied)
    assert rehearsed.decisive is not None
    assert [one.sid for one in rehearsed.decisive.decision.determining] == ["Never"]


def test_all_checks_of_an_operation_are_shown(world: World) -> None:
    params = {"UserName": "x", "Tags": [{"Key": "k", "Value": "v"}]}
    rehearsed = rehearse(world.root(), "iam:CreateUser", params)
    assert [one.check.action for one in rehearsed.authorizations] == [
        "iam:CreateUser",
        "iam:TagUser",
    ]
    assert rehearsed.allowed
    assert rehearsed.decisive is rehearsed.authorizations[-1]


def test_what_is_refused_before_any_check_has_none(world: World) -> None:
    unknown = rehearse(world.root(), "iam:DoSomething", {})
    malformed = rehearse(world.root(), "iam:GetRole", {"RoleName": "no name!"})
    assert [one.error.code for one in (unknown, malformed) if one.error] == [
        "InvalidAction",
        "ValidationError",
    ]
    assert unknown.decisive is malformed.decisive is None


def test_parts_of_a_request_are_refused_by_themselves(stage: Stage) -> None:
    wanted = {"Objects": [{"Key": "k"}, {"Key": "folder/k"}]}
    given = {"Bucket": "bucket-logs", "Delete": wanted}
    rehearsed = rehearse(stage.caller("stranger"), "s3:DeleteObjects", given)
    assert rehearsed.allowed
    assert [one.code for one in rehearsed.denials if one] == ["AccessDenied", "AccessDenied"]


def test_a_rehearsal_can_be_decided_otherwise(world: World) -> None:
    ann = world.add_user("ann")
    decide = partial(authorize_with, own=(AppliedPolicy("PRINCIPAL", "what if", allow("*")),))
    assert rehearse(ann, "iam:ListUsers", {}, decide=decide).allowed
    assert not rehearse(ann, "iam:ListUsers", {}).allowed
