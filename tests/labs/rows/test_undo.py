"""Undo: a write's rows become those of before, and what time and use brought stays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.labs.rows import newest_step, restore, snapshot, undo
from console.labs.rows.models import KeptBody, UndoStep
from console.labs.rows.undo import MOST_STEPS, observation, steps
from console.labs.scenarios.removal import simulated_models
from console.services.cloudtrail.models import Trail
from console.services.s3.models import StoredObject
from iam.models import Directory, Document, Event, MfaDevice, Role, Sandbox, User
from iam.perform import explain_event, perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from sts.credentials import presented
from tests.absences import CHANGES_NOTHING, REFUSED
from tests.labs.rows.stories import (
    IAM,
    LOGGING,
    SERVICES,
    Story,
    Teller,
    everything_is_told,
    is_write,
)
from tests.mfa import assigned_device
from tests.sts.asking import assume, session_from
from tests.worlds import World, allow, make_world

# The password of a user who changes it, and what an organization's management account enables, are
# rows that other operations change too.
TOLD_ELSEWHERE = {"iam:ChangePassword", "s3:PutBucketAcl", "s3:PutObjectAcl"} | {
    f"iam:{verb}Organizations{feature}"
    for verb in ("Enable", "Disable")
    for feature in ("RootSessions", "RootCredentialsManagement")
}
TOLD_ELSEWHERE |= {name for name in REFUSED if is_write(name)} | CHANGES_NOTHING


@pytest.fixture
def world(db) -> World:
    made = make_world("alice")
    Sandbox.objects.filter(pk=made.sandbox.pk).update(keeps_steps=True)
    made.sandbox.refresh_from_db()
    return made


def rows_of(sandbox: Sandbox) -> dict[str, Any]:
    """Return all rows that a step may bring back, with their keys."""
    found: dict[str, Any] = {
        model._meta.label: [
            {
                name: bytes(value) if isinstance(value, memoryview) else value
                for name, value in row.items()
                if name not in observation.OF_THE_PRESENT.get(model, ())
            }
            for row in model.in_sandbox(sandbox).order_by("pk").values()
            if not row.get("by_service")  # what a trail delivered stays
        ]
        for model in simulated_models()
        if model.__name__
        not in {"AccessJob", "CredentialReport", "Document", "Event", "SessionMark"}
    }
    keys = Directory.objects.filter(sandbox=sandbox).order_by("key")
    return found | {"directory": list(keys.values_list("key", flat=True))}


def test_every_write_is_in_a_story():
    assert everything_is_told() == TOLD_ELSEWHERE


@pytest.mark.parametrize("story", [IAM, SERVICES], ids=["iam", "services"])
def test_each_write_is_undone_to_the_rows_before_it(world, story: Story, monkeypatch):
    monkeypatch.setattr(steps, "MOST_STEPS", 1000)
    teller, before, state = Teller(world), [], rows_of(world.sandbox)
    for operation, params in story:
        teller.perform(operation, params)
        after = rows_of(world.sandbox)
        if after != state:
            assert is_write(operation), operation
            before.append((operation, state))
        state = after
    assert len(before) > 20
    for operation, state in reversed(before):
        step = undo(world.sandbox, received_at=world.origin.received_at)
        assert step is not None
        assert step.operation == operation
        assert rows_of(world.sandbox) == state, operation
    assert newest_step(world.sandbox) is None
    assert undo(world.sandbox) is None


def _do(world: World, operation: str, **params: Any) -> dict[str, Any]:
    """Perform an operation as root, in a visit of its own."""
    root = world.root()
    result = perform(root, operation, params)
    end_visit(root.visit)
    return result


def test_stamp_rises_and_generation_and_clock_stay(world):
    world.do("CreateUser", UserName="ann")
    world.sandbox.refresh_from_db()
    before = world.sandbox
    undo(before)
    after = Sandbox.objects.get(pk=before.pk)
    assert after.stamp == before.stamp + 1
    assert (after.generation, after.clock_offset) == (before.generation, before.clock_offset)


def test_the_sandbox_is_locked_first(world):
    world.do("CreateUser", UserName="ann")
    with CaptureQueriesContext(connection) as queries:
        undo(world.sandbox)
    first = next(q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "BEGIN")))
    assert 'FROM "iam_sandbox"' in first


def test_events_and_documents_stay_and_an_undo_event_is_added(world):
    role = world.add_role("Lesson")
    assert role
    made = Event.in_sandbox(world.sandbox).get(name="CreateRole")
    documents = list(Document.in_sandbox(world.sandbox))
    undo(world.sandbox)
    assert list(Document.in_sandbox(world.sandbox)) == documents
    event, *older = Event.in_sandbox(world.sandbox)
    assert made in older
    assert (event.name, event.account_id) == ("Undo", world.account_id)
    assert event.record["requestParameters"] == {
        "eventName": "CreateRole",
        "eventID": str(made.event_id),
    }
    assert event.record["userIdentity"]["type"] == "AWSService"
    assert explain_event(world.sandbox, made.event_id, None) is not None


def test_sessions_from_before_are_valid_again(world):
    world.add_user("ann", allow("sts:*"))
    answer = assume(world.user("ann"), world.add_role("Lesson"))
    _do(world, "iam:DeleteRole", RoleName="Lesson")
    with pytest.raises(AwsError, match="security token included in the request is invalid"):
        session_from(world, answer)
    undo(world.sandbox)
    assert session_from(world, answer).name == "lesson"


def test_what_was_made_since_is_no_more_valid(world):
    world.add_user("ann", allow("sts:*"))
    role = world.add_role("Lesson")
    answer = assume(world.user("ann"), role)
    undo(world.sandbox)
    with pytest.raises(AwsError, match="security token included in the request is invalid"):
        session_from(world, answer)


def test_a_key_that_was_made_is_gone_from_the_directory_and_a_deleted_one_back(world):
    world.do("CreateUser", UserName="ann")
    key = _do(world, "iam:CreateAccessKey", UserName="ann")["AccessKey"]
    _do(world, "iam:DeleteAccessKey", UserName="ann", AccessKeyId=key["AccessKeyId"])
    assert presented(key["AccessKeyId"], "") is None
    undo(world.sandbox)
    found = presented(key["AccessKeyId"], "")
    assert found is not None
    assert found[0] == key["SecretAccessKey"]
    undo(world.sandbox)
    assert presented(key["AccessKeyId"], "") is None
    assert not Directory.objects.filter(key=key["AccessKeyId"]).exists()


def test_a_spent_code_stays_spent(world):
    world.do("CreateUser", UserName="ann")
    device = assigned_device(world, "ann")
    row = MfaDevice.in_sandbox(world.sandbox).get()
    assert row.last_step
    undo(world.sandbox)
    after = MfaDevice.in_sandbox(world.sandbox).get()
    assert (after.user_id, after.enabled_at, after.last_step) == (None, None, row.last_step)
    assert device.serial == after.serial_number


def test_when_something_was_last_used_stays(world):
    world.add_user("ann", allow("sts:*"))
    role = world.add_role("Lesson")
    _do(world, "iam:UpdateRole", RoleName="Lesson", Description="changed")
    assume(world.user("ann"), role)
    undo(world.sandbox)
    row = Role.in_sandbox(world.sandbox).get()
    assert row.description == ""
    assert row.last_used_at == world.origin.received_at


def test_a_trail_goes_on_after_what_it_delivered(world):
    for operation, params in LOGGING:
        Teller(world).perform(operation, params)
    later = replace(world.origin, received_at=world.origin.received_at + timedelta(minutes=6))
    world.origin = later
    _do(world, "iam:ListUsers")
    delivered = Trail.in_sandbox(world.sandbox).get().delivered_to
    _do(world, "cloudtrail:StopLogging", Name="all")
    Sandbox.objects.filter(pk=world.sandbox.pk).update(logs_due_at=None)
    undo(world.sandbox, received_at=later.received_at)
    trail = Trail.in_sandbox(world.sandbox).get()
    assert trail.logging
    assert trail.delivered_to > delivered
    assert Sandbox.objects.get(pk=world.sandbox.pk).logs_due_at is not None


def test_a_refused_write_and_one_that_changes_nothing_are_no_steps(world):
    world.do("CreateUser", UserName="ann")
    first = newest_step(world.sandbox)
    with pytest.raises(AwsError):
        world.do("CreateUser", UserName="ann")
    with pytest.raises(AwsError):
        perform(world.user("ann"), "iam:CreateUser", {"UserName": "ben"})
    world.do("TagUser", UserName="ann", Tags=[])
    world.do("GenerateCredentialReport")
    assert newest_step(world.sandbox) == first


def test_reads_and_other_sandboxes_cost_nothing(world):
    world.add_user("ann", allow("*"))
    calm = make_world("bob", "210987654321")
    counts = {}
    for place, operation in ((world, "iam:ListUsers"), (calm, "iam:ListUsers")):
        with CaptureQueriesContext(connection) as queries:
            perform(place.root(), operation, {})
        counts[place.account_id] = len(queries)
    assert len(set(counts.values())) == 1
    with CaptureQueriesContext(connection) as queries:
        calm.do("CreateUser", UserName="ann")
    assert not any("undostep" in query["sql"] for query in queries)
    assert newest_step(calm.sandbox) is None


def test_the_last_fifty_steps_are_kept(world):
    for number in range(MOST_STEPS + 3):
        world.do("CreateUser", UserName=f"user-{number}")
    rows = UndoStep.objects.filter(sandbox=world.sandbox)
    assert rows.count() == MOST_STEPS == 50
    while undo(world.sandbox):
        pass
    names = set(User.in_sandbox(world.sandbox).values_list("name", flat=True))
    assert names == {"user-0", "user-1", "user-2"}


def _put(world: World, body: bytes) -> None:
    _do(world, "s3:PutObject", Bucket="bucket", Key="a.txt", Body=body)


def test_a_content_is_kept_once_and_while_a_step_needs_it(world):
    _do(world, "s3:CreateBucket", Bucket="bucket")
    for body in (b"one", b"two", b"one", b"two"):
        _put(world, body)
    kept = KeptBody.objects.filter(sandbox=world.sandbox)
    assert sorted(bytes(row.body) for row in kept) == [b"one", b"two"]
    for body in (b"one", b"two", b"one"):
        undo(world.sandbox)
        (stored,) = StoredObject.in_sandbox(world.sandbox)
        assert bytes(stored.body) == body
    assert not kept.all().exists()
    undo(world.sandbox)
    assert not StoredObject.in_sandbox(world.sandbox).exists()


def test_the_oldest_steps_give_way_to_large_contents(world, monkeypatch):
    monkeypatch.setattr(steps, "MOST_BYTES", 5000)
    _do(world, "s3:CreateBucket", Bucket="bucket")
    for letter in (b"a", b"b", b"c", b"d"):
        _put(world, letter * 2000)
    kept = KeptBody.objects.filter(sandbox=world.sandbox)
    assert sorted(bytes(row.body)[:1] for row in kept) == [b"b", b"c"]
    undone = 0
    while undo(world.sandbox):
        undone += 1
    assert undone == 2
    (stored,) = StoredObject.in_sandbox(world.sandbox)
    assert bytes(stored.body)[:1] == b"b"


def test_starting_again_forgets_the_steps(world):
    template = snapshot(world.sandbox)
    _do(world, "s3:CreateBucket", Bucket="bucket")
    for body in (b"one", b"two"):
        _put(world, body)
    restore(world.sandbox, template)
    assert undo(world.sandbox) is None
    assert not KeptBody.objects.filter(sandbox=world.sandbox).exists()
    assert Sandbox.objects.get(pk=world.sandbox.pk).keeps_steps
