"""What a copy changes beside IDs and secrets, and what it leaves."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from console.labs.rows import copies, copy_with_ids, copy_world, snapshot
from console.labs.rows.tables import copied_models
from console.labs.scenarios import seed_scenario
from console.labs.site_users import site_student
from console.services.s3.models import Bucket, StoredObject
from iam.models import (
    AccessKey,
    Account,
    Directory,
    Document,
    Event,
    InlinePolicy,
    Role,
    SamlProvider,
    ServerCertificate,
)
from iam.trail.identity import spelled_time
from iam.wire.times import iso8601
from sts.built_in import named_sandbox
from sts.credentials import presented
from sts.sign_in import UnknownAccount, find_account
from tests.labs.rows.comparing import values_of
from tests.labs.rows.conftest import empty
from tests.labs.rows.worlds import Place

_LATER = timedelta(days=40, hours=1)


def test_times_move_in_rows_and_in_records(template):
    copy = copy_world(template, empty("bob"), received_at=template.moment + _LATER)
    before, after = template.tables[Event], values_of(copy)["iam.Event"]
    assert [row["time"] - _LATER for row in after] == [row["time"] for row in before]
    for row in after:
        assert row["record"]["eventTime"] == iso8601(row["time"])
        for decision in row["decisions"]:
            context = decision["context"]
            assert context["aws:CurrentTime"] == iso8601(row["time"])
            assert context["aws:EpochTime"] == str(int(row["time"].timestamp()))
    made = next(row["record"] for row in after if row["name"] == "CreateRole")
    role = Role.in_sandbox(copy).get(name="Orphan")
    assert made["responseElements"]["role"]["createDate"] == spelled_time(role.created_at)
    issued = [
        row["record"]["userIdentity"]["sessionContext"]["attributes"]["creationDate"]
        for row in after
        if "sessionContext" in row["record"]["userIdentity"]
    ]
    assert issued
    assert all(datetime.fromisoformat(one) > template.moment for one in issued)


def test_the_times_of_certificates_stay(template):
    copy = copy_world(template, empty("bob"), received_at=template.moment + _LATER)
    for model, column in ((ServerCertificate, "expires_at"), (SamlProvider, "valid_until")):
        (row,) = template.tables[model]
        assert getattr(model.in_sandbox(copy).get(), column) == row[column]


def test_log_files_have_the_names_of_their_time(template):
    copy = copy_world(template, empty("bob"), received_at=template.moment + _LATER)
    files = StoredObject.in_sandbox(copy).filter(by_service=True)
    assert files
    for file in files:
        at = file.last_modified
        assert f"/{at:%Y/%m/%d}/" in file.key
        assert f"_{at:%Y%m%dT%H%MZ}_" in file.key
        assert file.size == len(file.body)


def test_logs_are_due_as_much_later_as_the_copy_began(template):
    copy = copy_world(template, empty("bob"), received_at=template.moment + _LATER)
    assert template.logs_due_at
    assert copy.logs_due_at == template.logs_due_at + _LATER


def test_by_a_clock_that_was_moved_times_are_as_long_ago_as_in_the_template(template):
    into = empty("bob")
    into.clock_offset = timedelta(hours=5)
    into.save()
    copy = copy_world(template, into, received_at=template.moment)
    assert values_of(copy)["iam.Event"][0]["time"] == (
        template.tables[Event][0]["time"] + timedelta(hours=5)
    )


def test_the_scenario_names_the_copys_accounts_and_fixes_no_secret(db):
    text = """
schema: 1
world:
  accounts: {you: {id: "111122223333", root_password: Root-Pass-1}}
  users:
    - account: you
      name: ann
      console_password: Ann-Pass-12
      access_keys: [{id: AKIAABCDEFGHIJKLMNOP, secret: abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123}]
"""
    seeded = seed_scenario(text, site_student("teacher"), trusted=True)
    copy = copy_world(snapshot(seeded.sandbox), empty("bob"))
    data = json.loads(copy.scenario)["world"]
    account = Account.in_sandbox(copy).get()
    assert data["accounts"]["you"] == {"id": account.account_id, "root_password": "auto"}
    (ann,) = data["users"]
    assert (ann["console_password"], ann["access_keys"]) == ("auto", ["auto"])
    assert presented("AKIAABCDEFGHIJKLMNOP", "")


def test_documents_that_become_equal_become_one(db):
    documents = [
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": a, "Resource": "*"}}
        for a in ("s3:GetObject", "s3:*")
    ]
    users = [
        {"account": "you", "name": name, "inline": {"own": one}}
        for name, one in zip(("ann", "ben"), documents, strict=True)
    ]
    world = {"accounts": {"you": {}}, "users": users}
    seeded = seed_scenario(json.dumps({"schema": 1, "world": world}), site_student("teacher"))
    template = snapshot(seeded.sandbox)
    copy = copy_world(template, empty("bob"), values={"s3:*": "s3:GetObject"})
    of_aws = 2  # the trust policies of the roles that AWS makes in an account
    assert len(template.tables[Document]) == of_aws + 2
    assert Document.in_sandbox(copy).count() == of_aws + 1
    policies = InlinePolicy.in_sandbox(copy).select_related("document")
    assert [json.loads(one.document.text) for one in policies] == [documents[0]] * 2


def test_values_are_replaced_throughout(template):
    values = {"first": "first-7f3k", "files": "files-7f3k", "plain.txt": "plan-7f3k.txt"}
    copy = copy_world(template, empty("bob"), values=values)
    assert Account.in_sandbox(copy).get(name="one").alias == "first-7f3k"
    bucket = Bucket.in_sandbox(copy).select_related("policy").get(name="files-7f3k")
    assert "arn:aws:s3:::files-7f3k/*" in bucket.policy.text
    assert StoredObject.in_sandbox(copy).filter(bucket=bucket, key="plan-7f3k.txt").exists()
    assert '"files-7f3k"' in copy.scenario


def test_an_object_that_names_an_account_is_counted_anew(template):
    copy = copy_world(template, empty("bob"))
    one, two = (Account.in_sandbox(copy).get(name=name).account_id for name in ("one", "two"))
    stored = StoredObject.in_sandbox(copy).get(key=f"{one}/a.txt")
    text = f"For {one}, of {two} at {copy.slug}.idp.rolecall.example."
    assert bytes(stored.body).decode() == text
    place = Place(copy, template.moment)
    read = place.root("s3:GetObject", "two", Bucket="files", Key=stored.key)
    assert (read["Body"].decode(), read["ContentLength"]) == (text, len(text))


def test_a_taken_account_id_is_not_taken_twice(template, monkeypatch):
    taken = copy_world(template, empty("ann"))
    theirs = list(Account.in_sandbox(taken).values_list("account_id", flat=True))
    drawn = iter([theirs[0], "123412341234", "567856785678", "999911112222"])
    monkeypatch.setattr(copies, "new_account_id", lambda: next(drawn))
    copy = copy_world(template, empty("bob"))
    ids = set(Account.in_sandbox(copy).values_list("account_id", flat=True))
    assert ids == {"567856785678", "999911112222"}
    assert find_account(theirs[0]).sandbox == taken


def test_another_fault_of_the_database_is_raised(template):
    copy = copy_world(template, empty("bob"))
    with pytest.raises(IntegrityError):
        copy_world(template, copy)


def _queries(template: Any, owner: str) -> int:
    into = empty(owner)
    with CaptureQueriesContext(connection) as queries:
        copy_world(template, into)
    return len(queries)


def test_the_queries_are_those_of_the_models_however_many_rows_there_are(place):
    small = _queries(snapshot(place.sandbox), "ann")
    for number in range(120):
        place.root("iam:CreateUser", UserName=f"user-{number}")
    assert _queries(snapshot(place.sandbox), "ben") == small <= len(copied_models()) + 6


@pytest.fixture
def looked_at(place) -> tuple[Place, Place]:
    """A world, and the copy of it that an instructor looks at."""
    copy = copy_with_ids(snapshot(place.sandbox, place.at), empty("teacher"))
    return place, Place(copy, place.at)


_ELSEWHERE = {
    "iam.Event": {"event_id", "record"},
    "iam.AccessKey": {"active"},
    "ec2.Instance": {"secret"},
    "s3.StoredObject": {"body", "etag", "size"},
}


def test_an_instructor_sees_the_same_ids_and_secrets(looked_at):
    theirs, own = (values_of(place.sandbox) for place in looked_at)
    assert theirs.keys() == own.keys()
    for label, rows in theirs.items():
        for row, copied in zip(rows, own[label], strict=True):
            differ = {column for column, value in row.items() if copied[column] != value}
            assert differ <= _ELSEWHERE.get(label, set())
            assert not differ or row.get("by_service", True)
    for column in ("salt", "slug", "scenario", "organization_id", "clock_offset"):
        assert getattr(looked_at[0].sandbox, column) == getattr(looked_at[1].sandbox, column)


def test_an_instructors_copy_is_not_reached_from_outside(looked_at):
    theirs, own = looked_at
    assert not Directory.objects.filter(sandbox=own.sandbox).exists()
    assert not AccessKey.in_sandbox(own.sandbox).filter(active=True).exists()
    assert named_sandbox(own.sandbox.slug) == theirs.sandbox
    assert find_account(theirs.account_id()).sandbox == theirs.sandbox
    key = AccessKey.in_sandbox(theirs.sandbox).filter(user__name="ann")[0].access_key_id
    found = presented(key, "")
    assert found is not None
    assert found[1].sandbox == theirs.sandbox
    theirs.sandbox.delete()
    with pytest.raises(UnknownAccount):
        find_account(own.account_id())
    assert presented(key, "") is None


def test_an_instructors_copy_has_events_and_instances_of_its_own(looked_at):
    ids = [
        set(Event.in_sandbox(place.sandbox).values_list("event_id", flat=True))
        for place in looked_at
    ]
    assert len(ids[0]) == len(ids[1])
    assert not ids[0] & ids[1]
    for event in Event.in_sandbox(looked_at[1].sandbox):
        assert event.record["eventID"] == str(event.event_id)
