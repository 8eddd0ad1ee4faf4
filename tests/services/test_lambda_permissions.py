"""A function's resource-based policy: AddPermission, GetPolicy, RemovePermission.

Sources: Lambda API reference and Developer Guide, *Using resource-based policies for Lambda*.
"""

import json
from typing import Any

import pytest

from console.services.awslambda.calls import package_of
from iam.callers import Caller
from iam.models import Account, Event
from iam.perform import AccessDenied, perform
from iam.trail import end_visit
from tests.services.test_access_analyzer import analyzer, found
from tests.services.test_lambda import FUNCTION, asked, call, refused, service_trust
from tests.worlds import ACCOUNT_ID, World, allow, make_world

OTHER = "111122223333"
ALLOWING = {"FunctionName": "job", "StatementId": "s", "Action": "lambda:InvokeFunction"}


@pytest.fixture
def world(db: None) -> World:
    """An account with a function, and another account with a user who may call Lambda."""
    world = make_world("alice")
    world.add_account(OTHER)
    world.do("CreateRole", RoleName="Job", AssumeRolePolicyDocument=service_trust())
    code = {"ZipFile": package_of("sts:GetCallerIdentity")}
    call(world, "CreateFunction", **asked(Code=code))
    return world


def added(world: World, principal: str, **more: Any) -> dict[str, Any]:
    answer = call(world, "AddPermission", **{**ALLOWING, "Principal": principal, **more})
    statement: dict[str, Any] = json.loads(answer["Statement"])
    return statement


@pytest.mark.parametrize(
    ("principal", "more", "expected", "condition"),
    [
        (OTHER, {}, {"AWS": f"arn:aws:iam::{OTHER}:root"}, None),
        (
            "s3.amazonaws.com",
            {"SourceArn": "arn:aws:s3:::b", "SourceAccount": OTHER},
            {"Service": "s3.amazonaws.com"},
            {
                "StringEquals": {"AWS:SourceAccount": OTHER},
                "ArnLike": {"AWS:SourceArn": "arn:aws:s3:::b"},
            },
        ),
        (
            "*",
            {"PrincipalOrgID": "o-a1b2c3d4e5"},
            "*",
            {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        ),
    ],
)
def test_a_permission_is_a_statement(world, principal, more, expected, condition):
    statement = added(world, principal, **more)
    assert statement == {
        "Sid": "s",
        "Effect": "Allow",
        "Principal": expected,
        "Action": "lambda:InvokeFunction",
        "Resource": FUNCTION,
        **({"Condition": condition} if condition else {}),
    }
    answer = call(world, "GetPolicy", FunctionName="job")
    policy = json.loads(answer["Policy"])
    assert policy == {"Version": "2012-10-17", "Id": "default", "Statement": [statement]}
    stale = {"FunctionName": "job", "StatementId": "s", "RevisionId": "old"}
    assert refused(world, "RemovePermission", **stale)[0] == "PreconditionFailedException"
    call(world, "RemovePermission", **{**stale, "RevisionId": answer["RevisionId"]})
    gone = ("ResourceNotFoundException", "The resource you requested does not exist.")
    assert refused(world, "GetPolicy", FunctionName="job") == gone
    names = {f"{name}Permission20150331v2" for name in ("Add", "Remove")}
    assert names <= {event.name for event in world.events()}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"Principal": "444455556666"}, "InvalidParameterValueException"),
        ({"Principal": f"arn:aws:iam::{OTHER}:user/nobody"}, "InvalidParameterValueException"),
        ({"Principal": "nobody"}, "InvalidParameterValueException"),
        ({"Principal": OTHER, "StatementId": "taken"}, "ResourceConflictException"),
        ({"Principal": OTHER, "Qualifier": "live"}, "NotImplemented"),
        ({"Principal": OTHER, "FunctionUrlAuthType": "NONE"}, "NotImplemented"),
    ],
)
def test_what_is_refused(world, more, code):
    added(world, ACCOUNT_ID, StatementId="taken")
    assert refused(world, "AddPermission", **{**ALLOWING, **more})[0] == code
    missing = {"FunctionName": "job", "StatementId": "nope"}
    sentence = "Statement nope is not found in resource policy."
    assert refused(world, "RemovePermission", **missing)[1] == sentence


def outsider(world: World, name: str, policy: str = "") -> Caller:
    account = Account.in_sandbox(world.sandbox).get(account_id=OTHER)
    world.other(account, "CreateUser", UserName=name)
    if policy:
        given = {"PolicyName": "own", "PolicyDocument": policy}
        world.other(account, "PutUserPolicy", UserName=name, **given)
    return world.user(name, account)


def invoke(caller: Any) -> str:
    try:
        answer = perform(caller, "lambda:Invoke", {"FunctionName": FUNCTION})
    except AccessDenied as denied:
        return denied.message
    finally:
        end_visit(caller.visit)
    return str(json.loads(answer["Payload"])[0]["result"]["Arn"])


def test_another_account_invokes_a_function_that_lets_it_as_its_own_policies_do(world):
    dana = outsider(world, "dana", allow("lambda:InvokeFunction"))
    idle = outsider(world, "idle")
    assert "is not authorized to perform: lambda:InvokeFunction" in invoke(dana)
    added(world, OTHER)
    assert invoke(dana) == f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/Job/job"
    assert "is not authorized to perform: lambda:InvokeFunction" in invoke(idle)
    seen = Event.in_sandbox(world.sandbox).filter(name="Invoke", error_code="")
    assert {one.account_id for one in seen} == {OTHER, ACCOUNT_ID}
    (arn,) = {one["ARN"] for event in seen for one in event.record["resources"]}
    assert arn == FUNCTION


def test_a_user_of_the_account_needs_only_the_functions_policy(world):
    ann = world.add_user("ann")
    assert "is not authorized" in invoke(ann)
    added(world, f"arn:aws:iam::{ACCOUNT_ID}:user/ann")
    assert invoke(ann).endswith("assumed-role/Job/job")
    again = f"arn:aws:iam::{ACCOUNT_ID}:user/ann"
    world.do("DeleteUser", UserName="ann")
    new = world.add_user("ann")
    assert "is not authorized" in invoke(new)
    added(world, again, StatementId="new")
    text = call(world, "GetPolicy", FunctionName="job")["Policy"]
    principals = [one["Principal"]["AWS"] for one in json.loads(text)["Statement"]]
    assert principals[0].startswith("AIDA")
    assert principals[1] == again
    call(world, "RemovePermission", FunctionName="job", StatementId="new")
    assert "is not authorized" in invoke(new)


def test_a_policy_may_ask_whom_a_statement_is_for(world):
    condition = {"StringEquals": {"lambda:Principal": "s3.amazonaws.com"}}
    ann = world.add_user("ann", allow("lambda:AddPermission", Condition=condition))
    service = {**ALLOWING, "Principal": "s3.amazonaws.com"}
    assert perform(ann, "lambda:AddPermission", service)
    with pytest.raises(AccessDenied):
        perform(ann, "lambda:AddPermission", {**ALLOWING, "Principal": OTHER})


def test_access_analyzer_shows_who_outside_may_invoke(world):
    added(world, OTHER)
    added(world, "s3.amazonaws.com", StatementId="service")
    expected: list[tuple[Any, ...]] = [
        (f"{ACCOUNT_ID}:function:job", {"AWS": OTHER}, ["lambda:InvokeFunction"], {})
    ]
    told = found(world, analyzer(world))
    assert [(f"{ACCOUNT_ID}:function:{name}", *rest) for name, *rest in told] == expected
