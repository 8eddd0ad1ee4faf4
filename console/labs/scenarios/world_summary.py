"""What is in a scenario's world, in short: who is there, and who can assume what."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from console.labs.scenarios.handout import kept_scenario
from console.labs.scenarios.seeds import seed_scenario
from console.services.s3.models import Bucket
from iam.analysis import World, plain_origin, who_can_assume
from iam.arns import name_in
from iam.models import Sandbox
from sts.built_in import name_of, people_of

Summary = dict[str, Any]
_MOST_ROLES = 200


def _named(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _counted(world: World, buckets: int, people: int) -> str:
    parts = [
        _named(len(world.accounts), "account"),
        _named(len(world.users), "user"),
        _named(len(world.roles), "role"),
        _named(buckets, "bucket"),
    ]
    return ", ".join([*parts, *([f"{people} at the identity provider"] if people else [])])


def _starting(sandbox: Sandbox) -> set[tuple[str, str]]:
    users = kept_scenario(sandbox)["world"].get("users", ())
    return {(user["account"], user["name"]) for user in users if user.get("start")}


def _accounts(world: World, buckets: list[Bucket]) -> list[Summary]:
    users, roles, stores = defaultdict(list), defaultdict(list), defaultdict(list)
    starting = _starting(world.sandbox)
    for user in world.users:
        starts = (user.account.start_name, user.name) in starting
        users[user.account_id].append({"name": user.name, "start": starts})
    for role in world.roles:
        roles[role.account_id].append(role.name)
    for bucket in buckets:
        stores[bucket.account_id].append(bucket.name)
    return [
        {
            "name": account.start_name,
            "title": account.name,
            "alias": account.alias,
            "users": users[account.pk],
            "roles": roles[account.pk],
            "buckets": stores[account.pk],
        }
        for account in sorted(world.accounts, key=lambda one: one.pk)
    ]


def _provider(arn: str, sandbox: Sandbox) -> str:
    """Return who comes in by a provider of an account, or by a web identity provider."""
    name = name_in(arn)
    own = name == name_of(sandbox).host
    return "people of the identity provider" if own else f"people of the provider {name}"


def _entrances(world: World, sandbox: Sandbox) -> list[Summary]:
    """Return who can assume each role; an account's ID reads as its name."""
    names = {account.account_id: account.start_name for account in world.accounts}
    found = []
    for entered in who_can_assume(world, world.roles[:_MOST_ROLES]):
        inside = {f"{names[way.someone.account_id]}/{way.someone.name}" for way in entered.ways}
        outside = {*entered.services, *(_provider(one, sandbox) for one in entered.federated)}
        of = names[entered.role.account.account_id]
        by = sorted(inside) + sorted(outside)
        found.append({"role": f"{of}/{entered.role.name}", "by": by})
    return found


def _summary(sandbox: Sandbox) -> Summary:
    world = World(sandbox, plain_origin(datetime.now(UTC)))
    buckets = list(Bucket.in_sandbox(sandbox).only("name", "account_id"))
    people = [person.name for person in people_of(sandbox)]
    return {
        "counts": _counted(world, len(buckets), len(people)),
        "accounts": _accounts(world, buckets),
        "people": people,
        "entrances": _entrances(world, sandbox),
    }


def summarize(text: str, owner: User) -> Summary:
    """Return what a scenario's world has in it; raises ScenarioError.

    The world is made to see it, and nothing of it stays.
    """
    with transaction.atomic():
        summary = _summary(seed_scenario(text, owner).sandbox)
        transaction.set_rollback(True)
    return summary
