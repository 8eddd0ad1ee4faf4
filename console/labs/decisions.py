"""What a world's policies allow on the probes of the labs, in words that no ID is in."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from console.labs.checks.probes import resources_like
from console.services.s3.models import Bucket
from iam.analysis import World, access_of, check_on, plain_origin, probes_of, who_can_assume
from iam.arns import bucket_arn, role_arn, user_arn
from iam.models import Account, Role, Sandbox, User
from iam.models.organizations import root_id
from sts.built_in import name_of

_LOG_FILE = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/\S*\.json\.gz")
"""A delivered log: its name has its time, and a mark that no two have."""
Facts = set[tuple[str, ...]]
_OBJECT_ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")


def in_words(sandbox: Sandbox, values: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Return how a text reads without the IDs of a sandbox, and the values of its variables."""
    accounts = {row.pk: row for row in Account.in_sandbox(sandbox)}
    names = {row.account_id: f"<{row.name}>" for row in accounts.values()}
    names[name_of(sandbox).host] = "<issuer>"
    if sandbox.organization_id:
        names[sandbox.organization_id] = "<organization>"
        names[root_id(sandbox.organization_id)] = "<root>"
    for model in (User, Role):
        for row in model.in_sandbox(sandbox):
            names[row.unique_id] = f"<{accounts[row.account_id].name}/{row.name}>"

    names |= {value: f"<{name}>" for name, value in (values or {}).items()}

    def text(value: str) -> str:
        for old, new in names.items():
            value = value.replace(old, new)
        return _LOG_FILE.sub("<log file>", value)

    return text


def _patterns(world: World, buckets: list[str]) -> list[tuple[str, str]]:
    found = [(action, f"{bucket}/*") for bucket in buckets for action in _OBJECT_ACTIONS]
    for account in world.accounts:
        found += [("iam:PassRole", role_arn(account.account_id, "*"))]
        found += [("iam:CreateAccessKey", user_arn(account.account_id, "*"))]
    return found


def decisions_of(
    sandbox: Sandbox, at: datetime | None = None, values: Mapping[str, str] | None = None
) -> Facts:
    """Return who reaches what, who may do what to which resource, and who assumes which role.

    Two worlds with equal decisions decide the same on the probes. `values` are those of variables.
    """
    sandbox = Sandbox.objects.get(pk=sandbox.pk)
    plain = in_words(sandbox, values)
    world = World(sandbox, plain_origin(at or timezone.now()))
    buckets = [bucket_arn(row.name) for row in Bucket.in_sandbox(sandbox)]
    case: Any = SimpleNamespace(sandbox=sandbox, world=world)
    facts: Facts = set()
    for who, access in access_of(world, probes_of(world, buckets)).items():
        facts |= {("reaches", plain(who), *map(plain, probe)) for probe in access.reached}
        facts |= {("enters", plain(who), plain(role)) for role in access.roles}
    for action, pattern in _patterns(world, buckets):
        for someone in world.people.values():
            for resource in resources_like(case, someone, action, pattern):
                answer = someone.ask(check_on(world, action, resource)(someone.caller))
                facts.add((action, plain(someone.arn), plain(resource), str(answer.allowed)))
    for entered in who_can_assume(world):
        role = plain(entered.role.arn)
        facts |= {
            ("assumes", role, plain(way.someone.arn), *map(plain, way.needs))
            for way in entered.ways
        }
    return facts


def decisions_hash(facts: Facts) -> str:
    """Return a hash of decisions, to compare two worlds that are not on one site."""
    return sha256(json.dumps(sorted(facts)).encode()).hexdigest()
