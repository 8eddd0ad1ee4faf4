"""The course from outside: the real boto3 and the real AWS CLI against the site as it is served."""

import json
from pathlib import Path
from typing import Any

import pytest
import urllib3

from iam.models import Event
from tests.endpoint.clients import keys_of, refusal
from tests.endpoint.command_line import aws
from tests.worlds import allow, trust


def test_a_role_is_made_given_and_assumed_by_boto3(lesson):
    world, clients, keys = lesson
    iam = clients("iam", keys)
    iam.create_user(UserName="bob")
    bob = keys_of(iam.create_access_key(UserName="bob")["AccessKey"])
    role = iam.create_role(RoleName="Senior", AssumeRolePolicyDocument=trust(world.account_id))
    iam.attach_role_policy(
        RoleName="Senior", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    )
    sts = clients("sts", bob)
    asked = {"RoleArn": role["Role"]["Arn"], "RoleSessionName": "bob"}
    code, message, _ = refusal(sts.assume_role, **asked)
    assert code == "AccessDenied"
    assert message.endswith("because no identity-based policy allows the sts:AssumeRole action")
    iam.put_user_policy(
        UserName="bob",
        PolicyName="senior",
        PolicyDocument=allow("sts:AssumeRole", resource=role["Role"]["Arn"]),
    )
    session = keys_of(sts.assume_role(**asked)["Credentials"])
    clients("s3", keys).create_bucket(Bucket="lesson-files")
    s3 = clients("s3", session)
    assert s3.list_objects_v2(Bucket="lesson-files")["KeyCount"] == 0
    assert refusal(s3.put_object, Bucket="lesson-files", Key="k")[0] == "AccessDenied"
    assert refusal(clients("iam", session).list_users)[0] == "AccessDenied"
    events = clients("cloudtrail", keys).lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "AssumeRole"}]
    )["Events"]
    assert [json.loads(one["CloudTrailEvent"]).get("errorCode") for one in events] == [
        None,
        "AccessDenied",
    ]


PRESIGNED: list[dict[str, Any]] = [{}, {"signature_version": "s3v4"}]


@pytest.mark.parametrize("config", PRESIGNED, ids=["old", "v4"])
def test_a_presigned_url_opens_without_any_client(lesson, config):
    _, clients, keys = lesson
    s3 = clients("s3", keys, **config)
    s3.create_bucket(Bucket="lesson-files")
    where = {"Bucket": "lesson-files", "Key": "a//b/c +é.txt"}
    http = urllib3.PoolManager()
    put = s3.generate_presigned_url("put_object", Params={**where, "ContentType": "text/plain"})
    sent = http.request("PUT", put, body="hello", headers={"Content-Type": "text/plain"})
    assert sent.status == 200
    address = s3.generate_presigned_url(
        "get_object", Params={**where, "ResponseContentDisposition": "attachment"}
    )
    found = http.request("GET", address)
    assert (found.data, found.headers["Content-Type"]) == (b"hello", "text/plain")
    assert found.headers["Content-Disposition"] == "attachment"
    assert found.headers["Content-Security-Policy"].startswith("sandbox;")
    altered = http.request("GET", address.replace("attachment", "inline"))
    assert altered.status == 403
    assert b"<Code>SignatureDoesNotMatch</Code>" in altered.data


def test_the_aws_cli_does_the_same(lesson, tmp_path: Path):
    world, clients, keys = lesson
    endpoint = clients.endpoint
    arn = world.add_role("Ops")
    given = aws(
        endpoint, keys, "sts", "assume-role", "--role-arn", arn, "--role-session-name", "cli"
    )
    session = keys_of(json.loads(given.stdout)["Credentials"])
    who = aws(endpoint, session, "sts", "get-caller-identity", "--query", "Arn")
    assert json.loads(who.stdout).endswith(":assumed-role/Ops/cli")
    denied = aws(endpoint, session, "iam", "list-users")
    assert denied.returncode != 0
    assert "(AccessDenied) when calling the ListUsers operation" in denied.stderr
    made = aws(endpoint, keys, "s3", "mb", "s3://lesson-files")
    assert made.stdout == "make_bucket: lesson-files\n"
    for name in ("one.txt", "two é.txt"):
        (tmp_path / name).write_text(name)
    sent = aws(endpoint, keys, "s3", "sync", str(tmp_path), "s3://lesson-files/in")
    assert sent.stdout.count("upload:") == 2
    listed = aws(endpoint, keys, "s3", "ls", "s3://lesson-files/in/")
    assert [line.split(maxsplit=3)[3] for line in listed.stdout.splitlines()] == [
        "one.txt",
        "two é.txt",
    ]
    signed = aws(endpoint, keys, "s3", "presign", "s3://lesson-files/in/two é.txt")
    assert urllib3.request("GET", signed.stdout.strip()).data.decode() == "two é.txt"
    gone = aws(endpoint, keys, "s3", "rb", "--force", "s3://lesson-files")
    assert gone.stdout.splitlines()[-1] == "remove_bucket: lesson-files"
    agents = Event.in_sandbox(world.sandbox).filter(name="ListUsers").values_list("record")
    assert agents[0][0]["userAgent"].startswith("aws-cli/")
