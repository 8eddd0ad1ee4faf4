"""Each gate refuses a small lab that breaks it, and nothing else."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.labs.files import fresh_values, read_lab
from console.labs.trials import Stage, long_faults, short_faults
from console.labs.trials.gates import steadiness
from console.labs.trials.gates.answers import (
    answers_of_strangers,
    failing_alternatives,
    failing_solution,
    passing_wrong_answers,
)
from console.labs.trials.gates.contents import missing_parts
from console.labs.trials.gates.mutation import unaccepted_mutants, untested_checks
from console.labs.trials.gates.names import unknown_names_in_texts
from console.labs.trials.gates.starting import unearned_tasks, unfounded_denials
from console.labs.trials.gates.steadiness import unsteady_results, unsteady_seeds
from tests.labs.trials.small_labs import attack_lab, small_folder, small_lab

pytestmark = pytest.mark.django_db

LAST_CHECK = "      - name: nobody-else-gains\n"
GHOST = (
    '      - {name: ghost, can: {as: you/dev, action: "iam:PassRole", '
    'resource: "arn:aws:iam::{you}:role/Ghost"}, expect: denied}\n'
)
SOLUTION = "solution:\n"
NOBODY = '  - {call: {"iam:DeleteUser": {UserName: nobody}}}\n'
READS = '  - {as: you/intern, call: {"s3:GetObject": {Bucket: acme-secrets, Key: plan.txt}}}\n'
FIX = '  - {call: {"iam:DeleteUserPolicy": {UserName: intern, PolicyName: edit}}}\n'
NOTE = '  - {call: {"iam:TagUser": {UserName: intern, Tags: [{Key: seen, Value: "1"}]}}}\n'
REPORTS = "arn:aws:s3:::acme-reports"
UNCHANGED = (
    '        unchanged_access: {of: all, allow: [{as: you/dev, action: "s3:GetObject", '
    f'resource: "{REPORTS}/*"}}]}}'
)
INTERN_ALONE = (
    f'        can: {{as: you/intern, action: "s3:GetObject", resource: "{REPORTS}/*"}}\n'
    "        expect: denied"
)
DEBRIEF = "debrief: text/debrief.md"
GETS = 'Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-reports'
HINT = "Well: a question that leads to the idea, and gives no name away"


@pytest.mark.parametrize("make", [small_lab, attack_lab])
def test_a_small_lab_passes_every_gate(tmp_path, make):
    assert long_faults(make(tmp_path), seeds=2) == []


@pytest.mark.parametrize(
    ("gate", "change", "faults"),
    [
        pytest.param(
            unearned_tasks,
            (
                "name: dev, ",
                'name: dev, managed: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"], ',
            ),
            ["The start world solves the task `build`: it has no goal."],
            id="a task without a goal",
        ),
        pytest.param(
            unfounded_denials,
            (LAST_CHECK, GHOST + LAST_CHECK),
            [
                "`build.ghost` expects a denial about `arn:aws:iam::{you}:role/Ghost`, which is "
                "not there at the start: no goal of the task needs it."
            ],
            id="a denial about nothing",
        ),
        pytest.param(
            failing_solution,
            (SOLUTION, SOLUTION + NOBODY),
            ["The solution makes a call that is refused: iam:DeleteUser: NoSuchEntity."],
            id="a solution with a refused call",
        ),
        pytest.param(
            failing_solution,
            (
                "UserName: dev\n        PolicyName: read-reports\n",
                "UserName: intern\n        PolicyName: read-reports\n",
            ),
            [
                "The solution fails at `build.dev-reads-every-report`.",
                "The solution fails at `build.nobody-else-gains`.",
            ],
            id="a solution that solves nothing",
        ),
        pytest.param(
            failing_solution,
            (
                "  - call:\n      iam:PutUserPolicy:",
                "  - denied: expected\n    call:\n      iam:PutUserPolicy:",
            ),
            ["The solution says that step 1 is denied, and it is allowed."],
            id="a denial that does not come",
        ),
        pytest.param(
            failing_alternatives,
            ("GroupName: readers, UserName: dev", "GroupName: readers, UserName: intern"),
            [
                "The alternative `a group for who reads reports` fails at "
                "`build.dev-reads-every-report`.",
                "The alternative `a group for who reads reports` fails at "
                "`build.nobody-else-gains`.",
            ],
            id="an alternative that does not work",
        ),
        pytest.param(
            answers_of_strangers,
            (
                "  - call:\n      iam:PutUserPolicy:",
                "  - as: {root: you}\n    call:\n      iam:PutUserPolicy:",
            ),
            ["The solution acts as `root:you`, and the student may not, or not yet."],
            id="a solution by somebody else",
        ),
        pytest.param(
            passing_wrong_answers,
            ('Resource: "arn:aws:s3:::acme-reports"}', 'Resource: "arn:aws:s3:::acme-reports/*"}'),
            [
                "The wrong answer `the bucket, and not its objects` passes "
                "`build.dev-reads-every-report`."
            ],
            id="a wrong answer that is right",
        ),
        pytest.param(
            missing_parts,
            ('    - {text: "Well: where to look, and what to write there", cost: 10}\n', ""),
            ["The task `build` has fewer than 2 hints."],
            id="one hint",
        ),
        pytest.param(
            missing_parts,
            ("GroupName: readers, UserName: dev", "GroupName: readers, UserName: intern"),
            [
                "The task `build` is solved by fewer than 2 alternatives that differ in mechanism "
                "from the solution and from each other."
            ],
            id="one alternative",
        ),
        *(
            pytest.param(
                missing_parts,
                (HINT, hint),
                [f"The first hint of `build` names {named}."],
                id=f"a first hint that names {named}: {hint}",
            )
            for hint, named in (
                ("Use arn:aws:s3:::acme-reports", "an ARN"),
                (r"Write {\"Effect\": \"Allow\"}", "JSON"),
                ("You need s3:GetObject", "an operation or a condition key"),
                ("Look at aws:SourceIp", "an operation or a condition key"),
                ("Call PutUserPolicy", "an operation"),
                ("Call put-user-policy", "an operation"),
            )
        ),
        pytest.param(
            untested_checks,
            (
                '["arn:aws:iam::{you}:user/dev", "arn:aws:iam::{you}:user/intern"]',
                '["arn:aws:iam::{you}:user/intern"]',
            ),
            ["No wrong answer is caught by `build.nobody-else-gains` alone."],
            id="a check that no wrong answer needs",
        ),
        pytest.param(
            unaccepted_mutants,
            (UNCHANGED, INTERN_ALONE),
            [
                "The generated wrong answer `step 1, statement 1: Resource *` passes, and "
                "`accepted` does not say why.",
                "The generated wrong answer `a second role left open` passes, and `accepted` does "
                "not say why.",
            ],
            id="checks that a careless answer passes",
        ),
        pytest.param(
            unaccepted_mutants,
            (
                DEBRIEF,
                f"accepted: [{{name: step 9 left out, because: there is no such step}}]\n{DEBRIEF}",
            ),
            [
                "`accepted` lists `step 9 left out`, and no generated wrong answer of that name "
                "passes."
            ],
            id="an accepted answer that there is not",
        ),
    ],
)
def test_a_gate_refuses_what_breaks_it(tmp_path, gate, change, faults):
    assert list(gate(Stage(small_lab(tmp_path, change)))) == faults


def test_a_task_needs_two_wrong_answers(tmp_path):
    lab = small_lab(tmp_path)
    poor = replace(lab, wrong=lab.wrong[:1])

    assert list(missing_parts(Stage(poor))) == ["The task `build` has fewer than 2 wrong answers."]


def test_an_empty_text_counts_as_missing(tmp_path):
    folder = small_folder(tmp_path)
    (folder / "teacher.md").write_text("\n")

    assert short_faults(read_lab(folder)) == ["teacher.md is missing or empty."]


def test_two_alternatives_that_differ_in_spelling_are_one(tmp_path):
    lab = small_lab(tmp_path)
    first = lab.alternatives[0]
    steps = json.loads(json.dumps(first.steps).replace("readers", "people"))
    same = replace(lab, alternatives=(first, replace(first, steps=tuple(steps))))

    (fault,) = missing_parts(Stage(same))

    assert "fewer than 2 alternatives that differ in mechanism" in fault


@pytest.mark.parametrize(
    "name",
    [
        "`acme-report`",
        "`intren`",
        "`you/nobody`",
        "`s3:GetObjekt`",
        "`aws:SourceIP4`",
        "`ReadReport`",
        "`aws s3 ls arn:aws:s3:::acme-report`",
        "`arn:aws:iam::{you}:role/Ghost`",
        "`arn:aws:iam::aws:policy/AmazonS3ReadAccess`",
    ],
)
def test_a_text_names_only_what_there_is(tmp_path, name):
    folder = small_folder(tmp_path)
    (folder / "text" / "debrief.md").write_text(f"Look at {name}.\n")

    (fault,) = unknown_names_in_texts(Stage(read_lab(folder)))

    assert fault.startswith("text/debrief.md names ")


@pytest.mark.parametrize(
    "name",
    [
        "`acme-reports`",
        "`dev`",
        "`you/dev`",
        "`s3:GetObject`",
        "`s3:Get*`",
        "`aws:PrincipalTag/team`",
        "`StringNotEqualsIfExists`",
        "`PolicyDocument`",
        "`AmazonS3ReadOnlyAccess`",
        "`true`",
        "`MFA`",
        "`aws iam list-users`",
        "`arn:aws:iam::123456789012:role/Else`",
        "`arn:aws:iam::{you}:role/…`",
    ],
)
def test_what_is_there_or_at_aws_may_be_named(tmp_path, name):
    folder = small_folder(tmp_path)
    (folder / "text" / "debrief.md").write_text(f"Look at {name}.\n")

    assert list(unknown_names_in_texts(Stage(read_lab(folder)))) == []


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        pytest.param(
            ('  - {call: {"s3:DeleteBucketPolicy": {Bucket: acme-secrets}}}\n', ""),
            [
                "The solution fails at `fix.intern-reads-nothing`.",
                "The solution fails at `fix.nobody-else-gains`.",
            ],
            id="a fix that leaves the attack in place",
        ),
        pytest.param(
            (READS, f"{FIX}{READS}"),
            [
                "The solution makes a call that is refused: iam:DeleteUserPolicy: NoSuchEntity.",
            ],
            id="a fix that is done twice",
        ),
    ],
)
def test_a_fix_works_after_the_attack(tmp_path, change, faults):
    assert list(failing_solution(Stage(attack_lab(tmp_path, change)))) == faults


def test_a_fix_works_without_the_attack(tmp_path):
    lab = attack_lab(tmp_path, (FIX, ""), (READS, f"{FIX}{READS}"))

    assert list(failing_solution(Stage(lab))) == [
        "The solution, from the original world, fails at `fix.intern-edits-nothing`."
    ]


def test_a_fix_that_begins_from_the_start_need_not_work_after_the_attack(tmp_path):
    undo = '  - {call: {"s3:DeleteBucketPolicy": {Bucket: acme-secrets}}}\n'
    begin = ("    title: Close it\n", "    title: Close it\n    begin: start\n")

    assert list(failing_solution(Stage(attack_lab(tmp_path, (undo, ""), begin)))) == []


def test_the_attack_is_not_done_by_who_comes_after_it(tmp_path):
    lab = attack_lab(tmp_path, (READS, NOTE + READS))

    assert list(answers_of_strangers(Stage(lab))) == [
        "The solution acts as `you/admin`, and the student may not, or not yet."
    ]


def test_who_is_made_in_the_world_is_the_students(tmp_path):
    new = """\
  - {call: {"iam:CreateUser": {UserName: temp}}}
  - {as: you/temp, call: {"sts:GetCallerIdentity": {}}}
"""
    assert list(answers_of_strangers(Stage(small_lab(tmp_path, (SOLUTION, SOLUTION + new))))) == []


def test_a_result_that_changes_overnight_is_unsteady(tmp_path):
    until = (datetime.now(UTC) + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    condition = f'Condition: {{DateLessThan: {{"aws:CurrentTime": "{until}"}}}}'
    old = 'Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-reports/*"}]}\nalternatives:'
    new = old.replace('/*"}', f'/*", {condition}}}')

    lab = small_lab(tmp_path, (old, new), ("        always: true\n", ""))

    assert list(unsteady_results(Stage(lab))) == [
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


def test_nothing_of_a_trial_is_left_for_the_next(tmp_path):
    lab = small_lab(tmp_path)
    stage = Stage(lab)
    first = stage.tried()

    assert stage.tried(lab.solution.steps).solved == {"build"}
    with stage.trial() as performance:
        assert performance.tried() == first
