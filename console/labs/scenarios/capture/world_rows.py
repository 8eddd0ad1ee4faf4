"""The rows of a sandbox that is captured, each with the name that the file gives its account."""

import json
import re
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, count
from typing import Any

from console.labs.scenarios.account_ids import ISSUER, ORGANIZATION, ORGANIZATION_ROOT
from console.labs.scenarios.reader import Data
from iam.models import Account, Role, Sandbox, Simulated, User

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_RESERVED = {ISSUER, ORGANIZATION, ORGANIZATION_ROOT}


def filled(**parts: Any) -> Data:
    """Return the parts that say something: none of them is empty, false or missing."""
    return {name: value for name, value in parts.items() if value not in (None, "", [], {}, False)}


def document_of(text: str) -> Any:
    """Return a policy document as YAML has it, or as the text it is where YAML would change it."""
    try:
        data = json.loads(text, parse_float=str)
    except ValueError:
        return text
    is_the_same = isinstance(data, dict) and json.dumps(data, indent=2) == text
    return data if is_the_same else text


def _account_names(accounts: Iterable[Account], avoid: frozenset[str]) -> dict[int, str]:
    """Return what the file calls each account, by primary key; nothing that is to be avoided."""
    names: dict[int, str] = {}
    for number, account in enumerate(accounts, start=1):
        plain = re.sub(r"[^a-z0-9]+", "-", account.name.lower()).strip("-")[:24]
        taken = _RESERVED.union(avoid, names.values())
        numbered = (f"account-{other}" for other in count(number))
        wanted = chain((account.start_name, plain), numbered)
        names[account.pk] = next(one for one in wanted if _NAME.fullmatch(one) and one not in taken)
    return names


class WorldRows:
    """A sandbox as it is captured."""

    def __init__(self, sandbox: Sandbox, avoid: frozenset[str] = frozenset()) -> None:
        self.sandbox = sandbox
        self.accounts: list[Account] = list(Account.in_sandbox(sandbox).order_by("pk"))
        self.names = _account_names(self.accounts, avoid)

    def rows(self, model: type[Simulated], *related: str) -> list[Any]:
        """Return a model's rows, the oldest first."""
        rows = model.in_sandbox(self.sandbox).order_by("pk")
        return list(rows.select_related(*related) if related else rows)

    @cached_property
    def users(self) -> list[User]:
        return self.rows(User, "account")

    @cached_property
    def roles(self) -> list[Role]:
        return self.rows(Role, "account", "trust")

    @cached_property
    def arns(self) -> dict[str, str]:
        """Return the ARN of each user and role by unique ID."""
        return {one.unique_id: one.arn for one in (*self.users, *self.roles)}

    def named(self, row: Any) -> Data:
        """Return how the file begins a part that belongs to an account."""
        return {"account": self.names[row.account_id], "name": row.name}

    def entity(self, row: Any, **parts: Any) -> Data:
        """Return a named thing with a path, and what else it has."""
        path = row.path if row.path != "/" else ""
        return {**self.named(row), **filled(path=path, **parts)}
