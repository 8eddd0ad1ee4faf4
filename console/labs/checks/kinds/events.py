"""`event`: something happened in the world, and CloudTrail has it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from console.labs.checks.case import Binding, Case
from console.labs.checks.happenings import SEEN_BY_THE_SITE, mentions_all
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check
from iam.models import Event


def judge_event(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Look for an event: `{action, by, result: allowed | {error: CODE}, mentions: [...]}`.

    What a session of a role does is done by the role.
    """
    asks = case.fill(check.asks, binding)
    seen = f"{check.task}.{check.name}" in case.latched or _is_seen(case, asks)
    status = Status.PASSED if seen else Status.FAILED
    sent = f" with {', '.join(asks['mentions'])}" if asks.get("mentions") else ""
    question = f"Has {asks.get('by', 'anybody')} called {asks['action']}{sent}?"
    return CheckResult(check.name, status, question, "yes", "yes" if seen else "not yet")


def _is_seen(case: Case, asks: Mapping[str, Any]) -> bool:
    name = asks["action"].partition(":")[2]
    principal = case.principal(asks["by"]) if "by" in asks else None
    own = principal.unique_id if principal else ""
    if name in SEEN_BY_THE_SITE:
        return any(
            one.name == name
            and ("by" not in asks or one.by == own or one.by.startswith(f"{own}:"))
            and mentions_all(asks, one.text)
            for one in case.happenings
        )
    wanted = Q(name=name)
    if "by" in asks:
        wanted &= Q(principal_id=own) | Q(principal_id__startswith=f"{own}:")
    return any(mentions_all(asks, str(one.record)) for one in _events(case, asks, wanted))


def _events(case: Case, asks: Mapping[str, Any], wanted: Q) -> QuerySet[Event]:
    result = asks.get("result", "allowed")
    if result == "allowed":
        wanted &= Q(error_code="")
    elif isinstance(result, dict):
        wanted &= Q(error_code=result["error"])
    else:
        wanted &= ~Q(error_code="")
    events: QuerySet[Event] = Event.in_sandbox(case.sandbox).filter(wanted)
    return events
