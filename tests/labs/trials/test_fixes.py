"""A fix works after the attack and without it, done by the student."""

import pytest

from console.labs.trials import StartWorld
from console.labs.trials.gates.answers import answers_of_strangers, failing_solution
from tests.labs.trials.small_labs import attack_lab, small_lab

pytestmark = pytest.mark.django_db

READS = '  - {as: you/intern, call: {"s3:GetObject": {Bucket: acme-secrets, Key: plan.txt}}}\n'
FIX = '  - {call: {"iam:DeleteUserPolicy": {UserName: intern, PolicyName: edit}}}\n'
NOTE = '  - {call: {"iam:TagUser": {UserName: intern, Tags: [{Key: seen, Value: "1"}]}}}\n'
SOLUTION = "solution:\n"


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
    assert list(failing_solution(StartWorld(attack_lab(tmp_path, change)))) == faults


def test_a_fix_works_without_the_attack(tmp_path):
    lab = attack_lab(tmp_path, (FIX, ""), (READS, f"{FIX}{READS}"))

    assert list(failing_solution(StartWorld(lab))) == [
        "The solution, from the original world, fails at `fix.intern-edits-nothing`."
    ]


def test_a_fix_that_begins_from_the_start_need_not_work_after_the_attack(tmp_path):
    undo = '  - {call: {"s3:DeleteBucketPolicy": {Bucket: acme-secrets}}}\n'
    begin = ("    title: Close it\n", "    title: Close it\n    begin: start\n")

    assert list(failing_solution(StartWorld(attack_lab(tmp_path, (undo, ""), begin)))) == []


def test_the_attack_is_not_done_by_who_comes_after_it(tmp_path):
    lab = attack_lab(tmp_path, (READS, NOTE + READS))

    assert list(answers_of_strangers(StartWorld(lab))) == [
        "The solution acts as `you/admin`, and the student may not, or not yet."
    ]


def test_who_is_made_in_the_world_is_the_students(tmp_path):
    new = """\
  - {call: {"iam:CreateUser": {UserName: temp}}}
  - {as: you/temp, call: {"sts:GetCallerIdentity": {}}}
"""
    assert (
        list(answers_of_strangers(StartWorld(small_lab(tmp_path, (SOLUTION, SOLUTION + new)))))
        == []
    )
