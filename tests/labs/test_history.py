"""What happened in a lab's world before its start."""

from datetime import UTC, datetime, timedelta

import pytest

from console.labs.attempts import begin_attempt, case_of, progress_of, start_again
from console.labs.checks.subjects import subject_of
from console.labs.models import LabTemplate
from console.labs.trials import Trial
from console.labs.trials.steps import perform_step
from console.labs.worlds import HistoryError
from iam.models import Event, Role, Sandbox
from tests.labs.checks.labs import (
    ADMINISTRATOR,
    allow,
    deny,
    lab_of,
    policy,
    results_of,
    trial_of,
    trust,
)

pytestmark = pytest.mark.django_db

ROLE = "arn:aws:iam::{you}:role/App"
TAKEN = {"RoleArn": ROLE, "RoleSessionName": "{alias}"}
WORLD = {
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "mallory", "inline": {"a": policy(allow("sts:AssumeRole"))}},
    ],
    "roles": [
        {
            "account": "you",
            "name": "App",
            "trust": trust({"AWS": "{you}"}),
            "inline": {"a": policy(allow("s3:*"))},
        }
    ],
}
HISTORY = [
    {"as": "you/mallory", "at": "-30m", "call": {"sts:AssumeRole": TAKEN}, "save": "leaked"},
    {"as": "you/admin", "at": "-3d", "call": {"iam:CreateUser": {"UserName": "alice"}}},
    {"at": "-2d", "call": {"iam:DeleteUser": {"UserName": "alice"}}},
    {"at": "-1d", "as": "you/alice", "denied": "expected", "call": {"iam:ListUsers": {}}},
]
READ = {"action": "s3:GetObject", "resource": "*"}
CHECKS = (
    {"name": "old-session", "can": {"as": {"credentials": "leaked"}, **READ}, "expect": "denied"},
    {"name": "new-session", "can": {"as": {"chain": ["you/mallory", "you/App"]}, **READ}},
    {
        "name": "found",
        "event": {
            "action": "sts:AssumeRole",
            "mentions": ["{leaked.AssumedRoleUser.AssumedRoleId}"],
        },
    },
)


def history_lab(folder, **changed):
    variables = {"alias": {"word": 1, "prefix": "leak-"}}
    return lab_of(folder, WORLD, *CHECKS, vars=variables, **{"history": HISTORY, **changed})


def revoking():
    now = datetime.now(UTC) - timedelta(minutes=5)
    statement = deny("*") | {
        "Condition": {"DateLessThan": {"aws:TokenIssueTime": now.strftime("%Y-%m-%dT%H:%M:%SZ")}}
    }
    params = {"RoleName": "App", "PolicyName": "revoke", "PolicyDocument": policy(statement)}
    return {"call": {"iam:PutRolePolicy": params}}


def test_the_history_is_recorded_at_its_moments_the_oldest_first(tmp_path):
    sandbox = trial_of(history_lab(tmp_path)).sandbox
    now = datetime.now(UTC)

    events = Event.in_sandbox(sandbox).order_by("pk")
    made = [(one.name, round((now - one.time) / timedelta(minutes=1))) for one in events]

    assert made == [("CreateUser", 3 * 1440), ("DeleteUser", 2 * 1440), ("AssumeRole", 30)]
    assert Role.in_sandbox(sandbox).get(path="/").created_at < now - timedelta(days=3)


def test_a_session_of_the_history_dies_of_a_revocation_and_a_new_one_does_not(tmp_path):
    lab = history_lab(tmp_path)
    assert {name: one.passed for name, one in results_of(lab).items()} == {
        "old-session": False,
        "new-session": True,
        "found": True,
    }
    assert all(one.passed for one in results_of(lab, revoking()).values())


def test_a_copy_has_the_history_as_its_own(alice, bob, tmp_path):
    lab = history_lab(tmp_path)
    callers = []
    for user in (alice, bob):
        attempt = begin_attempt(user, lab)
        case = case_of(attempt, lab)
        principal = subject_of(case, {"as": {"credentials": "leaked"}}, {}).principal
        assert principal is not None
        assert principal.account_id == case.values["you"]
        assert principal.caller.name == case.values["alias"]
        issued = principal.caller.issued_at
        assert issued is not None
        assert abs(issued - datetime.now(UTC) + timedelta(minutes=30)) < timedelta(minutes=1)
        (event,) = Event.in_sandbox(case.sandbox).filter(name="AssumeRole")
        assert principal.caller.access_key_id in str(event.record)
        callers.append(principal.caller)
        assert [one.got for one in progress_of(attempt, lab).tasks[0].checks] == [
            "allowed",
            "allowed",
            "yes",
        ]
    first, second = callers
    assert first.access_key_id != second.access_key_id
    assert LabTemplate.objects.count() == 1


def test_a_session_of_the_history_survives_starting_again(alice, tmp_path):
    lab = history_lab(tmp_path)
    attempt = begin_attempt(alice, lab)
    case = case_of(attempt, lab)
    trial = Trial(lab, Sandbox.objects.get(pk=attempt.sandbox_id), case.values, case.start)
    perform_step(trial, revoking(), "you/admin")
    assert trial.refused == []
    assert all(one.passed for one in progress_of(attempt, lab).tasks[0].checks)

    start_again(attempt.sandbox)
    attempt.refresh_from_db()

    old, new, found = progress_of(attempt, lab).tasks[0].checks
    assert (old.got, new.got, found.got) == ("allowed", "allowed", "yes")


def test_a_history_that_is_refused_is_an_error_of_its_author(tmp_path):
    refused = [{"as": "you/mallory", "at": "-1h", "call": {"iam:ListUsers": {}}}]
    with pytest.raises(HistoryError, match="iam:ListUsers: AccessDenied"):
        trial_of(history_lab(tmp_path, history=refused, task={"checks": list(CHECKS[1:2])}))
