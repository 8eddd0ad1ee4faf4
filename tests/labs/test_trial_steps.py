"""Steps of a lab's answers: who makes them, and what they use of the steps before."""

import re

import pytest

from console.labs.checks import judge_task
from console.labs.files import Check, Task, read_lab
from console.labs.library import LIBRARY
from console.labs.trials.steps import perform_step
from console.labs.trials.trial import Trial, begin

ADMIN = "arn:aws:iam::{you}:role/Admin"
SEED = "{device.VirtualMFADevice.Base32StringSeed.codes"
SERIAL = "{device.VirtualMFADevice.SerialNumber}"


@pytest.fixture
def trial(db):
    return begin(read_lab(LIBRARY / "update-assume-role-policy"), "steps")


def perform_all(trial: Trial, *steps):
    for step in steps:
        perform_step(trial, step, "you/sec")
    assert trial.refused == []


def test_a_service_assumes_a_role_and_what_its_session_does_is_done_by_the_role(trial):
    perform_all(
        trial,
        {
            "as": {"service": "ec2.amazonaws.com", "source_account": "you"},
            "call": {"sts:AssumeRole": {"RoleArn": ADMIN, "RoleSessionName": "i-0abc"}},
            "save": "machine",
        },
        {"as": {"credentials": "machine"}, "call": {"iam:CreateUser": {"UserName": "new"}}},
    )
    asks = {"action": "iam:CreateUser", "by": "you/Admin"}
    for by, done in (("you/Admin", True), ("you/sec", False)):
        check = Check("made", "event", {**asks, "by": by})
        task = Task("task", "Task", "text/task.md", 1, (check,))
        assert judge_task(trial.case(), task).solved is done


def test_a_step_uses_a_member_of_a_list_and_the_codes_of_a_device(trial):
    device = {"VirtualMFADeviceName": "phone"}
    enabled = {
        "UserName": "{listed.Users.0.UserName}",
        "SerialNumber": SERIAL,
        "AuthenticationCode1": f"{SEED}.0}}",
        "AuthenticationCode2": f"{SEED}.1}}",
    }
    session = {"SerialNumber": SERIAL, "TokenCode": f"{SEED}.2}}"}
    perform_all(
        trial,
        {"call": {"iam:ListUsers": {}}, "save": "listed"},
        {"call": {"iam:CreateVirtualMFADevice": device}, "save": "device"},
        {"call": {"iam:EnableMFADevice": enabled}},
        {"as": "you/dev", "call": {"sts:GetSessionToken": session}, "save": "with_mfa"},
    )
    assert trial.saved["with_mfa"]["Credentials"]


def test_a_role_is_switched_to_in_the_console_and_left(db):
    trial = begin(read_lab(LIBRARY / "the-course-1"), "switch")
    for step in trial.lab.solution.steps[:3]:
        perform_step(trial, step, trial.lab.student.starts)
    task = trial.lab.task("switch-back")
    for verb, done in (("SwitchRole", False), ("ExitRole", True)):
        step = {"console": verb, "role": "main/S3Access", "as": "main/user1"}
        perform_step(trial, step, "")
        assert judge_task(trial.case(), task).solved is done
    perform_step(trial, {**step, "console": "SwitchRole", "as": "main/user2"}, "")
    assert trial.refused == ["console:SwitchRole: AccessDenied"]


def test_a_step_saves_the_metadata_of_the_worlds_identity_provider(trial):
    perform_all(
        trial,
        {"metadata": True, "save": "metadata"},
        {
            "call": {
                "iam:CreateSAMLProvider": {
                    "Name": "Directory",
                    "SAMLMetadataDocument": "{metadata}",
                }
            },
            "as": {"root": "you"},
        },
    )


def test_a_step_names_the_moment_at_which_it_is_performed(trial):
    before = {"DateLessThan": {"aws:TokenIssueTime": "{now}"}}
    old = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": before}
    policy = {"Version": "2012-10-17", "Statement": [old]}
    named = {"RoleName": "Admin", "PolicyName": "revoked"}
    perform_all(
        trial,
        {"call": {"iam:PutRolePolicy": {**named, "PolicyDocument": policy}}},
        {"call": {"iam:GetRolePolicy": named}, "save": "kept"},
    )
    assert re.search(r'"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"', str(trial.saved["kept"]))
