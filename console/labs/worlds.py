"""A lab's world: a sandbox seeded from the lab's file, with values of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from console.labs.checks import Start, start_of
from console.labs.checks.saved_sessions import keep_results
from console.labs.files import LabFile, fresh_values
from console.labs.files.durations import span_of
from console.labs.scenarios import seed_scenario
from console.labs.scenarios.account_ids import (
    ISSUER,
    everywhere,
    filling_names,
    organization_names,
)
from console.labs.scenarios.handout import kept_scenario
from console.labs.steps import make_assertion, perform_call
from iam.models import AccessKey, Account, LoginProfile, MfaDevice, Sandbox
from iam.models import User as IamUser
from sts.built_in import name_of
from sts.built_in.models import Person

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LabWorld:
    """A new sandbox, the values of its names, and what it was at its start."""

    sandbox: Sandbox
    values: Mapping[str, str]
    start: Start


def own_names(sandbox: Sandbox) -> dict[str, str]:
    """Return what names stand for in a lab's world: its issuer, its organization, each account."""
    accounts = kept_scenario(sandbox)["world"]["accounts"]
    units = [one.get("organizational_unit", "") for one in accounts.values()]
    own = sandbox.organization_id
    return {
        ISSUER: name_of(sandbox).host,
        **(organization_names(own, units) if own else {}),
        **{name: str(account["id"]) for name, account in accounts.items()},
    }


@dataclass
class _Past:
    """A world whose history is made."""

    sandbox: Sandbox
    values: Mapping[str, str]
    saved: dict[str, Any] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


class HistoryError(ValueError):
    """A step of a lab's history that AWS refuses."""


def _at(step: Mapping[str, Any]) -> timedelta:
    return span_of(step["at"]) if "at" in step else timedelta()


def _before_history(lab: LabFile) -> timedelta:
    """Return how long before the start a world is made: a day before its history begins."""
    return _DAY - min(map(_at, lab.history)) if lab.history else timedelta()


def _history(
    lab: LabFile, sandbox: Sandbox, values: Mapping[str, str], start: datetime
) -> dict[str, Any]:
    """Perform a lab's history, the oldest step first; return what it saved."""
    past = _Past(sandbox, values)
    for step in sorted(lab.history, key=_at):
        sandbox.refresh_from_db()
        if "assertion" in step:
            make_assertion(past, step, start + _at(step))
        else:
            perform_call(past, step, lab.student.starts, start + _at(step))
        expected = step.get("denied") == "expected"
        if past.refused and not expected:
            raise HistoryError(f"{lab.slug}: the history makes a refused call: {past.refused[0]}")
        past.refused.clear()
    return past.saved


def _mark_start(sandbox: Sandbox) -> None:
    """Mark every credential that there is as one of the start, and name each user for good.

    A lab's rules know by this what is the student's own. Users that are renamed later keep the
    names that a lab's file has for them.
    """
    for model in (AccessKey, LoginProfile, MfaDevice, Person):
        model.in_sandbox(sandbox).update(from_start=True)
    for account in Account.in_sandbox(sandbox):
        users = IamUser.in_sandbox(sandbox).filter(account=account)
        users.update(start_name=Concat(Value(f"{account.start_name}/"), F("name")))


def make_lab_world(
    lab: LabFile, attempt: str, owner: User, fixed: Mapping[str, str] | None = None
) -> LabWorld:
    """Make a lab's world for an attempt; `fixed` are variables with a value of the caller's."""
    values = {**fresh_values(lab.variables, attempt), **(fixed or {})}
    world = everywhere(lab.world, filling_names(values)) if values else lab.world
    text = json.dumps({"schema": 1, "title": lab.title, "world": world})
    now = timezone.now()
    sandbox = seed_scenario(text, owner, moment=now - _before_history(lab)).sandbox
    values |= own_names(sandbox)
    saved = _history(lab, sandbox, values, now)
    _mark_start(sandbox)
    start = replace(start_of(sandbox), saved=keep_results(saved, sandbox))
    return LabWorld(sandbox, values, start)
