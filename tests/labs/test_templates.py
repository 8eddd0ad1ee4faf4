"""Attempts begin as copies of a template, equal to a world that the factories make."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from console.labs.attempts import begin_attempt, start_again, values_of
from console.labs.attempts.start_data import start_from
from console.labs.catalog import all_labs
from console.labs.checks import Case, judge, start_of
from console.labs.checks.saved_sessions import open_results
from console.labs.files import LabFile, fresh_values
from console.labs.models import Attempt, LabTemplate
from console.labs.rows.renames import Renaming
from console.labs.worlds import LabWorld, make_lab_world
from iam.analysis import plain_origin
from iam.callers import Visit
from iam.models import Document, Sandbox
from sts.built_in import name_of
from sts.credentials import caller_from, presented
from tests.labs.rows.comparing import values_of as rows_of

_ID = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|\b\d{12}\b"
    r"|\bA[A-Z]{3}[A-Z2-7]{12,17}\b|\b(?:i|r|iip-assoc|vpc|subnet|sg)-0[0-9a-f]{16}\b"
    r"|\bou-[a-z2-7]{4}-[a-z2-7]{8}\b|\b[opr]-[a-z2-7]{4,10}\b"
)
_TIME = re.compile(
    r"\b\d{10}\b|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|[A-Z][a-z]{2} \d+, \d{4} [\d:]+ [AP]M"
)
_SECRET = {
    "iam.AccessKey.sealed_secret",
    "iam.Account.root_password",
    "iam.LoginProfile.password",
    "iam.MfaDevice.sealed_seed",
    "iam.SamlProvider.metadata",
    "sts.BuiltInKey.certificate",
    "sts.BuiltInKey.sealed_key",
    "sts.Person.password",
    "ec2.Instance.secret",
}
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
VARIED = {
    "accounts": {
        "you": {"alias": "{alias}", "management": True},
        "theirs": {"organizational_unit": "{unit}"},
    },
    "control_policies": [
        {
            "type": "SCP",
            "name": "{unit}-only",
            "targets": ["ou:{unit}"],
            "document": {
                "Version": "2012-10-17",
                "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
            },
        }
    ],
    "users": [
        {"account": "you", "name": "{who}", "console_password": "auto", "mfa": "auto"},
        {"account": "you", "name": "ann", "managed": [ADMINISTRATOR]},
    ],
    "roles": [
        {
            "account": "theirs",
            "name": "Guest-{who}",
            "trust": {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": {"AWS": "arn:aws:iam::{you}:user/{who}"},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"sts:ExternalId": "{code}"}},
                },
            },
        }
    ],
    "buckets": [{"account": "theirs", "name": "files-{code}", "objects": {"{code}.txt": "{who}"}}],
    "saml_providers": [{"account": "you", "name": "idp-{unit}"}],
    "identity_provider": {
        "people": [{"name": "alice", "email": "{who}@x.example", "groups": ["{unit}"]}]
    },
}
HISTORY = (
    {
        "as": "you/ann",
        "at": "-3d",
        "call": {"iam:CreateAccessKey": {"UserName": "{who}"}},
        "save": "key",
    },
    {
        "as": "you/ann",
        "at": "-2h",
        "call": {"sts:GetSessionToken": {}},
        "save": "leak",
    },
)
VARIABLES = {
    "alias": {"word": 1, "prefix": "acme-"},
    "unit": {"token": 4},
    "who": {"token": 5},
    "code": {"digits": 4},
}


def varied(lab: LabFile) -> LabFile:
    """Return a lab in whose world everything is named by a variable."""
    variables = {**lab.variables, **VARIABLES}
    varied = replace(lab, slug="varied", hash="varied", variables=variables, tasks=())
    return replace(varied, world=VARIED, history=HISTORY)


def labs() -> list[LabFile]:
    found = list(all_labs().values())
    return [*found, varied(found[0])]


class Spelled:
    """Texts of a sandbox with each ID as the number of its first appearance."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._slug = name_of(sandbox).slug
        self._seen: dict[str, str] = {}

    def text(self, text: str) -> str:
        plain = _TIME.sub("<time>", text.replace(self._slug, "<slug>"))
        return _ID.sub(lambda found: self._seen.setdefault(found[0], self._number()), plain)

    def _number(self) -> str:
        return f"<{len(self._seen)}>"

    def row(self, label: str, row: dict[str, Any]) -> Any:
        shown = {
            name: "<time>" if isinstance(value, datetime) else value
            for name, value in row.items()
            if f"{label}.{name}" not in _SECRET
        }
        return json.loads(self.text(json.dumps(shown, default=repr, sort_keys=True)))


def spelled_rows(sandbox: Sandbox) -> Iterator[tuple[str, Any]]:
    spelled = Spelled(sandbox)
    for label, rows in rows_of(sandbox).items():
        for row in rows:
            yield label, spelled.row(label, row)


def plain(data: Any, values: dict[str, str]) -> Any:
    """Return data with the account IDs and other names of a world as words."""
    names = {value: f"<{name}>" for name, value in values.items()}
    named = json.dumps(Renaming("", literals=names, only_known=True).value(data))
    return json.loads(re.sub(r"\bp-[a-z2-7]{8}\b", "<control policy>", named))


def judged(case: Case) -> Any:
    """Return what every check finds in a world, in words that are the same in each."""
    found = [
        [task.task, check.name, check.status, check.expected, check.got, check.decisive]
        for task in judge(case)
        for check in task.checks
    ]
    return plain(found, dict(case.values))


def seeded_like(attempt: Attempt, lab: LabFile) -> LabWorld:
    """Return the world that the factories make for an attempt, with the same variables."""
    return make_lab_world(lab, attempt.public_id, attempt.owner)


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.slug)
def test_a_copied_start_equals_a_seeded_one_and_decides_as_it_does(alice, lab):
    attempt = begin_attempt(alice, lab)
    seeded = seeded_like(attempt, lab)
    copied = Sandbox.objects.get(pk=attempt.sandbox_id)
    assert list(spelled_rows(copied)) == list(spelled_rows(seeded.sandbox))
    for column in ("name", "owner", "public", "secure_transport"):
        assert getattr(copied, column) == getattr(seeded.sandbox, column)
    mine, theirs = (json.loads(Spelled(one).text(one.scenario)) for one in (copied, seeded.sandbox))
    assert mine == theirs
    decides_as(seeded, attempt, lab)


def decides_as(seeded: LabWorld, attempt: Attempt, lab: LabFile) -> None:
    """See that a copy's checks and probes find what they find in a seeded world."""
    start, values = start_from(attempt.start), values_of(attempt, lab)
    assert replace(start, saved={}) == start_of(attempt.sandbox)
    assert len(start.unique_ids) == len(seeded.start.unique_ids)
    assert judged(Case(lab, attempt.sandbox, values, start)) == (
        judged(Case(lab, seeded.sandbox, seeded.values, seeded.start))
    )
    mine, theirs = (
        {plain(who, v): plain(sorted(map(list, one.own | one.reached)), v) for who, one in access}
        for access, v in (
            (start.access.items(), values),
            (seeded.start.access.items(), dict(seeded.values)),
        )
    )
    assert mine.keys() == theirs.keys()
    assert all(sorted(mine[who]) == sorted(theirs[who]) for who in mine)


@pytest.mark.parametrize("lab", labs()[-2:], ids=lambda lab: lab.slug)
def test_starting_again_brings_the_start_back_with_its_ids(alice, lab):
    attempt = begin_attempt(alice, lab)
    before = list(rows_of(attempt.sandbox).items())
    scenario = attempt.sandbox.scenario
    start_again(attempt.sandbox)
    attempt.refresh_from_db()
    again = Sandbox.objects.get(pk=attempt.sandbox_id)
    assert (again.generation, again.scenario) == (2, scenario)
    assert replace(start_from(attempt.start), saved={}) == start_of(again)
    assert [label for label, _ in before] == list(rows_of(again))
    spelled = Spelled(again)
    for label, rows in before:
        mine = [spelled.row(label, row) for row in rows]
        assert mine == [spelled.row(label, row) for row in rows_of(again)[label]]


def test_a_template_is_made_once_and_leaves_no_sandbox_behind(alice, bob):
    lab = all_labs()["external-id"]
    begin_attempt(alice, lab)
    begin_attempt(bob, lab)
    assert LabTemplate.objects.count() == 1
    assert Sandbox.objects.count() == 2


def test_a_new_edition_of_a_lab_has_its_own_template_and_old_attempts_keep_theirs(alice, bob):
    lab = all_labs()["same-account-role"]
    old = begin_attempt(alice, lab)
    users = [*lab.world["users"], {"account": "you", "name": "newcomer"}]
    edited = replace(lab, hash="edited", world={**lab.world, "users": users}, variables={})
    begin_attempt(bob, replace(edited, variables=lab.variables))
    assert LabTemplate.objects.count() == 2
    before = list(spelled_rows(old.sandbox))
    start_again(old.sandbox)
    assert list(spelled_rows(Sandbox.objects.get(pk=old.sandbox_id))) == before
    old.delete()
    begin_attempt(alice, replace(edited, hash="edited again", variables=lab.variables))
    assert set(LabTemplate.objects.values_list("lab_hash", flat=True)) == {"edited", "edited again"}


def test_no_sample_of_a_template_is_left_in_a_copy(alice):
    lab = varied(all_labs()["same-account-role"])
    attempt = begin_attempt(alice, lab)
    samples = LabTemplate.objects.get().samples
    texts = "\n".join(Document.in_sandbox(attempt.sandbox).values_list("text", flat=True))
    values = fresh_values(lab.variables, attempt.public_id)
    assert samples.keys() == values.keys()
    for name, sample in samples.items():
        assert values[name] != sample
        assert sample not in texts + attempt.sandbox.scenario


def test_what_the_history_saved_is_the_copys_own(alice, bob):
    lab = varied(all_labs()["same-account-role"])
    attempts = [begin_attempt(user, lab) for user in (alice, bob)]
    for attempt in attempts:
        start_again(attempt.sandbox)
    saved = [
        open_results(start_from(one.start).saved, Sandbox.objects.get(pk=one.sandbox_id))
        for one in attempts
    ]
    for attempt, results in zip(attempts, saved, strict=True):
        key, session = results["key"]["AccessKey"], results["leak"]["Credentials"]
        for given, token in ((key, ""), (session, session["SessionToken"])):
            found = presented(given["AccessKeyId"], token)
            assert found is not None
            assert found[0] == given["SecretAccessKey"]
            caller = caller_from(found[1], plain_origin(datetime.now(UTC)), Visit())
            assert caller.sandbox.pk == attempt.sandbox_id
    assert saved[0]["key"]["AccessKey"] != saved[1]["key"]["AccessKey"]


def test_an_attempt_from_before_there_were_templates_starts_again_too(alice):
    lab = all_labs()["same-account-role"]
    attempt = begin_attempt(alice, lab)
    Attempt.objects.update(template=None)
    before = start_from(attempt.start)
    start_again(attempt.sandbox)
    attempt.refresh_from_db()
    assert start_from(attempt.start) == start_of(attempt.sandbox) != before
