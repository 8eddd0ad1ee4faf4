"""IAM by boto3: what goes in by the wire is what the console shows."""

import json

from tests.endpoint.clients import refusal
from tests.worlds import allow, trust


def test_a_user_is_made_found_and_deleted(clients, admin):
    iam = clients("iam", admin)
    made = iam.create_user(UserName="bob", Path="/team/", Tags=[{"Key": "a b", "Value": "é+=@"}])
    assert made["User"]["Arn"].endswith(":user/team/bob")
    found = iam.get_user(UserName="bob")["User"]
    assert found["Tags"] == [{"Key": "a b", "Value": "é+=@"}]
    assert found["CreateDate"] == made["User"]["CreateDate"]
    iam.delete_user(UserName="bob")
    code, message, status = refusal(iam.get_user, UserName="bob")
    assert (code, status) == ("NoSuchEntity", 404)
    assert message == "The user with name bob cannot be found."


def test_documents_come_back_as_they_were_sent(clients, admin, world):
    iam = clients("iam", admin)
    text = '{"Version":"2012-10-17",\n "Statement":[{"Effect":"Allow","Action":"s3:*",' + (
        '"Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/t":"é % + & <a> ü"}}}]}'
    )
    iam.create_role(RoleName="R", AssumeRolePolicyDocument=trust(world.account_id))
    iam.put_role_policy(RoleName="R", PolicyName="p", PolicyDocument=text)
    found = iam.get_role_policy(RoleName="R", PolicyName="p")
    assert found["PolicyDocument"] == json.loads(text)
    assert iam.get_role(RoleName="R")["Role"]["AssumeRolePolicyDocument"]["Statement"]
    arn = iam.create_policy(PolicyName="m", PolicyDocument=text)["Policy"]["Arn"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == json.loads(text)


def test_pages_are_walked_by_the_clients_paginator(clients, admin, world):
    for number in range(5):
        world.do("CreateUser", UserName=f"user{number}")
    pages = list(
        clients("iam", admin).get_paginator("list_users").paginate(PaginationConfig={"PageSize": 2})
    )
    assert [len(page["Users"]) for page in pages] == [2, 2, 2]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]


def test_an_empty_list_is_there(clients, admin):
    assert clients("iam", admin).list_groups()["Groups"] == []


def test_a_summary_is_a_map_of_numbers(clients, admin):
    assert clients("iam", admin).get_account_summary()["SummaryMap"]["Users"] == 1


def test_a_denial_is_aws_sentence(clients, world, admin):
    world.add_user("bob", allow("iam:GetUser"))
    key = world.do("CreateAccessKey", UserName="bob")["AccessKey"]
    iam = clients("iam", (key["AccessKeyId"], key["SecretAccessKey"], None))
    code, message, status = refusal(iam.list_users)
    assert (code, status) == ("AccessDenied", 403)
    assert message == (
        f"User: arn:aws:iam::{world.account_id}:user/bob is not authorized to perform: "
        f"iam:ListUsers on resource: arn:aws:iam::{world.account_id}:user/ because no "
        "identity-based policy allows the iam:ListUsers action"
    )


def test_what_the_model_forbids_is_refused_in_its_words(clients, admin):
    iam = clients("iam", admin, parameter_validation=False)
    code, message, status = refusal(iam.create_user, UserName="x" * 65)
    assert (code, status) == ("ValidationError", 400)
    assert message == (
        f"1 validation error detected: Value '{'x' * 65}' at 'userName' failed to satisfy "
        "constraint: Member must have length less than or equal to 64"
    )
    assert refusal(iam.create_user)[1].endswith(
        "at 'userName' failed to satisfy constraint: Member must not be null"
    )


def test_root_signs_with_a_key_of_its_own(clients, world):
    made = world.do("CreateAccessKey")["AccessKey"]
    keys = (made["AccessKeyId"], made["SecretAccessKey"], None)
    assert clients("sts", keys).get_caller_identity()["Arn"].endswith(":root")


def test_an_operation_that_is_not_offered_is_reported_as_such(clients, admin):
    iam = clients("iam", admin)
    code, message, status = refusal(
        iam.create_service_specific_credential, UserName="admin", ServiceName="codecommit"
    )
    assert (code, status) == ("NotImplemented", 400)
    assert message == "Rolecall does not offer iam:CreateServiceSpecificCredential."


def test_nobody_has_a_service_specific_credential(clients, admin):
    """`terraform destroy` of a user with force_destroy asks for them."""
    iam = clients("iam", admin)
    for asked in ({}, {"UserName": "admin"}, {"AllUsers": True}):
        found = iam.list_service_specific_credentials(**asked)
        assert found["ServiceSpecificCredentials"] == []
    missing = refusal(iam.list_service_specific_credentials, UserName="nobody")
    assert (missing[0], missing[2]) == ("NoSuchEntity", 404)
