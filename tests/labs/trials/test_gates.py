"""Each gate refuses a small lab that breaks it, and nothing else."""

import json
from dataclasses import replace

import pytest

from console.labs.files import read_lab
from console.labs.trials import StartWorld, long_faults, short_faults
from console.labs.trials.gates.answers import (
    answers_of_strangers,
    failing_alternatives,
    failing_solution,
    passing_wrong_answers,
)
from console.labs.trials.gates.contents import missing_parts
from console.labs.trials.gates.mutation import unaccepted_mutants, untested_checks
from console.labs.trials.gates.start_gates import unearned_tasks, unfounded_denials
from tests.labs.trials.small_labs import attack_lab, small_folder, small_lab

pytestmark = pytest.mark.django_db

LAST_CHECK = "      - name: nobody-else-gains\n"
GHOST = (
    '      - {name: ghost, can: {as: you/dev, action: "iam:PassRole", '
    'resource: "arn:aws:iam::{you}:role/Ghost"}, expect: denied}\n'
)
SOLUTION = "solution:\n"
NOBODY = '  - {call: {"iam:DeleteUser": {UserName: nobody}}}\n'
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
    assert list(gate(StartWorld(small_lab(tmp_path, change)))) == faults


def test_a_task_needs_two_wrong_answers(tmp_path):
    lab = small_lab(tmp_path)
    poor = replace(lab, wrong=lab.wrong[:1])

    assert list(missing_parts(StartWorld(poor))) == [
        "The task `build` has fewer than 2 wrong answers."
    ]


def test_an_empty_text_counts_as_missing(tmp_path):
    folder = small_folder(tmp_path)
    (folder / "teacher.md").write_text("\n")

    assert short_faults(read_lab(folder)) == ["teacher.md is missing or empty."]


def test_two_alternatives_that_differ_in_spelling_are_one(tmp_path):
    lab = small_lab(tmp_path)
    first = lab.alternatives[0]
    steps = json.loads(json.dumps(first.steps).replace("readers", "people"))
    same = replace(lab, alternatives=(first, replace(first, steps=tuple(steps))))

    (fault,) = missing_parts(StartWorld(same))

    assert "fewer than 2 alternatives that differ in mechanism" in fault


def test_nothing_of_a_trial_is_left_for_the_next(tmp_path):
    lab = small_lab(tmp_path)
    start = StartWorld(lab)
    first = start.tried()

    assert start.tried(lab.solution.steps).solved == {"build"}
    with start.trial() as performance:
        assert performance.tried() == first
