"""Policies that a captured world's identities, roles and buckets have."""

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from console.labs.scenarios.capture.world_rows import WorldRows, document_of, filled
from console.labs.scenarios.reader import Data
from iam.arns import iam_arn, is_aws_managed, parse_arn
from iam.models import Attachment, InlinePolicy, Policy, PolicyVersion
from iam.queries.principals import aws_principals, role_of_session, shown_each

_TYPES = {"AIDA": "user", "AROA": "role"}


def managed_name(arn: str) -> str:
    """Return a managed policy as a scenario names it: `123456789012/path/Name`."""
    found = parse_arn(arn)
    return arn if found is None or is_aws_managed(arn) else f"{found.account}/{found.id}"


class HeldPolicies:
    """The policies of identities: attached, embedded, and as a boundary."""

    def __init__(self, world: WorldRows) -> None:
        self._attached: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._inline: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
        for row in world.rows(Attachment):
            self._attached[self._owner(row)].append(managed_name(row.policy_arn))
        for row in world.rows(InlinePolicy, "document"):
            self._inline[self._owner(row)][row.name] = document_of(row.document.text)

    @staticmethod
    def _owner(row: Any) -> tuple[str, int]:
        owners = (("user", row.user_id), ("group", row.group_id), ("role", row.role_id))
        return next((kind, key) for kind, key in owners if key)

    def of(self, entity: Any) -> Data:
        """Return what an identity has, as the file says it."""
        owner = entity.arn_type, entity.pk
        boundary = getattr(entity, "boundary_arn", "")
        return {
            "managed": self._attached[owner],
            "inline": self._inline[owner],
            "boundary": managed_name(boundary) if boundary else "",
        }


def customer_policies(world: WorldRows) -> list[Data]:
    """Return the customer managed policies with their versions."""
    versions = defaultdict(list)
    for row in world.rows(PolicyVersion, "document"):
        versions[row.policy_id].append(row)
    return [
        world.entity(
            policy,
            description=policy.description,
            tags=policy.tags,
            versions=_versions(sorted(versions[policy.pk], key=lambda one: one.number)),
        )
        for policy in world.rows(Policy, "account")
    ]


def _versions(rows: list[PolicyVersion]) -> list[Data]:
    first_is_one = [row.number for row in rows] == list(range(1, len(rows) + 1))
    return [
        {
            **filled(number=0 if first_is_one else row.number, default=row.is_default),
            "document": document_of(row.document.text),
        }
        for row in rows
    ]


class PrincipalPolicies:
    """Policies that name principals: a trust policy, a bucket's policy."""

    def __init__(self, world: WorldRows) -> None:
        self._world = world

    @cached_property
    def _roles(self) -> set[tuple[str, str]]:
        return {(role.account.account_id, role.name) for role in self._world.roles}

    def of(self, text: str, bound: Mapping[str, str]) -> tuple[Any, list[str]]:
        """Return a document with its principals as they are called now, and those that are gone."""
        arns = self._world.arns
        there = {name: unique_id for name, unique_id in bound.items() if unique_id in arns}
        (text,) = shown_each(self._world.sandbox, [(text, there)])
        gone = []
        for name in bound.keys() - there.keys():
            arn = name if parse_arn(name) else self._made_up(name)
            text = text.replace(json.dumps(name), json.dumps(arn))
            gone.append(arn)
        gone += self._roles_of_sessions(text)
        return document_of(text), sorted(set(gone))

    def _made_up(self, unique_id: str) -> str:
        """Return a name for a principal of which only the ID is known."""
        account_id = self._world.accounts[0].account_id
        return iam_arn(account_id, _TYPES[unique_id[:4]], f"deleted-{unique_id[-6:]}", "/")

    def _roles_of_sessions(self, text: str) -> list[str]:
        """Return the roles that are gone and of which the policy names a session."""
        named = [arn for name in aws_principals(text) if (arn := parse_arn(name))]
        sessions = {(arn.account, role_of_session(arn)) for arn in named}
        return [
            iam_arn(account_id, "role", name, "/")
            for account_id, name in sessions - self._roles
            if name
        ]
