"""`excess`: how much more than needed. `state`: facts that no decision shows."""

import pytest

from console.labs.files import LabError
from tests.labs.checks.labs import ADMINISTRATOR, allow, deny, lab_of, policy, result_of, trust

pytestmark = pytest.mark.django_db

DATA = "arn:aws:s3:::kinds-excess"
READS_AWS = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
NEEDED = [{"action": "s3:GetObject", "resource": f"{DATA}/*"}]


def world(*statements):
    return {
        "users": [
            {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
            {"account": "you", "name": "dev", "inline": {"a": policy(*statements)}},
        ],
        "buckets": [{"account": "you", "name": "kinds-excess"}],
    }


EXCESS = [
    ([allow("s3:GetObject", f"{DATA}/*")], 0, "nothing more"),
    ([allow("s3:Get*", f"{DATA}/*"), deny("s3:Get*", NotResource=f"{DATA}/*")], 30, "more: s3:Get"),
    ([allow("s3:GetObject")], 5, "s3:GetObject on"),
    ([allow(["s3:GetObject", "iam:PassRole"], "*")], 5, "iam:PassRole"),
    ([allow("*")], 500, "more"),
]
del EXCESS[1][0][1]["Resource"]


@pytest.mark.parametrize(("statements", "at_least", "got"), EXCESS, ids=str)
def test_what_is_allowed_beyond_the_need_is_counted(tmp_path, statements, at_least, got):
    asked = {"excess": {"as": "you/dev", "needed": NEEDED}}
    result = result_of(tmp_path, world(*statements), asked)

    assert result.passed is (at_least == 0)
    assert got in result.got
    count = 0 if result.passed else int(result.got.partition(" ")[0])
    assert at_least / 5 <= count


def test_a_little_more_may_be_fine_and_more_is_more(tmp_path):
    counts = []
    for statement in (allow("s3:GetObject"), allow(["s3:GetObject", "s3:PutObject"])):
        asked = {"excess": {"as": "you/dev", "needed": NEEDED, "most": 3}}
        result = result_of(tmp_path, world(statement), asked)
        counts.append(int(result.got.partition(" ")[0]))
        assert result.passed is (counts[-1] <= 3)
    assert counts[0] < counts[1]


STATES = {
    "accounts": {"you": {}},
    "users": [
        {
            "account": "you",
            "name": "admin",
            "managed": [ADMINISTRATOR],
            "access_keys": ["auto"],
            "console_password": "auto",
        },
        {
            "account": "you",
            "name": "dev",
            "groups": ["staff"],
            "boundary": "{you}/Keep",
            "tags": {"team": "red", "grade": "1"},
        },
    ],
    "groups": [{"account": "you", "name": "staff", "managed": [READS_AWS]}],
    "policies": [
        {
            "account": "you",
            "name": "Keep",
            "versions": [
                {"document": policy(allow("s3:*"))},
                {"document": policy(allow("iam:*")), "default": True},
            ],
        }
    ],
    "roles": [
        {
            "account": "you",
            "name": "App",
            "path": "/app/",
            "max_session": 7200,
            "trust": trust({"AWS": "{you}"}),
        }
    ],
    "buckets": [{"account": "you", "name": "kinds-excess"}],
}
MADE = {"call": {"iam:CreateAccessKey": {"UserName": "dev"}}, "save": "made"}
FACTS = [
    ({"user": "you/dev", "exists": True}, "yes"),
    ({"user": "you/joe", "exists": True}, None),
    ({"user": "you/joe", "exists": False}, "no"),
    ({"user": "you/joe", "active_keys": 0}, None),
    ({"user": "you/admin", "active_keys": 1, "inactive_keys": 0}, "1"),
    ({"user": "you/admin", "active_keys": {"most": 0}}, None),
    ({"user": "you/dev", "active_keys": {"least": 1}}, "1"),
    ({"user": "you/admin", "password": True}, "yes"),
    ({"user": "you/dev", "password": True}, None),
    ({"user": "you/dev", "mfa": False}, "no"),
    ({"user": "you/dev", "mfa_devices": {"most": 0}}, "0"),
    ({"user": "you/dev", "tags": {"team": "red"}}, "team red, grade 1"),
    ({"user": "you/dev", "tags": {"team": "blue"}}, None),
    ({"user": "you/dev", "boundary": "you/Keep"}, "policy/Keep"),
    ({"user": "you/admin", "boundary": "none"}, "none"),
    ({"user": "you/dev", "boundary": "none"}, None),
    ({"user": "you/dev", "attached": READS_AWS}, "attached"),
    ({"user": "you/dev", "not_attached": [ADMINISTRATOR]}, "not attached"),
    ({"group": "you/staff", "attached": READS_AWS}, "attached"),
    ({"group": "you/staff", "not_attached": READS_AWS}, None),
    ({"role": "you/App", "max_session": 7200}, "7200"),
    ({"role": "you/App", "max_session": {"most": 3600}}, None),
    ({"policy": "you/Keep", "default_version": "v2", "versions": 2}, "v2"),
    ({"policy": "you/Keep", "default_version": "v1"}, None),
    ({"bucket": "kinds-excess", "exists": True}, "yes"),
    ({"bucket": "kinds-none", "exists": True}, None),
    ({"key": "made", "active": True}, "yes"),
    ({"key": "made", "active": False}, None),
    ({"key": "AKIANOSUCHKEY", "exists": False}, "no"),
]


@pytest.mark.parametrize(("asks", "got"), FACTS, ids=str)
def test_a_fact_is_compared(tmp_path, asks, got):
    result = result_of(tmp_path, STATES, {"state": asks}, MADE)

    assert result.passed is (got is not None)
    assert (got or "") in result.got
    assert result.question.startswith("Does ")


@pytest.mark.parametrize(
    "check",
    [
        {"state": {"user": "you/dev"}},
        {"state": {"user": "you/dev", "role": "you/App", "exists": True}},
        {"state": {"user": "you/dev", "age": 3}},
        {"excess": {"as": "you/dev"}},
        {"can": {"as": "you/dev", "action": "s3:GetObject"}},
        {"without": {"what": {"iam": "you/dev"}, "check": {"can": {}}}},
        {"keep": {}},
        {"no_other_way": {"except": []}},
        {"no_public_access": {"off": "all"}},
        {"never": {"from": "you/dev", "goal": "boss"}},
    ],
    ids=str,
)
def test_a_check_that_is_written_otherwise_is_a_fault_of_the_file(tmp_path, check):
    with pytest.raises(LabError):
        lab_of(tmp_path, STATES, {"name": "checked", **check})
