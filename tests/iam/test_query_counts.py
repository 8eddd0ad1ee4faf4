"""Lists and tables cost the same number of queries however many rows they have."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.models import MfaDevice, User
from iam.perform import perform, perform_each
from tests.worlds import ACCOUNT_ID, NOON, allow, make_world, trust

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
LISTS: list[tuple[str, dict[str, Any]]] = [
    ("ListUsers", {}),
    ("ListGroups", {}),
    ("ListRoles", {}),
    ("ListPolicies", {"Scope": "Local"}),
    ("ListEntitiesForPolicy", {"PolicyArn": S3_FULL}),
    ("GetGroup", {"GroupName": "n0"}),
    ("ListAttachedUserPolicies", {"UserName": "n0"}),
    ("GetAccountSummary", {}),
    ("GetAccountAuthorizationDetails", {"MaxItems": 1000}),
]
TABLES = [
    ("GetUser", "UserName"),
    ("ListGroupsForUser", "UserName"),
    ("ListMFADevices", "UserName"),
    ("ListAccessKeys", "UserName"),
    ("GetLoginProfile", "UserName"),
    ("ListUserPolicies", "UserName"),
    ("ListAttachedUserPolicies", "UserName"),
    ("GetGroup", "GroupName"),
    ("ListGroupPolicies", "GroupName"),
    ("ListAttachedGroupPolicies", "GroupName"),
    ("GetRole", "RoleName"),
    ("ListRolePolicies", "RoleName"),
    ("ListAttachedRolePolicies", "RoleName"),
    ("GetPolicy", "PolicyArn"),
]


def _fill(world, name: str) -> None:
    world.do("CreateUser", UserName=name)
    world.do("CreateLoginProfile", UserName=name, Password="Secret-123")
    world.do("CreateAccessKey", UserName=name)
    world.do("CreateGroup", GroupName=name)
    world.do("AddUserToGroup", GroupName=name, UserName=name)
    if name != "n0":
        world.do("AddUserToGroup", GroupName="n0", UserName=name)
    principal = f"arn:aws:iam::{ACCOUNT_ID}:user/{name}"
    world.do("CreateRole", RoleName=name, AssumeRolePolicyDocument=trust(principal))
    world.do("CreatePolicy", PolicyName=name, PolicyDocument=allow("s3:*"))
    for word in ("User", "Group", "Role"):
        named = {f"{word}Name": name}
        world.do(f"Attach{word}Policy", **named, PolicyArn=S3_FULL)
        text = allow("s3:Get*")
        world.do(f"Put{word}Policy", **named, PolicyName="i", PolicyDocument=text)
    user = User.in_sandbox(world.sandbox).get(name=name)
    MfaDevice.add(
        world.sandbox, account=world.account, user=user, name=name, sealed_seed="", enabled_at=NOON
    )


def _arn_or_name(parameter: str, name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT_ID}:policy/{name}" if parameter == "PolicyArn" else name


def _counts(world, rows: int) -> dict[str, int]:
    reader = world.add_user(f"reader{rows}", allow("iam:*"))
    counts = {}
    for operation, params in LISTS:
        reader.visit.forget()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            perform(reader, f"iam:{operation}", params)
        counts[operation] = len(captured)
    for operation, parameter in TABLES:
        requests = [{parameter: _arn_or_name(parameter, f"n{n}")} for n in range(rows)]
        reader.visit.forget()
        with CaptureQueriesContext(connection) as captured:
            results = perform_each(reader, f"iam:{operation}", requests)
        assert all(isinstance(one, dict) and one for one in results), (operation, results)
        counts[f"each {operation}"] = len(captured)
    return counts


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows():
    world = make_world("alice")
    for number in range(3):
        _fill(world, f"n{number}")
    few = _counts(world, 3)
    for number in range(3, 12):
        _fill(world, f"n{number}")
    many = _counts(world, 12)
    assert many == few
    assert max(few.values()) <= 20
