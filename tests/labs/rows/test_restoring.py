"""A sandbox set back to a snapshot, in its place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.labs.rows import copy_world, restore, snapshot
from console.labs.scenarios import handout, people_handout
from console.labs.scenarios.removal import simulated_models
from iam.models import AccessKey, Account, Directory, Sandbox, User
from iam.wire.errors import AwsError
from tests.labs.rows.comparing import values_of
from tests.labs.rows.conftest import empty
from tests.labs.rows.worlds import Place


def _mess(place: Place) -> None:
    place.root("iam:DeleteLoginProfile", UserName="cat", account="two")
    place.root("iam:CreateUser", UserName="eve")
    place.root("iam:CreateAccessKey", UserName="eve")
    place.root("iam:UpdateAssumeRolePolicy", RoleName="Orphan", PolicyDocument=_NOBODY)
    place.root("s3:PutObject", "two", Bucket="files", Key="plain.txt", Body=b"changed")
    place.root("iam:DeleteAccountPasswordPolicy")


_NOBODY = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:*"}}'


def test_its_rows_are_equal_to_those_of_the_snapshot(place):
    template = snapshot(place.sandbox, place.at)
    before = values_of(place.sandbox)
    _mess(place)
    assert values_of(place.sandbox) != before
    restore(place.sandbox, template, received_at=place.at)
    assert values_of(place.sandbox) == before


def test_generation_and_stamp_rise_and_the_clock_stays(place, template):
    sandbox = place.sandbox
    Sandbox.objects.filter(pk=sandbox.pk).update(clock_offset=timedelta(hours=5))
    sandbox.refresh_from_db()
    fresh = restore(sandbox, template)
    assert fresh.generation == sandbox.generation + 1
    assert fresh.stamp > sandbox.stamp
    assert fresh.clock_offset == timedelta(hours=5)
    fresh.refresh_from_db()
    assert fresh.generation == sandbox.generation + 1


def test_the_sandbox_is_locked_before_anything_is_read(place, template):
    with CaptureQueriesContext(connection) as queries:
        restore(place.sandbox, template)
    first = next(q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "BEGIN")))
    assert first.startswith('UPDATE "iam_sandbox"')


def test_no_session_of_before_is_honored(place, template):
    answer = place.by_saml()
    restore(place.sandbox, template)
    with pytest.raises(AwsError, match="security token included in the request is invalid"):
        place.session(answer)


def test_a_copy_starts_again_with_the_ids_and_secrets_of_its_start(template):
    copy = copy_world(template, empty("bob"))
    handed_out, people, values = handout(copy), people_handout(copy), values_of(copy)
    scenario, organization, slug = copy.scenario, copy.organization_id, copy.slug
    reached = set(Directory.objects.filter(sandbox=copy).values_list("key", flat=True))
    place = Place(copy, template.moment)
    _mess(place)
    place.root("iam:DeleteAccessKey", UserName="ann", AccessKeyId=_a_key(copy))
    fresh = restore(copy, template)
    assert (handout(fresh), people_handout(fresh)) == (handed_out, people)
    assert (fresh.scenario, fresh.organization_id, fresh.slug) == (scenario, organization, slug)
    assert set(Directory.objects.filter(sandbox=copy).values_list("key", flat=True)) == reached
    again = values_of(fresh)
    for label, column in (("User", "unique_id"), ("AccessKey", "sealed_secret")):
        rows, rows_again = values[f"iam.{label}"], again[f"iam.{label}"]
        assert [row[column] for row in rows_again] == [row[column] for row in rows]


def _a_key(sandbox: Sandbox) -> str:
    rows = AccessKey.in_sandbox(sandbox).filter(user__name="ann")
    return str(rows[0].access_key_id)


def test_other_sandboxes_stay_as_they_are(place, template):
    other = copy_world(template, empty("bob"))
    rows = {model: list(model.in_sandbox(other).values()) for model in simulated_models()}
    restore(place.sandbox, template)
    assert {model: list(model.in_sandbox(other).values()) for model in simulated_models()} == rows
    assert Directory.objects.filter(sandbox=other).exists()


def test_times_are_as_if_it_began_now(place, template):
    made_at = User.in_sandbox(place.sandbox).get(name="ann").created_at
    later = place.at + timedelta(hours=3)
    restore(place.sandbox, template, received_at=later)
    moved_by = timedelta(hours=3)
    assert User.in_sandbox(place.sandbox).get(name="ann").created_at == made_at + moved_by


def test_the_queries_are_those_of_the_models_however_many_rows_there_are(place):
    small = snapshot(place.sandbox)
    for number in range(120):
        place.root("iam:CreateUser", UserName=f"user-{number}")
    large = snapshot(place.sandbox)
    counts = []
    for one in (small, large):
        with CaptureQueriesContext(connection) as queries:
            restore(place.sandbox, one)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 2 * len(simulated_models()) + 10
    assert Account.in_sandbox(place.sandbox).count() == 2
