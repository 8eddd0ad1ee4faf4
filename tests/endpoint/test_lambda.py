"""Lambda's protocol, rest-json, by boto3 and the AWS CLI, unmodified."""

import json

from console.services.awslambda.calls import package_of
from iam.perform import perform
from tests.endpoint.clients import keys_of, refusal
from tests.endpoint.command_line import aws_in_process
from tests.services.test_lambda import asked, service_trust


def test_a_function_is_created_run_changed_and_deleted(world, admin, clients):
    world.do("CreateRole", RoleName="Job", AssumeRolePolicyDocument=service_trust())
    client = clients("lambda", admin)
    given = asked(Role=f"arn:aws:iam::{world.account_id}:role/Job")
    made = client.create_function(**given)
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    names = [one["FunctionName"] for one in client.list_functions()["Functions"]]
    assert names == ["job"]
    arn = made["FunctionArn"]
    only = {"CALLS": "sts:GetCallerIdentity"}
    changed = client.update_function_configuration(
        FunctionName=arn, Environment={"Variables": only}, Timeout=7
    )
    assert (changed["Timeout"], changed["Environment"]) == (7, {"Variables": only})
    ran = client.invoke(FunctionName=arn, LogType="Tail", Payload=b'{"any": 1}')
    (one,) = json.loads(ran["Payload"].read())
    assert one["result"]["Arn"].endswith(":assumed-role/Job/job")
    assert (ran["StatusCode"], ran["ExecutedVersion"]) == (200, "$LATEST")
    assert "LogResult" in ran
    client.update_function_code(FunctionName="job", ZipFile=package_of("s3:ListBuckets"))
    failed = client.invoke(FunctionName="job")
    assert failed["FunctionError"] == "Unhandled"
    assert client.invoke(FunctionName="job", InvocationType="DryRun")["StatusCode"] == 204
    client.delete_function(FunctionName="job")
    missing = f"Function not found: {arn}"
    assert refusal(client.get_function, FunctionName="job") == (
        "ResourceNotFoundException",
        missing,
        404,
    )


def test_what_lambda_does_not_do_here_is_refused_and_so_is_who_may_not(world, admin, clients):
    client = clients("lambda", admin)
    code, _, _ = refusal(client.list_layers)
    assert code == "UnsupportedOperationException"
    code, _, status = refusal(client.invoke, FunctionName="job", InvocationType="Event")
    assert (code, status) == ("ResourceNotFoundException", 404)
    nobody = world.do("CreateUser", UserName="eve")["User"]["UserName"]
    key = world.do("CreateAccessKey", UserName=nobody)["AccessKey"]
    code, message, status = refusal(clients("lambda", keys_of(key)).list_functions)
    assert (code, status) == ("AccessDeniedException", 403)
    assert "is not authorized to perform: lambda:ListFunctions" in message


def test_the_command_line_writes_a_resource_based_policy(lesson, endpoint):
    world, _, keys = lesson
    world.do("CreateRole", RoleName="Job", AssumeRolePolicyDocument=service_trust())
    given = asked(Role=f"arn:aws:iam::{world.account_id}:role/Job")
    perform(world.root(), "lambda:CreateFunction", given)

    def run(line: str) -> str:
        done = aws_in_process(endpoint, keys, "lambda", *line.split(), "--output", "json")
        assert done.returncode == 0, done.stderr
        return done.stdout

    whom = f"--action lambda:InvokeFunction --principal {world.account_id}"
    made = json.loads(run(f"add-permission --function-name job --statement-id own {whom}"))
    policy = json.loads(json.loads(run("get-policy --function-name job"))["Policy"])
    assert policy["Statement"] == [json.loads(made["Statement"])]
    assert run("remove-permission --function-name job --statement-id own") == ""
