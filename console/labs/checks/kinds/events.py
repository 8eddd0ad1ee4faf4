"""`event`: something happened in the world: CloudTrail has it, or the site saw it just now."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from console.labs.checks.actors import Actor, actor_of
from console.labs.checks.case import Binding, Case
from console.labs.checks.happenings import SEEN_BY_THE_SITE, mentions_all
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check
from iam.arns import account_of, name_in
from iam.models import Event
from iam.perform import event_name_of

Asks = Mapping[str, Any]

_DENIALS = ("AccessDenied", "Unauthorized")
_WORDS = {
    "ConsoleLogin": "signed in to the console",
    "SwitchRole": "switched to a role in the console",
    "ExitRole": "left a role in the console",
    "SessionEnded": "been signed out as the session ended",
    "ClockMoved": "moved the clock",
    "WhyOpened": "opened a page that says why",
    "PageVisited": "opened the page",
}


def _error_of(event: Event) -> str:
    """Return what an event failed with; a sign-in or a switch fails without a code."""
    outcome = (event.record.get("responseElements") or {}).get(event.name)
    return event.error_code or ("Failure" if outcome == "Failure" else "")


def _is_result(event: Event, wanted: Any) -> bool:
    error = _error_of(event)
    match wanted:
        case "allowed":
            return not error
        case "denied":
            return any(one in error for one in (*_DENIALS, "Failure"))
        case "refused":
            return bool(error)
        case _:
            return bool(error == wanted["error"])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)


def _is_on(event: Event, arn: str) -> bool:
    """Return whether a call named a resource: by its ARN, or by its name in its own account.

    The record of a denied call has no parameters, but the event what was asked of the engine.
    """
    record = event.record
    named = [record.get(one) for one in ("requestParameters", "resources", "additionalEventData")]
    asked = [one.get("resource") for one in event.decisions]
    texts = {*_texts(named), *_texts(event.resources), *_texts(asked)}
    if arn in texts:
        return True
    account_id = account_of(arn)
    return name_in(arn) in texts and account_id in {"", event.account_id}


def _tests(case: Case, asks: Asks, actor: Actor | None) -> list[Callable[[Event], bool]]:
    tests: list[Callable[[Event], bool]] = []
    if actor is not None:
        tests.append(actor.did)
    if "on" in asks:
        arn = asks["on"] if asks["on"].startswith("arn:") else case.arn(asks["on"], "role")
        tests.append(lambda event: _is_on(event, arn))
    if asks.get("mentions"):
        tests.append(lambda event: mentions_all(asks, str(event.record)))
    return tests


def _seen_now(case: Case, asks: Asks, name: str, actor: Actor | None) -> bool:
    return any(
        one.name == name and (actor is None or actor.is_behind(one.by))
        for one in case.happenings
        if mentions_all(asks, one.text)
    )


def _found(case: Case, asks: Asks, name: str, actor: Actor | None) -> tuple[bool, str]:
    """Return whether there is such an event, else what came of it so far."""
    events = Event.in_sandbox(case.sandbox).filter(name=name)
    tests, other = _tests(case, asks, actor), ""
    for event in events:
        if all(test(event) for test in tests):
            if _is_result(event, asks.get("result", "allowed")):
                return True, "yes"
            other = _error_of(event) or "allowed"
    return False, f"not yet: the answer was {other}" if other else "not yet"


def _question(asks: Asks, name: str, actor: Actor | None) -> str:
    who = actor.called if actor else "anybody"
    if asks["action"].startswith("console:"):
        did = _WORDS.get(name, name)
    else:
        did = f"called {asks['action']}"
    on = f" on {asks['on']}" if "on" in asks else ""
    sent = f" with {', '.join(asks['mentions'])}" if asks.get("mentions") else ""
    match asks.get("result", "allowed"):
        case "allowed":
            end = ""
        case "denied":
            end = " and been denied"
        case "refused":
            end = " and been refused"
        case wanted:
            end = f" and got {wanted['error']}"
    return f"Has {who} {did}{on}{sent}{end}?"


def judge_event(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Look for an event: `{action, by, on, result, mentions}`; one that was seen stays seen.

    What a session of a role does is done by the role.
    """
    asks = case.fill(check.asks, binding)
    name = event_name_of(asks["action"])
    actor = actor_of(case, asks["by"]) if "by" in asks else None
    question = _question(asks, name, actor)
    seen, got = f"{check.task}.{check.name}" in case.latched, "yes"
    if not seen and name in SEEN_BY_THE_SITE:
        seen, got = _seen_now(case, asks, name, actor), "not yet"
    elif not seen:
        seen, got = _found(case, asks, name, actor)
    status = Status.PASSED if seen else Status.FAILED
    return CheckResult(check.name, status, question, "yes", "yes" if seen else got)
