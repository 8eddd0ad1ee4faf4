"""How fast a request decides, to the bare engine with all that it needs at hand."""

from typing import Any

from iam import catalogue
from iam.authorization import PermissionCheck, authorize
from iam.callers import Caller
from iam.engine import Request, decide
from tests.bench.timing import least_cpu_milliseconds
from tests.worlds import document

_POLICIES, _A_GROUP = 30, 10
_ASKED = (
    ("s3:GetObject", "arn:aws:s3:::bench/report.csv"),
    ("iam:CreateRole", "arn:aws:iam::111122223333:role/bench"),
    ("iam:PassRole", "arn:aws:iam::111122223333:role/bench"),
    ("ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/*"),
    ("sts:AssumeRole", "arn:aws:iam::111122223333:role/bench"),
)
_CONDITIONS: tuple[dict[str, Any], ...] = (
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    {"Bool": {"aws:SecureTransport": "true"}},
    {"StringEquals": {"aws:RequestedRegion": ["us-east-1", "eu-central-1"]}},
    {"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
    {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/b*"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/*"}},
)


def user_of_many_policies(world: Any) -> Caller:
    """Return a user with 30 of AWS's managed policies, by groups, and one with conditions."""
    policies = catalogue.managed_policies()
    picked = policies[:: len(policies) // _POLICIES][:_POLICIES]
    statement = {"Effect": "Allow", "Action": ["s3:Get*", "iam:*", "ec2:*"], "Resource": "*"}
    world.add_user("ben", document(*({**statement, "Condition": one} for one in _CONDITIONS)))
    for number in range(0, _POLICIES, _A_GROUP):
        group = f"bench-{number}"
        world.do("CreateGroup", GroupName=group)
        for policy in picked[number : number + _A_GROUP]:
            world.do("AttachGroupPolicy", GroupName=group, PolicyArn=policy.arn)
        world.do("AddUserToGroup", GroupName=group, UserName="ben")
    caller: Caller = world.user("ben")
    caller.visit.most_work = 10**12  # a visit may not decide so often
    return caller


def speed_in_a_request(caller: Caller) -> float:
    """Return the ratio, over requests of several kinds."""
    checks = [PermissionCheck(*one) for one in _ASKED]
    made = [authorize(caller, check) for check in checks]

    def bare() -> None:
        for one in made:
            asked = one.request
            fields = (asked.principal, asked.action, asked.resource, asked.resource_account)
            decide(Request(*fields, {**asked.context}), one.policies)

    def request() -> None:
        for check in checks:
            authorize(caller, check)

    times = least_cpu_milliseconds({"bare": bare, "request": request}, 1_000)
    return times["bare"] / times["request"]
