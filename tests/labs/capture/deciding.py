"""What a world's policies allow on the probes of the labs, in words that no ID is in."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from console.labs.checks.probes import resources_like
from console.services.s3.models import Bucket
from iam.analysis import World, access_of, check_on, plain_origin, probes_of, who_can_assume
from iam.arns import bucket_arn, role_arn, user_arn
from iam.models import Account, Role, Sandbox, User
from iam.models.organizations import root_id
from sts.built_in import name_of

Facts = set[tuple[str, ...]]
_OBJECTS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")


def in_words(sandbox: Sandbox) -> Callable[[str], str]:
    """Return how a text reads without the IDs of a sandbox."""
    accounts = {row.pk: row for row in Account.in_sandbox(sandbox)}
    names = {row.account_id: f"<{row.name}>" for row in accounts.values()}
    names[name_of(sandbox).host] = "<issuer>"
    if sandbox.organization_id:
        names[sandbox.organization_id] = "<organization>"
        names[root_id(sandbox.organization_id)] = "<root>"
    for model in (User, Role):
        for row in model.in_sandbox(sandbox):
            names[row.unique_id] = f"<{accounts[row.account_id].name}/{row.name}>"

    def text(value: str) -> str:
        for old, new in names.items():
            value = value.replace(old, new)
        return value

    return text


def _patterns(world: World, buckets: list[str]) -> list[tuple[str, str]]:
    found = [(action, f"{bucket}/*") for bucket in buckets for action in _OBJECTS]
    for account in world.accounts:
        found += [("iam:PassRole", role_arn(account.account_id, "*"))]
        found += [("iam:CreateAccessKey", user_arn(account.account_id, "*"))]
    return found


def decisions(sandbox: Sandbox) -> Facts:
    """Return who reaches what, who may do what to which resource, and who assumes which role."""
    sandbox.refresh_from_db()
    plain = in_words(sandbox)
    world = World(sandbox, plain_origin(datetime.now(UTC)))
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
        facts |= {("assumes", role, plain(way.someone.arn), *way.needs) for way in entered.ways}
    return facts
