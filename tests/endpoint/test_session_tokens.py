"""GetSessionToken, GetFederationToken and DecodeAuthorizationMessage, with boto3."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from iam.callers import Origin
from iam.models import Event
from iam.perform import perform
from tests.endpoint.clients import Keys, keys_of, refusal
from tests.mfa import assigned_device
from tests.worlds import ACCOUNT_ID, World, allow, document

READ = allow("s3:ListAllMyBuckets", "iam:ListUsers", "ec2:DescribeInstances")
BOB = f"arn:aws:sts::{ACCOUNT_ID}:federated-user/bob"


@pytest.fixture
def ann(world: World) -> Keys:
    world.add_user("ann", allow("s3:ListAllMyBuckets", "iam:ListUsers", "sts:GetFederationToken"))
    return keys_of(world.do("CreateAccessKey", UserName="ann")["AccessKey"])


@pytest.fixture
def root(world: World) -> Keys:
    return keys_of(world.do("CreateAccessKey")["AccessKey"])


def seconds_left(credentials: dict[str, Any]) -> float:
    return float((credentials["Expiration"] - datetime.now(UTC)).total_seconds())


def test_a_session_token_may_do_what_its_user_may(ann, clients):
    credentials = clients("sts", ann).get_session_token()["Credentials"]
    temporary = keys_of(credentials)
    me = clients("sts", temporary).get_caller_identity()
    assert me == {**me, "Arn": f"arn:aws:iam::{ACCOUNT_ID}:user/ann"}
    clients("s3", temporary).list_buckets()
    assert 43000 < seconds_left(credentials) <= 43200


def test_a_session_token_needs_no_permission(world, clients):
    world.add_user("bare")
    keys = keys_of(world.do("CreateAccessKey", UserName="bare")["AccessKey"])
    assert clients("sts", keys).get_session_token(DurationSeconds=900)["Credentials"]


def test_a_session_token_lasts_as_long_as_asked_within_a_day_and_a_half(ann, root, clients):
    sts = clients("sts", ann)
    long = sts.get_session_token(DurationSeconds=129600)["Credentials"]
    assert seconds_left(long) > 129000
    longer = refusal(sts.get_session_token, DurationSeconds=129601)
    assert longer[0] == "ValidationError"
    assert "Member must have value less than or equal to 129600" in longer[1]
    for seconds in (900, 3600, 129600):
        asked = clients("sts", root).get_session_token(DurationSeconds=seconds)["Credentials"]
        assert seconds_left(asked) <= 3600
    assert 3500 < seconds_left(clients("sts", root).get_session_token()["Credentials"]) <= 3600


def test_without_mfa_a_session_token_calls_no_iam(ann, clients):
    temporary = keys_of(clients("sts", ann).get_session_token()["Credentials"])
    assert refusal(clients("iam", temporary).list_users) == (
        "InvalidClientTokenId",
        "The security token included in the request is invalid",
        403,
    )


def test_with_mfa_a_session_token_calls_iam_and_carries_it(world, ann, clients):
    today = World(world.sandbox, world.account, Origin(datetime.now(UTC)))
    device = assigned_device(today, "ann")
    condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    policy = allow("iam:ListUsers", Condition=condition)
    world.do("PutUserPolicy", UserName="ann", PolicyName="given", PolicyDocument=policy)
    sts = clients("sts", ann)
    wrong = refusal(sts.get_session_token, SerialNumber=device.serial, TokenCode="000000")
    assert wrong[:2] == (
        "AccessDenied",
        "MultiFactorAuthentication failed with invalid MFA one time pass code.",
    )
    given = sts.get_session_token(**device.second_factor(today))
    clients("iam", keys_of(given["Credentials"])).list_users()


@pytest.mark.parametrize("operation", ["get_session_token", "get_federation_token"])
def test_session_tokens_and_roles_get_no_others(world, ann, clients, operation):
    params = {"Name": "bob"} if "federation" in operation else {}
    session = keys_of(clients("sts", ann).get_session_token()["Credentials"])
    world.add_role("R")
    assume = allow("sts:AssumeRole")
    world.do("PutUserPolicy", UserName="ann", PolicyName="more", PolicyDocument=assume)
    role = {"RoleArn": f"arn:aws:iam::{ACCOUNT_ID}:role/R", "RoleSessionName": "ann"}
    of_role = keys_of(clients("sts", session).assume_role(**role)["Credentials"])
    for keys in (session, of_role):
        code, message, status = refusal(getattr(clients("sts", keys), operation), **params)
        name = "".join(part.title() for part in operation.split("_"))
        assert (code, status) == ("AccessDenied", 403)
        assert message == f"Cannot call {name} with session credentials"


def test_a_federated_user_may_do_nothing_without_a_session_policy(ann, clients):
    answer = clients("sts", ann).get_federation_token(Name="bob")
    assert answer["FederatedUser"] == {"FederatedUserId": f"{ACCOUNT_ID}:bob", "Arn": BOB}
    bob = keys_of(answer["Credentials"])
    code, message, _ = refusal(clients("s3", bob).list_buckets)
    assert code == "AccessDenied"
    assert f"User: {BOB} is not authorized to perform: s3:ListAllMyBuckets" in message
    assert "no session policy allows" in message


def test_a_federated_user_may_do_what_user_and_session_policy_both_allow(ann, clients):
    answer = clients("sts", ann).get_federation_token(Name="bob", Policy=READ)
    assert answer["PackedPolicySize"] > 0
    bob = keys_of(answer["Credentials"])
    assert clients("sts", bob).get_caller_identity()["Arn"] == BOB
    assert clients("sts", bob).get_caller_identity()["UserId"] == f"{ACCOUNT_ID}:bob"
    clients("s3", bob).list_buckets()
    assert refusal(clients("ec2", bob).describe_instances)[0] == "UnauthorizedOperation"


def test_a_federated_user_calls_no_iam_and_of_sts_only_who_it_is(ann, clients):
    bob = keys_of(clients("sts", ann).get_federation_token(Name="bob", Policy=READ)["Credentials"])
    assert refusal(clients("iam", bob).list_users)[0] == "InvalidClientTokenId"
    role = {"RoleArn": f"arn:aws:iam::{ACCOUNT_ID}:role/R", "RoleSessionName": "bob"}
    assert refusal(clients("sts", bob).assume_role, **role)[:2] == (
        "AccessDenied",
        "Cannot call AssumeRole with federated user credentials",
    )


def test_a_managed_policy_serves_as_session_policy(ann, clients):
    arns = [{"arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}]
    answer = clients("sts", ann).get_federation_token(Name="bob", PolicyArns=arns)
    clients("s3", keys_of(answer["Credentials"])).list_buckets()


def test_a_bucket_may_grant_to_the_federated_user_itself(world, admin, ann, clients):
    s3 = clients("s3", admin)
    s3.create_bucket(Bucket="lesson-files")
    s3.put_object(Bucket="lesson-files", Key="k", Body=b"text")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": BOB},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::lesson-files/*",
    }
    s3.put_bucket_policy(Bucket="lesson-files", Policy=document(statement))
    bob = keys_of(clients("sts", ann).get_federation_token(Name="bob")["Credentials"])
    assert clients("s3", bob).get_object(Bucket="lesson-files", Key="k")["Body"].read() == b"text"
    eve = keys_of(clients("sts", ann).get_federation_token(Name="eve")["Credentials"])
    assert refusal(clients("s3", eve).get_object, Bucket="lesson-files", Key="k")[0] == (
        "AccessDenied"
    )


def test_the_root_user_makes_federated_users_for_an_hour_at_most(root, clients):
    sts = clients("sts", root)
    answer = sts.get_federation_token(Name="bob", Policy=READ, DurationSeconds=129600)
    assert seconds_left(answer["Credentials"]) <= 3600
    bob = keys_of(answer["Credentials"])
    clients("s3", bob).list_buckets()
    clients("ec2", bob).describe_instances()
    assert refusal(clients("s3", bob).get_object, Bucket="b", Key="k")[0] == "AccessDenied"


def test_making_a_federated_user_needs_permission_for_its_name_and_tags(world, clients):
    policy = allow("sts:GetFederationToken", resource=BOB)
    world.add_user("may", policy)
    sts = clients("sts", keys_of(world.do("CreateAccessKey", UserName="may")["AccessKey"]))
    sts.get_federation_token(Name="bob")
    assert refusal(sts.get_federation_token, Name="eve")[0] == "AccessDenied"
    tags = [{"Key": "team", "Value": "blue"}]
    assert "sts:TagSession" in refusal(sts.get_federation_token, Name="bob", Tags=tags)[1]


def test_the_tags_of_a_federated_user_are_its_principals(world, clients):
    tagged = {"StringEquals": {"aws:PrincipalTag/team": "blue"}}
    statements: list[dict[str, Any]] = [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": tagged},
        {"Effect": "Allow", "Action": "sts:*", "Resource": "*"},
    ]
    world.add_user("may", document(*statements))
    sts = clients("sts", keys_of(world.do("CreateAccessKey", UserName="may")["AccessKey"]))
    for team, allowed in (("blue", True), ("red", False)):
        tags = [{"Key": "team", "Value": team}]
        answer = sts.get_federation_token(Name="bob", Policy=allow("s3:*"), Tags=tags)
        s3 = clients("s3", keys_of(answer["Credentials"]))
        if allowed:
            s3.list_buckets()
        else:
            assert refusal(s3.list_buckets)[0] == "AccessDenied"


def test_a_federated_user_ends_with_the_user_who_made_it(world, ann, clients):
    bob = keys_of(clients("sts", ann).get_federation_token(Name="bob", Policy=READ)["Credentials"])
    keys = world.do("ListAccessKeys", UserName="ann")["AccessKeyMetadata"]
    for key in keys:
        world.do("DeleteAccessKey", UserName="ann", AccessKeyId=key["AccessKeyId"])
    world.do("DeleteUserPolicy", UserName="ann", PolicyName="given")
    world.do("DeleteUser", UserName="ann")
    assert refusal(clients("sts", bob).get_caller_identity)[0] == "InvalidClientTokenId"


def test_the_record_names_the_federated_user_and_who_made_it(world, ann, clients):
    bob = keys_of(clients("sts", ann).get_federation_token(Name="bob", Policy=READ)["Credentials"])
    clients("s3", bob).list_buckets()
    event = Event.in_sandbox(world.sandbox).filter(name="ListBuckets").get()
    identity = event.record["userIdentity"]
    assert (identity["type"], identity["arn"]) == ("FederatedUser", BOB)
    issuer = identity["sessionContext"]["sessionIssuer"]
    assert (issuer["type"], issuer["userName"]) == ("IAMUser", "ann")


def _encoded(clients, keys) -> str:
    launch = {"ImageId": "ami-0abcdef1234567890", "MinCount": 1, "MaxCount": 1}
    code, message, status = refusal(clients("ec2", keys).run_instances, **launch)
    assert (code, status) == ("UnauthorizedOperation", 403)
    return message.rpartition("Encoded authorization failure message: ")[2]


def test_a_permitted_caller_decodes_a_denial_of_ec2(world, ann, admin, clients):
    deny = {"Effect": "Deny", "Action": "ec2:Run*", "Resource": "*", "Sid": "NoMachines"}
    harmless = {"Effect": "Deny", "Action": "ec2:Stop*", "Resource": "*"}
    world.do("PutUserPolicy", UserName="ann", PolicyName="no", PolicyDocument=document(harmless))
    # By the same name as the user's own, and longer.
    both = document(harmless, deny)
    world.do("CreateGroup", GroupName="g")
    world.do("AddUserToGroup", GroupName="g", UserName="ann")
    world.do("PutGroupPolicy", GroupName="g", PolicyName="no", PolicyDocument=both)
    encoded = _encoded(clients, ann)
    assert refusal(clients("sts", ann).decode_authorization_message, EncodedMessage=encoded)[0] == (
        "AccessDenied"
    )
    answer = clients("sts", admin).decode_authorization_message(EncodedMessage=encoded)
    decoded = json.loads(answer["DecodedMessage"])
    assert (decoded["allowed"], decoded["explicitDeny"]) == (False, True)
    (matched,) = decoded["matchedStatements"]["items"]
    assert matched["statementId"] == "NoMachines"
    assert matched["actions"] == {"items": [{"value": "ec2:Run*"}]}
    assert decoded["context"]["action"] == "ec2:RunInstances"
    assert decoded["context"]["principal"]["name"] == "ann"


def test_an_implicit_denial_matches_no_statement(ann, admin, clients):
    encoded = _encoded(clients, ann)
    assert len(encoded) <= 10240
    answer = clients("sts", admin).decode_authorization_message(EncodedMessage=encoded)
    decoded = json.loads(answer["DecodedMessage"])
    assert decoded["explicitDeny"] is False
    assert decoded["matchedStatements"]["items"] == []


def test_a_message_of_another_account_is_not_valid(world, ann, clients):
    other = world.add_account("210987654321")
    encoded = _encoded(clients, ann)
    keys = keys_of(_root_keys(world, other))
    sts = clients("sts", keys)
    for text in (encoded, encoded[:-2], "x"):
        assert refusal(sts.decode_authorization_message, EncodedMessage=text) == (
            "InvalidAuthorizationMessageException",
            "Message is not valid",
            400,
        )


def _root_keys(world: World, account: Any) -> dict[str, Any]:
    key: dict[str, Any] = perform(world.root(account), "iam:CreateAccessKey", {})["AccessKey"]
    return key


def test_a_session_token_ends_to_the_second(world, ann, clients):
    credentials = clients("sts", ann).get_session_token(DurationSeconds=900)["Credentials"]
    world.sandbox.clock_offset = timedelta(seconds=901)
    world.sandbox.save()
    code, message, _ = refusal(clients("sts", keys_of(credentials)).get_caller_identity)
    assert code == "ExpiredToken"
    assert message == "The security token included in the request is expired"
