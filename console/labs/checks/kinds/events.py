"""`event`: something happened in the world, and CloudTrail has it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from console.labs.checks.case import Binding, Case
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check
from iam.models import Event


def _matches(event: Event, asks: Mapping[str, Any]) -> bool:
    text = str(event.record)
    return all(one in text for one in asks.get("mentions", ()))


def judge_event(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Look for an event: `{action, by, result: allowed | {error: CODE}, mentions: [...]}`.

    What a session of a role does is done by the role.
    """
    asks = case.fill(check.asks, binding)
    name = asks["action"].partition(":")[2]
    wanted = Q(name=name)
    if "by" in asks:
        principal = case.principal(asks["by"])
        own = principal.unique_id if principal else ""
        wanted &= Q(principal_id=own) | Q(principal_id__startswith=f"{own}:")
    result = asks.get("result", "allowed")
    if result == "allowed":
        wanted &= Q(error_code="")
    elif isinstance(result, dict):
        wanted &= Q(error_code=result["error"])
    else:
        wanted &= ~Q(error_code="")
    events = Event.in_sandbox(case.sandbox).filter(wanted)
    found = any(_matches(event, asks) for event in events)
    status = Status.PASSED if found else Status.FAILED
    sent = f" with {', '.join(asks['mentions'])}" if asks.get("mentions") else ""
    question = f"Has {asks.get('by', 'anybody')} called {asks['action']}{sent}?"
    return CheckResult(check.name, status, question, "yes", "yes" if found else "not yet")
