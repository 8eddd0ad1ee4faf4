"""The candidates for what a student names: `let: {reader: {role: {account: you, new: true}}}`."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from console.labs.checks.case import Binding, Case

_MOST = 50


def _rows(case: Case, kind: str) -> list[Any]:
    if kind == "policy":
        return list({version.policy_id: version.policy for version in case.world.versions}.values())
    return list(case.world.roles if kind == "role" else case.world.users)


def _arns(case: Case, declared: Mapping[str, Any]) -> list[str]:
    (kind, wanted), *_ = declared.items()
    account_id = case.values.get(wanted["account"], wanted["account"])
    found = []
    for row in _rows(case, kind):
        new = row.unique_id not in case.start.unique_ids
        under = row.path.startswith(wanted.get("path", "/"))
        if row.account.account_id == account_id and under and new is wanted.get("new", new):
            found.append(row.arn)
    return found[:_MOST]


def candidates(case: Case, let: Mapping[str, Any]) -> Iterator[Binding]:
    """Yield every binding of the names; one without them where nothing fits."""
    choices = [[(name, arn) for arn in _arns(case, one)] for name, one in let.items()]
    if not all(choices):
        yield {}
        return
    for choice in product(*choices):
        yield dict(choice)
