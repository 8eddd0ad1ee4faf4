"""Answers are judged alike for every student and at any time."""

from datetime import UTC, datetime, timedelta

import pytest

from console.labs.files import fresh_values
from console.labs.trials import StartWorld
from console.labs.trials.gates import steadiness
from console.labs.trials.gates.steadiness import unsteady_results, unsteady_seeds
from tests.labs.trials.small_labs import small_lab

pytestmark = pytest.mark.django_db

GETS = 'Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-reports'


def test_a_result_that_changes_overnight_is_unsteady(tmp_path):
    until = (datetime.now(UTC) + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    condition = f'Condition: {{DateLessThan: {{"aws:CurrentTime": "{until}"}}}}'
    old = 'Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-reports/*"}]}\nalternatives:'
    new = old.replace('/*"}', f'/*", {condition}}}')

    lab = small_lab(tmp_path, (old, new), ("        always: true\n", ""))

    assert list(unsteady_results(StartWorld(lab))) == [
        f"The solution is judged otherwise by `build.dev-reads-every-report` after {later}."
        for later in ("13:00:00", "40 days, 0:00:00")
    ]


def test_a_solution_for_one_student_alone_is_unsteady(tmp_path):
    lab = small_lab(tmp_path)
    alias = fresh_values(lab.variables, "seed-0")["alias"]
    changes = [
        (
            'resource: "arn:aws:s3:::acme-reports/*"}',
            'resource: "arn:aws:s3:::acme-reports/{alias}"}',
        ),
        (
            f'{GETS}/*"}}]}}\nalternatives:',
            f'{GETS}/{alias}"}}]}}\nalternatives:',
        ),
    ]

    lab = small_lab(tmp_path / "again", *changes)

    assert list(unsteady_seeds(lab, seeds=2)) == [
        "With seed 1: The solution fails at `build.dev-reads-every-report`."
    ]


def test_two_students_have_no_value_in_common(tmp_path, monkeypatch):
    monkeypatch.setattr(steadiness, "fresh_values", lambda *_: {"alias": "acme"})

    assert list(unsteady_seeds(small_lab(tmp_path), seeds=2)) == [
        "Two students have the same value of `alias`."
    ]
