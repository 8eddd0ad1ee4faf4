"""What is decided: policies and requests that every engine can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ACCOUNT = "111122223333"
USER = f"arn:aws:iam::{ACCOUNT}:user/student"
CONTEXT = {"aws:username": "student", "aws:SourceIp": "192.0.2.1", "aws:SecureTransport": "true"}
SERVICES = (
    "ec2", "dynamodb", "sqs", "sns", "lambda", "kms", "logs", "secretsmanager", "iam", "s3",
)  # fmt: skip
_VERBS = ("Get", "Put", "List", "Delete")

Statement = dict[str, Any]
Asked = tuple[str, str]
"""An action and the ARN of a resource."""


@dataclass(frozen=True)
class Workload:
    """Identity policies, each a list of statements; the timed request; what to agree on."""

    name: str
    title: str
    policies: tuple[tuple[Statement, ...], ...]
    timed: Asked
    others: tuple[Asked, ...]

    @property
    def documents(self) -> Iterator[dict[str, Any]]:
        for statements in self.policies:
            yield {"Version": "2012-10-17", "Statement": list(statements)}

    @property
    def statements(self) -> int:
        return sum(map(len, self.policies))


def _allow(actions: str | list[str], resource: str) -> Statement:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def small() -> Workload:
    """One policy of two statements, the second of which allows."""
    return Workload(
        "a",
        "one policy of two statements",
        (
            (
                _allow("s3:ListBucket", "arn:aws:s3:::reports"),
                _allow("s3:GetObject", "arn:aws:s3:::reports/*"),
            ),
        ),
        ("s3:GetObject", "arn:aws:s3:::reports/2026/may.csv"),
        (
            ("s3:ListBucket", "arn:aws:s3:::reports"),
            ("s3:ListBucket", "arn:aws:s3:::reports/2026"),
            ("s3:PutObject", "arn:aws:s3:::reports/2026/may.csv"),
            ("s3:GetObject", "arn:aws:s3:::secrets/key"),
            ("iam:GetUser", USER),
        ),
    )


def large() -> Workload:
    """Twenty policies of ten statements over ten services; only the very last one matches.

    Every policy has a statement a service, with wildcards in both elements. A quarter of those of
    the service asked for cover the action too, and only the resource keeps them away.
    """
    policies = [
        tuple(_of_team(team, place, service) for place, service in enumerate(SERVICES))
        for team in range(20)
    ]
    policies[-1] = (*policies[-1][:-1], _allow(["s3:Get*"], "arn:aws:s3:::archive-*/*"))
    asked = [
        (f"{service}:{verb}Thing", _resource(service, team).replace("*", "x"))
        for service in SERVICES
        for verb in _VERBS
        for team in (0, 7, 19, 20)
    ]
    return Workload(
        "b",
        "20 policies of 10 statements, ten services",
        tuple(policies),
        ("s3:GetObject", "arn:aws:s3:::archive-2026/may.csv"),
        (("s3:PutObject", "arn:aws:s3:::archive-2026/may.csv"), *asked),
    )


def silent(statements: int) -> Workload:
    """One statement that allows, and some that cannot match, in policies of ten statements."""
    bodies = [
        _allow(f"svc{number % 50}:Get*", f"arn:aws:svc{number % 50}:::thing-{number}/*")
        for number in range(statements)
    ]
    policies = [tuple(bodies[start : start + 10]) for start in range(0, statements, 10)]
    last = (_allow("s3:GetObject", "arn:aws:s3:::reports/*"),)
    return Workload(
        f"{statements:,} silent",
        f"{statements:,} statements that cannot match",
        (*policies, last),
        ("s3:GetObject", "arn:aws:s3:::reports/2026/may.csv"),
        (),
    )


def _of_team(team: int, place: int, service: str) -> Statement:
    verb = _VERBS[(team + place) % len(_VERBS)]
    return _allow([f"{service}:{verb}*", f"{service}:Describe*"], _resource(service, team))


def _resource(service: str, team: int) -> str:
    if service == "s3":
        return f"arn:aws:s3:::team-{team}-*/*"
    return f"arn:aws:{service}:us-east-1:{ACCOUNT}:team-{team}-*"
