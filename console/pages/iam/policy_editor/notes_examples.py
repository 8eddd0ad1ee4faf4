"""The trust policies of the course notes, for the visitor's own account."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iam.arns import root_arn, user_arn


@dataclass(frozen=True)
class Example:
    """A document of the notes, with its menu item and what it does."""

    slug: str
    label: str
    description: str
    document: str


def examples(account_id: str) -> list[Example]:
    """Return the notes' documents, in their order."""
    root = root_arn(account_id)
    two_users = [user_arn(account_id, name) for name in ("user1", "user2")]
    denied = user_arn(account_id, "User3")
    return [
        Example(
            "root",
            "Account root",
            "All users of the account that STS permission is given to",
            _written([_statement("Allow", root)]),
        ),
        Example(
            "two-users",
            "Two named users",
            "user1 and user2 only",
            _written([_statement("Allow", two_users, sid="one")]),
        ),
        Example(
            "deny",
            "Deny of two users",
            "No Allow in it, so nobody can assume the role",
            _written([_statement("Deny", two_users)]),
        ),
        Example(
            "all-but-one",
            "Root allowed, one user denied",
            "The fourth document, with the list of statements that it lacks in print",
            _written([_statement("Allow", root, sid="one"), _statement("Deny", denied, sid="two")]),
        ),
    ]


def _statement(effect: str, principals: str | Sequence[str], sid: str = "") -> dict[str, Any]:
    named: dict[str, Any] = {"Sid": sid} if sid else {}
    return {
        **named,
        "Effect": effect,
        "Principal": {"AWS": principals},
        "Action": "sts:AssumeRole",
        "Condition": {},
    }


def _written(statements: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)
