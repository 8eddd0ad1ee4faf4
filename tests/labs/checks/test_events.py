"""`event`: what happened, by whom, on what, and with which result."""

from dataclasses import replace
from typing import Any

import pytest

from console.labs.checks import Happening, judge_task
from console.labs.files import LabError
from console.labs.trials import Trial, begin
from console.labs.trials.steps import perform_step
from tests.labs.checks.labs import ADMINISTRATOR, allow, lab_of, policy, trust

pytestmark = pytest.mark.django_db

MALFORMED = {"RoleName": "App", "PolicyDocument": {"Version": 1}}
APP = "arn:aws:iam::{you}:role/App"
WORLD = {
    "accounts": {"you": {"alias": "kinds-events"}, "other": {}},
    "identity_provider": {
        "people": [{"name": "alice", "email": "alice@example.com", "groups": ["staff"]}],
        "roles": [
            {
                "group": "staff",
                "role": "arn:aws:iam::{you}:role/Sso",
                "provider": "arn:aws:iam::{you}:saml-provider/Corp",
            }
        ],
    },
    "saml_providers": [{"account": "you", "name": "Corp"}],
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "dev", "inline": {"a": policy(allow("sts:*"))}},
        {"account": "you", "name": "gone"},
    ],
    "roles": [
        {
            "account": "you",
            "name": "App",
            "trust": trust({"AWS": "{you}", "Service": "ec2.amazonaws.com"}),
            "inline": {"a": policy(allow("iam:ListUsers"))},
        },
        {
            "account": "you",
            "name": "Sso",
            "trust": trust(
                {"Federated": "arn:aws:iam::{you}:saml-provider/Corp"},
                "sts:AssumeRoleWithSAML",
                "sts:TagSession",
            ),
        },
    ],
    "buckets": [{"account": "you", "name": "kinds-events"}],
}
TAKEN = {"RoleArn": APP, "RoleSessionName": "mine"}
AS_APP = {"chain": ["you/dev", "you/App"], "session_name": "work"}
STEPS: list[dict[str, Any]] = [
    {"as": "you/dev", "call": {"sts:AssumeRole": TAKEN}, "save": "session"},
    {"as": {"credentials": "session"}, "call": {"iam:ListUsers": {}}},
    {"as": "you/dev", "call": {"iam:ListRoles": {}}, "denied": "expected"},
    {"as": AS_APP, "call": {"iam:ListGroups": {}}, "denied": "expected"},
    {
        "call": {
            "iam:UpdateAssumeRolePolicy": {"RoleName": "App", "PolicyDocument": {"Version": 1}}
        },
        "denied": "expected",
    },
    {"as": "you/gone", "call": {"sts:GetCallerIdentity": {}}},
    {"call": {"iam:DeleteUser": {"UserName": "gone"}}},
    {"as": {"root": "you"}, "call": {"iam:GetUser": {}}},
    {
        "as": {"service": "ec2.amazonaws.com", "source_account": "you"},
        "call": {"sts:AssumeRole": {"RoleArn": APP, "RoleSessionName": "i-1"}},
    },
    {"call": {"s3:PutObject": {"Bucket": "kinds-events", "Key": "a/b.txt", "Body": "x"}}},
    {
        "as": {"person": "alice", "via": "saml", "role": "you/Sso"},
        "call": {"iam:GetRole": {"RoleName": "Sso"}},
        "denied": "expected",
    },
    {"console": "SwitchRole", "role": "you/App", "as": "you/dev"},
    {"console": "ExitRole", "role": "you/App", "as": "you/dev"},
    {"console": "SwitchRole", "role": "you/Sso", "as": "you/dev", "denied": "expected"},
    {"clock": "+2h"},
    {"visit": "/iam/roles/App", "as": "you/dev"},
]

ASSUMED, LISTED = "sts:AssumeRole", "iam:ListUsers"
SEEN = [
    {"action": ASSUMED},
    {"action": ASSUMED, "by": "you/dev"},
    {"action": ASSUMED, "by": "you/dev", "on": "you/App"},
    {"action": ASSUMED, "by": {"service": "ec2.amazonaws.com"}, "on": APP},
    {"action": ASSUMED, "by": "you/dev", "mentions": ["mine"]},
    {"action": LISTED, "by": "you/App"},
    {"action": LISTED, "by": {"chain": ["you/dev", "you/App"], "session_name": "mine"}},
    {"action": LISTED, "by": {"credentials": "session"}},
    {"action": "iam:ListRoles", "by": "you/dev", "result": "denied"},
    {"action": "iam:ListRoles", "by": "you/dev", "result": {"error": "AccessDenied"}},
    {"action": "iam:ListGroups", "by": AS_APP, "result": "refused"},
    {
        "action": "iam:UpdateAssumeRolePolicy",
        "on": "you/App",
        "result": {"error": "MalformedPolicyDocument"},
    },
    {"action": "sts:GetCallerIdentity", "by": "you/gone"},
    {"action": "iam:DeleteUser", "on": "arn:aws:iam::{you}:user/gone"},
    {"action": "iam:GetUser", "by": {"root": "you"}},
    {"action": "s3:PutObject", "on": "arn:aws:s3:::kinds-events/a/b.txt"},
    {"action": "sts:AssumeRoleWithSAML", "by": {"person": "alice", "via": "saml"}},
    {"action": "iam:GetRole", "by": {"person": "alice", "via": "saml"}, "result": "denied"},
    {"action": "console:SwitchRole", "by": "you/dev"},
    {"action": "console:SwitchRole", "by": "you/App", "mentions": ["SwitchFrom"]},
    {"action": "console:SwitchRole", "by": "you/dev", "result": "denied", "mentions": ["Sso"]},
    {"action": "console:ExitRole", "by": "you/dev"},
    {"action": "console:ClockMoved"},
    {"action": "console:PageVisited", "by": "you/dev", "mentions": ["/iam/roles/"]},
]
NOT_SEEN = [
    ({"action": "iam:DeleteRole"}, "not yet"),
    ({"action": ASSUMED, "by": "you/admin"}, "not yet"),
    ({"action": ASSUMED, "by": "you/dev", "on": "you/Sso"}, "not yet: the answer was AccessDenied"),
    ({"action": ASSUMED, "by": "you/dev", "mentions": ["theirs"]}, "not yet"),
    ({"action": LISTED, "by": {"chain": ["you/dev", "you/App"], "session_name": "x1"}}, "not yet"),
    ({"action": LISTED, "by": "you/dev"}, "not yet"),
    ({"action": "iam:ListRoles", "by": "you/dev"}, "not yet: the answer was AccessDenied"),
    ({"action": LISTED, "result": "denied"}, "not yet: the answer was allowed"),
    ({"action": "iam:DeleteUser", "on": "arn:aws:iam::{other}:user/gone"}, "not yet"),
    ({"action": "iam:GetUser", "by": {"root": "other"}}, "not yet"),
    ({"action": "sts:GetCallerIdentity", "by": "other/gone"}, "not yet"),
    ({"action": "sts:AssumeRoleWithSAML", "by": {"person": "bob", "via": "saml"}}, "not yet"),
    ({"action": "console:ConsoleLogin"}, "not yet"),
    ({"action": "console:SwitchRole", "by": "you/admin"}, "not yet"),
    ({"action": "console:PageVisited", "mentions": ["/iam/users/"]}, "not yet"),
    ({"action": "console:PageVisited", "by": "you/admin"}, "not yet"),
    ({"action": "console:WhyOpened"}, "not yet"),
]


@pytest.fixture
def trial(tmp_path) -> Trial:
    lab = lab_of(tmp_path, WORLD, {"name": "checked", "event": {"action": ASSUMED}})
    trial = begin(lab, "events")
    for step in STEPS:
        perform_step(trial, step, "you/admin")
    expected = [step for step in STEPS if step.get("denied") == "expected"]
    assert len(trial.refused) == len(expected), trial.refused
    return trial


def judged(trial, asks, **case):
    task = trial.lab.tasks[0]
    checks = (replace(task.checks[0], asks=asks),)
    (result,) = judge_task(replace(trial.case(), **case), replace(task, checks=checks)).checks
    return result


def test_what_happened_is_seen(trial):
    for asks in SEEN:
        result = judged(trial, asks)
        assert result.passed, (asks, result.got)
        assert result.question.startswith("Has ")


def test_what_did_not_happen_is_not(trial):
    for asks, got in NOT_SEEN:
        result = judged(trial, asks)
        assert (result.passed, result.got) == (False, got), asks


def test_somebody_new_of_the_same_name_did_not_do_it(trial):
    asks = {"action": "sts:GetCallerIdentity", "by": "you/gone"}
    perform_step(trial, {"call": {"iam:CreateUser": {"UserName": "gone"}}}, "you/admin")

    assert not judged(trial, asks).passed


def test_what_was_seen_once_stays_seen(trial):
    asks = {"action": "iam:DeleteRole"}

    assert judged(trial, asks, latched=frozenset({"fix.checked"})).passed
    assert not judged(trial, asks, latched=frozenset({"fix.other"})).passed


def test_what_the_site_sees_is_seen_in_its_visit_alone(trial):
    asks = {"action": "console:SessionEnded"}

    assert judged(trial, asks, happenings=(Happening("SessionEnded"),)).passed
    assert not judged(trial, asks, happenings=()).passed


@pytest.mark.parametrize(
    "asks",
    [
        {"action": "console:Logout"},
        {"action": ASSUMED, "result": "wrong"},
        {"action": ASSUMED, "result": {"code": "AccessDenied"}},
        {"action": ASSUMED, "who": "you/dev"},
    ],
)
def test_an_event_that_never_happens_is_a_fault_of_the_file(tmp_path, asks):
    with pytest.raises(LabError):
        lab_of(tmp_path, WORLD, {"name": "checked", "event": asks})
