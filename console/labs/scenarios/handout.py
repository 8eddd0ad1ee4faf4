"""What a sandbox's students sign in with, as handed out at its start."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password

from console.labs.scenarios.passwords import password_of, person_password_of, root_password_of
from console.labs.scenarios.reader import Data
from iam.models import Account, LoginProfile, Sandbox
from sts.built_in import people_of
from sts.built_in.models import Person


@dataclass(frozen=True)
class UserHandout:
    """A user with the password it had at the start; `start` marks whom the student begins as."""

    name: str
    password: str
    start: bool = False


@dataclass(frozen=True)
class AccountHandout:
    """An account with what it was handed out with, and the alias it has now."""

    account_id: str
    alias: str
    name: str
    root_email: str
    root_password: str
    users: tuple[UserHandout, ...]


@dataclass(frozen=True)
class PersonHandout:
    """Somebody of the sandbox's identity provider; the password is the start's, while it holds."""

    name: str
    groups: tuple[str, ...]
    password: str


def people_handout(sandbox: Sandbox, people: Iterable[Person] | None = None) -> list[PersonHandout]:
    """Return the people of the sandbox's identity provider, or some of them; one query.

    Who was given another password since is shown without one.
    """
    provider = kept_scenario(sandbox)["world"].get("identity_provider", {})
    kept = {one["name"]: person_password_of(sandbox, one) for one in provider.get("people", ())}
    found = []
    for person in people_of(sandbox) if people is None else people:
        password = kept.get(person.name, "")
        holds = bool(password) and check_password(password, person.password)
        found.append(PersonHandout(person.name, tuple(person.groups), password if holds else ""))
    return found


def kept_scenario(sandbox: Sandbox) -> Data:
    """Return the scenario a sandbox was seeded from, with the sandbox's own account IDs."""
    data: Data = json.loads(sandbox.scenario) if sandbox.scenario else {"world": {"accounts": {}}}
    return data


def _users(
    sandbox: Sandbox, data: Data, present: set[tuple[str, str]]
) -> dict[str, list[UserHandout]]:
    accounts = data["world"]["accounts"]
    found: dict[str, list[UserHandout]] = {}
    for user in data["world"].get("users", ()):
        account_id = accounts[user["account"]]["id"]
        if "console_password" not in user or (account_id, user["name"]) not in present:
            continue
        password = password_of(sandbox, account_id, user["name"], user["console_password"])
        handout = UserHandout(user["name"], password, user.get("start", False))
        found.setdefault(account_id, []).append(handout)
    return found


def start_passwords(sandbox: Sandbox) -> dict[tuple[str, str], str]:
    """Return the passwords of the start by account ID and user name; no query.

    People of the identity provider have no account.
    """
    world = kept_scenario(sandbox)["world"]
    found = {}
    for user in world.get("users", ()):
        account_id, kept = world["accounts"][user["account"]]["id"], user.get("console_password")
        if kept:
            who = account_id, user["name"]
            found[who] = password_of(sandbox, *who, kept)
    for person in world.get("identity_provider", {}).get("people", ()):
        found["", person["name"]] = person_password_of(sandbox, person)
    return found


def handout(sandbox: Sandbox) -> list[AccountHandout]:
    """Return the accounts with their handed-out users, without those deleted since; two queries.

    A password is the one of the start: a student may have changed it.
    """
    data = kept_scenario(sandbox)
    present = set(
        LoginProfile.in_sandbox(sandbox).values_list("user__account__account_id", "user__name")
    )
    users = _users(sandbox, data, present)
    rows = {row.account_id: row for row in Account.in_sandbox(sandbox)}
    return [
        AccountHandout(
            account_id=row.account_id,
            alias=row.alias,
            name=row.name,
            root_email=row.root_email,
            root_password=root_password_of(sandbox, account),
            users=tuple(users.get(row.account_id, ())),
        )
        for account in data["world"]["accounts"].values()
        if (row := rows.get(account["id"]))
    ]
