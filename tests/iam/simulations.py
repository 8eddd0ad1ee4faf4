"""Simulations as the tests of the simulator make them."""

from typing import Any

from tests.worlds import ACCOUNT_ID, World, allow, document

OTHER_ID = "111122223333"
A, B = "arn:aws:s3:::simulated/a", "arn:aws:s3:::simulated/b"
ALLOW_ALL = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
READ = allow("s3:GetObject")
DENY = document({"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"})
GET = ["s3:GetObject"]


def arn(kind: str, name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT_ID}:{kind}/{name}"


def custom(world: World, *policies: str, **params: Any) -> dict[str, Any]:
    """Simulate s3:GetObject, unless told otherwise, and return its one result."""
    given = {"ActionNames": GET, "PolicyInputList": list(policies), **params}
    (found,) = world.do("SimulateCustomPolicy", **given)["EvaluationResults"]
    return dict(found)


def of(world: World, source: str, **params: Any) -> dict[str, Any]:
    given = {"ActionNames": GET, "PolicySourceArn": source, **params}
    (found,) = world.do("SimulatePrincipalPolicy", **given)["EvaluationResults"]
    return dict(found)


def entry(name: str, *values: str, kind: str = "string") -> list[dict[str, Any]]:
    one = {"ContextKeyName": name, "ContextKeyValues": list(values), "ContextKeyType": kind}
    return [one]


def sources(result: dict[str, Any]) -> list[str]:
    return [one["SourcePolicyId"] for one in result["MatchedStatements"]]


CONDITIONED = document(
    {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::simulated/${aws:username}",
        "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}},
    }
)


def resource_policy(principal: str, effect: str = "Allow") -> str:
    return document(
        {
            "Effect": effect,
            "Principal": {"AWS": principal},
            "Action": ["s3:Get*", "s3:Put*"],
            "Resource": "arn:aws:s3:::simulated/*",
        }
    )
