"""Principals that AWS refuses or rewrites when a trust policy is saved.

Sources: hashicorp/terraform 35086, aws/aws-cdk 17646 (services), hashicorp/terraform 9036,
terraform-provider-aws 3832, aws/aws-cdk 9334 (an account's ID is read back as its root's ARN).
"""

import json

import pytest

from iam.arns import root_arn
from iam.catalogue import CataloguedFacts
from iam.engine import PolicyType, findings
from tests.worlds import ACCOUNT_ID, document

OTHER = "111122223333"


def trusting(principal, action="sts:AssumeRole"):
    return document({"Effect": "Allow", "Principal": principal, "Action": action})


def saved(world, text):
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=text)
    return world.do("GetRole", RoleName="R")["Role"]["AssumeRolePolicyDocument"]


@pytest.mark.parametrize(
    "name",
    [
        "lamda.amazonaws.com",
        "ec2.amazon.com",
        "ecs-task.amazonaws.com",
        "ssm.us-east-1.amazonaws.com",
    ],
)
def test_a_service_that_does_not_exist_is_refused_where_it_stands(world, refusal, name):
    text = json.dumps(json.loads(trusting({"Service": ["ec2.amazonaws.com", name]})), indent=1)
    error = refusal("CreateRole", RoleName="R", AssumeRolePolicyDocument=text)
    assert (error.code, error.status) == ("MalformedPolicyDocument", 400)
    assert error.message == f'Invalid principal in policy: "SERVICE":"{name}"'
    assert text.splitlines()[error.line - 1][error.column - 1 :].startswith(f'"{name}"')
    assert error.detail.startswith("Did you mean ")
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=trusting({"AWS": ACCOUNT_ID}))
    error = refusal("UpdateAssumeRolePolicy", RoleName="R", PolicyDocument=text)
    assert error.message == f'Invalid principal in policy: "SERVICE":"{name}"'


@pytest.mark.parametrize("name", ["states.eu-west-1", "logs.us-east-1", "nosuchservice"])
def test_what_the_list_does_not_refuse_is_saved_as_typed(world, name):
    text = trusting({"Service": f"{name}.amazonaws.com"})
    assert saved(world, text) == text


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ec2.amazonaws.com", None),
        ("nosuchservice.amazonaws.com", ""),
        ("lamda.amazonaws.com", "Did you mean lambda.amazonaws.com?"),
    ],
)
def test_the_editor_finds_a_service_that_is_not_known(name, hint):
    found = findings(trusting({"Service": name}), PolicyType.TRUST, CataloguedFacts())
    messages = [one.message for one in found if one.code == "UNKNOWN_SERVICE_PRINCIPAL"]
    assert len(messages) == (0 if hint is None else 1)
    assert all(message.endswith(hint) for message in messages)


@pytest.mark.parametrize("several", [False, True])
def test_an_accounts_id_is_read_back_as_its_root_users_arn(world, several):
    world.add_account(OTHER)
    ids = [ACCOUNT_ID, OTHER] if several else [ACCOUNT_ID]
    arns = list(map(root_arn, ids))
    text = trusting({"AWS": ids if several else ids[0]})
    read = trusting({"AWS": arns if several else arns[0]})
    assert saved(world, text) == read
    assert world.do("ListRoles")["Roles"][0]["AssumeRolePolicyDocument"] == read
    details = world.do("GetAccountAuthorizationDetails")["RoleDetailList"]
    assert details[0]["AssumeRolePolicyDocument"] == read
    made = world.do("CreateRole", RoleName="S", AssumeRolePolicyDocument=text)["Role"]
    assert made["AssumeRolePolicyDocument"] == read
    world.do("UpdateAssumeRolePolicy", RoleName="S", PolicyDocument=text)
    assert world.do("GetRole", RoleName="S")["Role"]["AssumeRolePolicyDocument"] == read


def test_only_the_principals_string_is_rewritten_and_white_space_stays(world):
    text = f"""{{
      "Version": "2012-10-17",
      "Statement": [{{"Sid": "Principal", "Effect": "Allow",
        "Principal" : {{ "AWS": [ "{ACCOUNT_ID}" ], "Service": "ec2.amazonaws.com" }},
        "Action": "sts:AssumeRole",
        "Condition": {{"StringEquals": {{"aws:PrincipalAccount": "{ACCOUNT_ID}"}}}}}}]
    }}"""
    read = saved(world, text)
    assert read == text.replace(f'[ "{ACCOUNT_ID}" ]', f'[ "{root_arn(ACCOUNT_ID)}" ]')
    assert f'"aws:PrincipalAccount": "{ACCOUNT_ID}"' in read


def test_a_federated_principal_in_a_wrong_form_has_a_sentence_of_its_own(world, refusal):
    for name in ("https://oidc.eks.eu-west-1.amazonaws.com/id/1", "not a domain", "x"):
        text = trusting({"Federated": name}, "sts:AssumeRoleWithWebIdentity")
        error = refusal("CreateRole", RoleName="R", AssumeRolePolicyDocument=text)
        sentence = "Federated principals must be valid domain names or SAML metadata ARNs"
        assert (error.code, error.message) == ("MalformedPolicyDocument", sentence)
