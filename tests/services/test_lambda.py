"""Lambda: functions created by who may pass their role, and what they call when they run.

Sources: Lambda Developer Guide, *Defining permissions with an execution role* and *Troubleshoot
permissions* (sentences), API reference of CreateFunction and Invoke.
"""

import json
from typing import Any

import pytest

from console.services.awslambda.calls import package_of
from iam.analysis import Do, escalations
from iam.models import Event
from iam.perform import AccessDenied, perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.iam.analysis_worlds import seen
from tests.worlds import ACCOUNT_ID, World, allow, document, make_world

ROLE = f"arn:aws:iam::{ACCOUNT_ID}:role/Job"
FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT_ID}:function:job"
_damaged = bytearray(package_of("sts:GetCallerIdentity"))
_damaged[8] = 8  # stored bytes that call themselves deflated, in both headers
_damaged[_damaged.index(b"PK\x01\x02") + 10] = 8
DAMAGED = bytes(_damaged)
ANY = {"Effect": "Allow", "Action": "lambda:*", "Resource": "*"}
PASS = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": ROLE}


def service_trust(service: str = "lambda.amazonaws.com", **more: Any) -> str:
    principal = {"Service": service}
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more})


@pytest.fixture
def world(db) -> World:
    """An account with a role Job for Lambda, which may list buckets."""
    world = make_world("alice")
    world.do("CreateRole", RoleName="Job", AssumeRolePolicyDocument=service_trust())
    own = allow("s3:ListAllMyBuckets")
    world.do("PutRolePolicy", RoleName="Job", PolicyName="own", PolicyDocument=own)
    return world


def asked(**more: Any) -> dict[str, Any]:
    return {
        "FunctionName": "job",
        "Role": ROLE,
        "Runtime": "python3.13",
        "Handler": "a.b",
        "Code": {"ZipFile": package_of("sts:GetCallerIdentity\ns3:ListBuckets\n")},
        **more,
    }


def call(world: World, operation: str, **params: Any) -> dict[str, Any]:
    caller = world.root()
    try:
        return perform(caller, f"lambda:{operation}", params)
    finally:
        end_visit(caller.visit)


def refused(world: World, operation: str, **params: Any) -> tuple[str, str]:
    with pytest.raises(AwsError) as caught:
        call(world, operation, **params)
    return caught.value.code, caught.value.message


def ran(world: World) -> tuple[str, Any]:
    answer = call(world, "Invoke", FunctionName="job")
    return answer.get("FunctionError", ""), json.loads(answer["Payload"])


def test_a_function_calls_as_a_session_of_its_role_named_after_it(world):
    made = call(world, "CreateFunction", **asked())
    assert (made["FunctionArn"], made["Role"], made["State"]) == (FUNCTION, ROLE, "Active")
    failure, (identity, buckets) = ran(world)
    assert failure == ""
    session = f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/Job/job"
    assert identity["result"]["Arn"] == session
    assert buckets["call"] == "s3:ListBuckets"
    listed = Event.in_sandbox(world.sandbox).get(name="ListBuckets")
    assert listed.record["userIdentity"]["arn"] == session
    entered = Event.in_sandbox(world.sandbox).get(name="AssumeRole")
    assert entered.record["userIdentity"]["invokedBy"] == "lambda.amazonaws.com"
    created = Event.in_sandbox(world.sandbox).get(name="CreateFunction20150331")
    assert {"role", "runtime"} < set(created.record["requestParameters"])
    assert not {"environment"} & set(created.record["requestParameters"])
    assert "zipFile" not in created.record["requestParameters"]["code"]
    assert not Event.in_sandbox(world.sandbox).filter(name="Invoke", management=True).exists()


def test_the_first_refused_call_ends_the_run_as_an_exception(world):
    call(world, "CreateFunction", **asked())
    world.do("DeleteRolePolicy", RoleName="Job", PolicyName="own")
    failure, payload = ran(world)
    assert (failure, payload["errorType"]) == ("Unhandled", "ClientError")
    assert "(AccessDenied) when calling the ListBuckets operation" in payload["errorMessage"]
    assert "assumed-role/Job/job is not authorized" in payload["errorMessage"]


CANNOT = "The role defined for the function cannot be assumed by Lambda."


@pytest.mark.parametrize(
    "trust",
    [
        service_trust("ec2.amazonaws.com"),
        service_trust(Condition={"StringEquals": {"aws:SourceArn": f"{FUNCTION}s"}}),
    ],
)
def test_a_role_that_lambda_cannot_assume_is_refused_also_later(world, trust):
    call(world, "CreateFunction", **asked())
    world.do("UpdateAssumeRolePolicy", RoleName="Job", PolicyDocument=trust)
    new = asked(FunctionName="other")
    assert refused(world, "CreateFunction", **new) == ("InvalidParameterValueException", CANNOT)
    assert refused(world, "Invoke", FunctionName="job") == ("AccessDeniedException", CANNOT)
    change = {"FunctionName": "job", "Role": ROLE}
    code, _ = refused(world, "UpdateFunctionConfiguration", **change)
    assert code == "InvalidParameterValueException"
    call(world, "UpdateFunctionConfiguration", FunctionName="job", Timeout=9)


def test_a_trust_policy_may_ask_for_which_function(world):
    own = service_trust(Condition={"ArnLike": {"aws:SourceArn": FUNCTION}})
    world.do("UpdateAssumeRolePolicy", RoleName="Job", PolicyDocument=own)
    call(world, "CreateFunction", **asked())
    assert ran(world)[0] == ""


def test_a_policy_may_ask_which_function_calls(world):
    for arn, failure in ((FUNCTION, ""), (f"{FUNCTION}s", "Unhandled")):
        condition = {"ArnEquals": {"lambda:SourceFunctionArn": arn}}
        statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": condition}
        own = document(statement)
        world.do("PutRolePolicy", RoleName="Job", PolicyName="own", PolicyDocument=own)
        if not failure:
            call(world, "CreateFunction", **asked())
        assert ran(world)[0] == failure


@pytest.mark.parametrize(
    ("statements", "denied"),
    [
        ([PASS], f"lambda:CreateFunction on resource: {FUNCTION}"),
        ([ANY], f"iam:PassRole on resource: {ROLE}"),
        (
            [ANY, {**PASS, "Condition": {"StringEquals": {"iam:PassedToService": "ec2.a.com"}}}],
            f"iam:PassRole on resource: {ROLE}",
        ),
    ],
)
def test_creating_asks_for_the_function_and_for_the_role(world, statements, denied):
    ann = world.add_user("ann", document(*statements))
    with pytest.raises(AccessDenied) as caught:
        perform(ann, "lambda:CreateFunction", asked())
    assert denied in caught.value.message
    to = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
    bob = world.add_user("bob", document(ANY, {**PASS, "Condition": to}))
    assert perform(bob, "lambda:CreateFunction", asked())["FunctionName"] == "job"


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ({"Role": "arn:aws:iam::222222222222:role/R"}, "AccessDeniedException", "Cross-account"),
        ({"Role": f"{ROLE}s"}, "InvalidParameterValueException", CANNOT),
        (
            {"Handler": None},
            "InvalidParameterValueException",
            "Runtime and Handler are mandatory",
        ),
        ({"Code": {"ZipFile": b"no"}}, "InvalidParameterValueException", "Could not unzip"),
        ({"Code": {"ZipFile": DAMAGED}}, "InvalidParameterValueException", "Could not unzip"),
        ({"Code": {"ImageUri": "x"}}, "NotImplemented", "no ZIP file"),
        (
            {"Environment": {"Variables": {"AWS_REGION": "x"}}},
            "InvalidParameterValueException",
            "Reserved keys used in this request: AWS_REGION",
        ),
        (
            {"Environment": {"Variables": {"BIG": "x" * 4096}}},
            "InvalidParameterValueException",
            "exceeded the 4KB limit",
        ),
        ({"VpcConfig": {}}, "NotImplemented", "the parameter VpcConfig"),
        ({"Runtime": "cobol"}, "ValidationError", "cobol"),
    ],
)
def test_what_lambda_refuses(world, more, code, said):
    given = {name: value for name, value in asked(**more).items() if value is not None}
    found, message = refused(world, "CreateFunction", **given)
    assert found == code
    assert said in message


def test_a_name_is_taken_once_and_named_by_its_arn_too(world):
    call(world, "CreateFunction", **asked(Tags={"team": "a"}))
    taken = ("ResourceConflictException", "Function already exist: job")
    assert refused(world, "CreateFunction", **asked()) == taken
    for name in ("job", FUNCTION, f"{ACCOUNT_ID}:function:job", "job:$LATEST"):
        found = call(world, "GetFunction", FunctionName=name)
        assert found["Configuration"]["FunctionArn"] == FUNCTION
        assert found["Tags"] == {"team": "a"}
    gone = f"arn:aws:lambda:us-east-1:{ACCOUNT_ID}:function:nope"
    missing = ("ResourceNotFoundException", f"Function not found: {gone}")
    assert refused(world, "GetFunctionConfiguration", FunctionName="nope") == missing
    call(world, "DeleteFunction", FunctionName="job")
    assert call(world, "ListFunctions")["Functions"] == []


def test_functions_are_listed_by_pages(world):
    for name in "cab":
        call(world, "CreateFunction", **asked(FunctionName=name))
    page = call(world, "ListFunctions", MaxItems=2)
    assert [one["FunctionName"] for one in page["Functions"]] == ["a", "b"]
    rest = call(world, "ListFunctions", Marker=page["NextMarker"])
    assert [one["FunctionName"] for one in rest["Functions"]] == ["c"]
    assert refused(world, "ListFunctions", Marker="z")[0] == "InvalidParameterValueException"


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        ("s3:Nothing", "Line 1: s3:Nothing is no operation"),
        ("# first\nlambda:Invoke", "Line 2: lambda:Invoke is no operation"),
        ("sts:DecodeAuthorizationMessage {}", "Line 1"),
        ("iam:GetRole {", "Line 1: the parameters are no JSON object."),
        ("sts:GetCallerIdentity\n" * 11, "10 calls at most"),
    ],
)
def test_what_a_function_cannot_call_is_its_error(world, calls, said):
    call(world, "CreateFunction", **asked(Environment={"Variables": {"CALLS": calls}}))
    failure, payload = ran(world)
    assert (failure, payload["errorType"]) == ("Unhandled", "ValueError")
    assert said in payload["errorMessage"]
    code = {"FunctionName": "job", "ZipFile": package_of("s3:ListBuckets")}
    call(world, "UpdateFunctionCode", **code)
    assert ran(world) == ("", [{"call": "s3:ListBuckets", "result": ran(world)[1][0]["result"]}])


def test_whoever_changes_and_runs_a_function_does_what_its_role_may(world):
    call(world, "CreateFunction", **asked())
    goal = Do("s3:ListAllMyBuckets", "*")
    users = {
        "code": ("lambda:UpdateFunctionCode", "lambda:InvokeFunction"),
        "calls": ("lambda:UpdateFunctionConfiguration", "lambda:InvokeFunction"),
        "runner": ("lambda:InvokeFunction",),
    }
    for name, actions in users.items():
        world.add_user(name, allow(*actions))
    whole = seen(world)
    able = []
    for name in users:
        someone = whole.someone(f"arn:aws:iam::{ACCOUNT_ID}:user/{name}")
        assert someone
        able += [name] if escalations(whole, someone, goal=goal).paths else []
    assert able == ["code", "calls"]
