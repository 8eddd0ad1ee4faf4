"""`never`, after somebody has made a key or a password of another: he can act as that one."""

from typing import Any

import pytest

from tests.labs.checks.labs import ADMINISTRATOR, policy, result_of, trust

pytestmark = pytest.mark.django_db

SERVICE = {"Service": "ec2.amazonaws.com"}
WORLD = {
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR], "console_password": "auto"},
        {"account": "you", "name": "dev"},
    ],
    "roles": [
        {
            "account": "you",
            "name": "Admin",
            "trust": trust({"AWS": "arn:aws:iam::{you}:user/dev"}),
            "managed": [ADMINISTRATOR],
        }
    ],
}
IN = {"chain": ["you/dev", "you/Admin"]}


def _by(who: Any, operation: str, **params: Any) -> dict[str, Any]:
    return {"as": who, "call": {f"iam:{operation}": params}}


OUT = _by(
    "you/admin",
    "UpdateAssumeRolePolicy",
    RoleName="Admin",
    PolicyDocument=trust(SERVICE),
)
KEY = {**_by(IN, "CreateAccessKey", UserName="admin"), "save": "key"}
KEY_ID = "{key.AccessKey.AccessKeyId}"
PASSWORD = _by(IN, "UpdateLoginProfile", UserName="admin", Password="Rolecall-2026!")
OWN_PASSWORD = {**PASSWORD, "as": "you/admin"}
CASES = {
    "nothing is left": ([OUT], ""),
    "a key of the administrator": ([KEY, OUT], "has made an access key of admin"),
    "a key that is turned off": (
        [
            KEY,
            OUT,
            _by(
                "you/admin",
                "UpdateAccessKey",
                AccessKeyId=KEY_ID,
                Status="Inactive",
                UserName="admin",
            ),
        ],
        "",
    ),
    "a key that is gone": (
        [KEY, OUT, _by("you/admin", "DeleteAccessKey", AccessKeyId=KEY_ID, UserName="admin")],
        "",
    ),
    "a key that the administrator has made": (
        [_by("you/admin", "CreateAccessKey", UserName="admin"), OUT],
        "",
    ),
    "a key by the key of the administrator": (
        [
            KEY,
            OUT,
            {**_by({"credentials": "key"}, "CreateAccessKey", UserName="admin")},
            _by("you/admin", "DeleteAccessKey", AccessKeyId=KEY_ID, UserName="admin"),
        ],
        "has made an access key of admin",
    ),
    "a password of the administrator": ([PASSWORD, OUT], "has made a password of admin"),
    "a password that the administrator has changed since": ([PASSWORD, OUT, OWN_PASSWORD], ""),
    "a key for somebody without rights": (
        [
            _by(IN, "CreateUser", UserName="new"),
            _by(IN, "CreateAccessKey", UserName="new"),
            OUT,
        ],
        "",
    ),
    "a key for somebody who gets rights": (
        [
            _by(IN, "CreateUser", UserName="new"),
            _by(IN, "CreateAccessKey", UserName="new"),
            _by(IN, "PutUserPolicy", UserName="new", PolicyName="p", PolicyDocument=policy(
                {"Effect": "Allow", "Action": "*", "Resource": "*"}
            )),
            OUT,
        ],
        "has made an access key of new",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_has_made_a_credential_can_use_it(name, tmp_path):
    steps, left = CASES[name]
    result = result_of(tmp_path, WORLD, {"never": {"from": "you/dev", "goal": "admin"}}, *steps)

    assert result.passed is (not left), result.got
    assert left in result.got
