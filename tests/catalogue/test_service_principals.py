"""Names of service principals: those that exist, those that do not, and the rest.

Sources: hashicorp/terraform 35086 (`"SERVICE":"tagging.amazonaws.com"`), aws-cdk-examples 801
(`"SERVICE":"amazonaws.com"`), aws/aws-cdk 17646, 16188, 22327 (Regions in names), CDK's region-info
2.269 (states, codedeploy, logs).
"""

import re

import pytest

from iam.catalogue.editions import DATA
from iam.catalogue.policies import DOCUMENTS
from iam.catalogue.service_principals import Standing, did_you_mean, standing_of


@pytest.mark.parametrize(
    "name",
    [
        *(
            "ec2",
            "lambda",
            "ecs-tasks",
            "edgelambda",
            "vmie",
            "states",
            "delivery.logs",
            "logging.s3",
        ),
        *(
            "pods.eks",
            "logdelivery.elasticloadbalancing",
            "custom-resource.application-autoscaling",
        ),
        *("states.eu-west-1", "codedeploy.us-east-1", "logs.eu-central-1", "ssm.ap-east-1", "s3"),
    ],
)
def test_a_service_is_known(name: str) -> None:
    assert standing_of(f"{name}.amazonaws.com") is Standing.KNOWN


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("lamda.amazonaws.com", "lambda.amazonaws.com"),
        ("lambdas.amazonaws.com", "lambda.amazonaws.com"),
        ("labmda.amazonaws.com", "lambda.amazonaws.com"),
        ("lambda.us-east-1.amazon.com", "lambda.amazonaws.com"),
        ("ecs-task.amazonaws.com", "ecs-tasks.amazonaws.com"),
        ("ec2.amazon.com", "ec2.amazonaws.com"),
        ("ec2.amazonaws.org", "ec2.amazonaws.com"),
        ("ssm.us-east-1.amazonaws.com", "ssm.amazonaws.com"),
        ("lamda.us-east-1.amazonaws.com", "lambda.amazonaws.com"),
        ("tagging.amazonaws.com", ""),
        ("amazonaws.com", ""),
        ("example.com", ""),
    ],
)
def test_a_name_is_wrong(name: str, meant: str) -> None:
    assert standing_of(name) is Standing.WRONG
    assert did_you_mean(name) == (f"Did you mean {meant}?" if meant else "")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "nosuchservice.amazonaws.com",
            "new.lambda.amazonaws.com",
            "lambda.eu-west-1.amazonaws.com",
        ),
        *("zzz.amazonaws.com", "ec2.amazonaws.eu", "events.amazonaws.internal.aws.internal"),
    ],
)
def test_what_the_list_does_not_decide_is_unknown(name: str) -> None:
    assert standing_of(name) is Standing.UNKNOWN


def test_no_service_that_a_policy_of_aws_passes_a_role_to_is_refused() -> None:
    text = (DATA / DOCUMENTS).read_text(encoding="utf-8")
    blocks = re.findall(r'"iam:(?:PassedToService|AWSServiceName)": ?(\[[^]]*\]|"[^"]*")', text)
    named = {name for block in blocks for name in re.findall(r'"([a-z0-9.-]+)"', block)}
    assert len(named) > 100
    assert {name for name in named if standing_of(name) is Standing.WRONG} == set()
