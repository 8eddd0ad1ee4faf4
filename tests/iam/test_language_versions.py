"""Where AWS takes a policy without Version, or of 2008-10-17, and what that means.

Sources: duo-labs/parliament 116, mapbox/cloudfriend 112 (inline policies of real accounts without
Version), cloudformation-template-generator PR 90 (a managed policy requires 2012-10-17),
Meteor-CollectionFS 630 (the sentence); IAM user guide, Version: without it, variables are text.
"""

import json

import pytest

from iam.authorization import authorize
from iam.engine import PolicyType, findings
from iam.perform import PermissionCheck, perform
from iam.policy_documents import policy_error
from tests.sts.asking import assume
from tests.worlds import ACCOUNT_ID, allow, trust

OLD: tuple[dict[str, str], ...] = ({}, {"Version": "2008-10-17"})
SENTENCE = "Policy document must be version 2012-10-17 or greater."


def of_version(version: dict[str, str], text: str) -> str:
    return json.dumps({**version, "Statement": json.loads(text)["Statement"]})


@pytest.mark.parametrize("version", OLD)
@pytest.mark.parametrize("kind", ["User", "Group", "Role"])
def test_an_inline_policy_may_be_old_and_comes_back_as_typed(world, kind, version):
    world.add_user("x")
    world.do("CreateGroup", GroupName="x")
    world.do("CreateRole", RoleName="x", AssumeRolePolicyDocument=trust(ACCOUNT_ID))
    text = of_version(version, allow("s3:GetObject"))
    named = {f"{kind}Name": "x", "PolicyName": "p"}
    world.do(f"Put{kind}Policy", **named, PolicyDocument=text)
    assert world.do(f"Get{kind}Policy", **named)["PolicyDocument"] == text


@pytest.mark.parametrize("version", OLD)
def test_a_managed_policy_and_so_a_boundary_may_not(world, refusal, version):
    text = of_version(version, allow("s3:GetObject"))
    error = refusal("CreatePolicy", PolicyName="p", PolicyDocument=text)
    assert (error.code, error.message) == ("MalformedPolicyDocument", SENTENCE)
    made = world.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("s3:GetObject"))["Policy"]
    error = refusal("CreatePolicyVersion", PolicyArn=made["Arn"], PolicyDocument=text)
    assert error.message == SENTENCE


@pytest.mark.parametrize("version", OLD)
def test_trust_session_and_simulated_policies_may(world, version):
    ann = world.add_user("ann", allow("sts:*"))
    trusting = of_version(version, trust(ACCOUNT_ID))
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=trusting)
    world.do("UpdateAssumeRolePolicy", RoleName="R", PolicyDocument=trusting)
    role = world.do("GetRole", RoleName="R")["Role"]["Arn"]
    assert assume(ann, role, Policy=of_version(version, allow("s3:*")))
    text = of_version(version, allow("s3:GetObject"))
    asked = {"PolicyInputList": [text], "ActionNames": ["s3:GetObject"]}
    (result,) = world.do("SimulateCustomPolicy", **asked)["EvaluationResults"]
    assert result["EvalDecision"] == "allowed"


@pytest.mark.parametrize(("version", "allowed"), [({}, False), ({"Version": "2012-10-17"}, True)])
def test_a_variable_is_plain_text_in_the_old_version(world, version, allowed):
    ann = world.add_user("ann")
    own = of_version(version, allow("iam:GetUser", resource="arn:aws:iam::*:user/${aws:username}"))
    world.do("PutUserPolicy", UserName="ann", PolicyName="own", PolicyDocument=own)
    assert authorize(ann, PermissionCheck("iam:GetUser", ann.arn)).allowed is allowed
    if allowed:
        assert perform(ann, "iam:GetUser", {"UserName": "ann"})


def test_the_editor_warns_of_an_old_inline_policy_and_refuses_an_old_managed_one():
    text = of_version({}, allow("s3:GetObject"))
    assert policy_error(text, PolicyType.INLINE) is None
    assert "MISSING_VERSION" in {one.code for one in findings(text, PolicyType.INLINE)}
    error = policy_error(text, PolicyType.IDENTITY)
    assert error
    assert error.message == SENTENCE
