"""Findings about policies of AWS's own user guides, by the whole catalogue."""

import json
from typing import Any

import pytest

from iam.policy_documents import PolicyType, policy_findings

INSTANCE = "arn:aws:ec2:*:*:instance/i-1234567890abcdef0"
VOLUMES = ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:instance/*"]


@pytest.mark.parametrize(("sample", "statement", "codes"), [
    ("IAM user guide: attach or detach volumes",
     {"Action": ["ec2:AttachVolume", "ec2:DetachVolume"], "Resource": VOLUMES,
      "Condition": {"ArnEquals": {"ec2:SourceInstanceARN": INSTANCE}}}, []),
    ("CloudFormation user guide: a transform of AWS's (duo-labs/parliament 122)",
     {"Action": "cloudformation:CreateChangeSet",
      "Resource": "arn:aws:cloudformation:us-west-2:aws:transform/Serverless-2016-10-31"}, []),
    ("the same for all", {"Action": "cloudformation:CreateChangeSet",
      "Resource": "arn:aws:cloudformation:*:aws:transform/*"}, []),
    ("no transform and nothing else", {"Action": "cloudformation:CreateChangeSet",
      "Resource": "arn:aws:cloudformation:*:aws:nothing/*"}, ["INVALID_ARN_RESOURCE"]),
    ("an old sample whose slash matches no function", {"Action": "lambda:InvokeFunction",
      "Resource": "arn:aws:lambda:*:*:function/*"}, ["INVALID_ARN_RESOURCE"]),
    ("policy checks reference: Error: Type mismatch IP range",
     {"Action": "s3:GetObject", "Resource": "*",
      "Condition": {"IpAddress": {"aws:SourceIp": "home"}}}, ["TYPE_MISMATCH_IP_RANGE"]),
])  # fmt: skip
def test_a_sample_has_these_findings(sample: str, statement: dict[str, Any], codes: list[str]):
    text = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})
    found = policy_findings(text, PolicyType.IDENTITY)
    assert [one.code for one in found] == codes, sample
    assert {one.severity.value for one in found} <= {"Error"}
