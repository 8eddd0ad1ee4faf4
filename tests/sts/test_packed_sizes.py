"""PackedPolicySize, held against what was measured on AWS.

Sources: aws/containers-roadmap 2413 (74 %, 37 % and 112 %, with the sentence), 1803 and 1898 of
configure-aws-credentials (nine tags of 250 characters: 498 %), AWS CLI's example of
get-federation-token (36 %).
"""

import json
import secrets

import pytest

from iam.perform import perform
from iam.wire.errors import AwsError
from sts.credentials import open_token
from tests.sts.asking import assume, refused, session_from
from tests.worlds import allow, document

EKS = {
    "eks-cluster-arn": "arn:aws:eks:eu-central-1:111122223333:cluster/production-europe-1",
    "eks-cluster-name": "production-europe-1",
    "kubernetes-namespace": "payments-backend",
    "kubernetes-service-account": "payments-backend",
    "kubernetes-pod-name": "payments-backend-5d8f7c9b6d-x2x7k",
    "kubernetes-pod-uid": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
}
CUSTOM = {
    "tenant-id": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    "environment": "production",
    "cost-center": "4711",
    "service-name": "payments-backend",
    "data-classification": "internal",
}
CLI_EXAMPLE = document(
    *(
        {"Effect": "Allow", "Action": action, "Resource": "*"}
        for action in (
            "ec2:Describe*",
            "elasticloadbalancing:Describe*",
            ["cloudwatch:ListMetrics", "cloudwatch:GetMetricStatistics", "cloudwatch:Describe*"],
            "autoscaling:Describe*",
        )
    )
)


def tags(said):
    return {"Tags": [{"Key": key, "Value": value} for key, value in said.items()]}


@pytest.fixture
def ann(world):
    return world.add_user("ann", allow("sts:*"))


@pytest.fixture
def role(world):
    actions = ["sts:AssumeRole", "sts:TagSession"]
    everybody = document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": actions})
    made = {"RoleName": "Tags", "AssumeRolePolicyDocument": everybody}
    return world.do("CreateRole", **made)["Role"]["Arn"]


def test_nine_tags_of_250_equal_characters_take_498_percent(ann, role):
    error = refused(ann, role, **tags({f"T{n}": "a" * 250 for n in range(1, 10)}))
    assert (error.code, error.status) == ("PackedPolicyTooLarge", 400)
    assert error.message == "Packed size of session tags consumes 498% of allotted space."


def test_a_policy_and_an_arn_take_what_the_example_of_the_cli_shows(ann):
    given = {"PolicyArns": [{"arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}]}
    for policy in (CLI_EXAMPLE, json.dumps(json.loads(CLI_EXAMPLE), indent=4)):
        asked = {"Name": "Bob", "Policy": policy, **given}
        assert perform(ann, "sts:GetFederationToken", asked)["PackedPolicySize"] == 36


def test_tags_of_a_pod_leave_little_space_and_what_is_inherited_counts(world, ann, role):
    first = assume(ann, role, **tags(EKS), TransitiveTagKeys=list(EKS))
    of_pod = first["PackedPolicySize"]
    assert 69 <= of_pod <= 79
    own = assume(ann, role, **tags(CUSTOM))["PackedPolicySize"]
    assert 32 <= own <= 42
    session = session_from(world, first)
    assert assume(session, role)["PackedPolicySize"] == of_pod
    error = refused(session, role, **tags(CUSTOM))
    assert error.code == "PackedPolicyTooLarge"
    shares = {of_pod + own, of_pod + own - 1}
    assert error.message in {
        f"Packed size of session tags consumes {share}% of allotted space." for share in shares
    }


def test_without_policies_and_tags_there_is_no_size(ann, role):
    assert "PackedPolicySize" not in assume(ann, role)


def test_a_policy_of_random_text_is_too_large_below_the_limit_of_its_characters(ann, role):
    policy = allow("s3:*", resource=f"arn:aws:s3:::{secrets.token_hex(800)}")
    error = refused(ann, role, Policy=policy)
    assert error.code == "PackedPolicyTooLarge"
    assert error.message.endswith("% of allotted space, please use smaller policy.")


def test_whatever_fits_makes_a_token_of_at_most_4096_characters(world, ann, role):
    longest = tags({f"k{n}": secrets.token_hex(110) for n in range(2)})
    token = assume(ann, role, **longest)["Credentials"]["SessionToken"]
    assert len(token) < 4096
    assert len(open_token(token).tags) == 2
    with pytest.raises(AwsError, match="PackedPolicyTooLarge"):
        assume(ann, role, **tags({f"k{n}": secrets.token_hex(110) for n in range(3)}))
