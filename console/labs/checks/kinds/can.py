"""`can`: whether a principal may do an action on a resource, or on every resource of a pattern."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.circumstances import in_words
from console.labs.checks.kinds.calls import missing_subject, who_is_asked
from console.labs.checks.outcomes import Outcome, outcome_of
from console.labs.checks.probes import as_asked, resources_like, session_names, texts
from console.labs.checks.results import CheckResult, Status
from console.labs.checks.subjects import Subject, subject_of
from console.labs.files import Check


def _in_other_sessions(
    case: Case, check: Check, asks: Mapping[str, Any], subject: Subject, binding: Binding
) -> Iterator[Subject]:
    """Yield a session under each name that a policy has thought of: callers choose it."""
    who = asks["as"]
    if not check.always or not isinstance(who, Mapping) or "chain" not in who:
        return
    if "session_name" in who or subject.principal is None:
        return
    for action in texts(asks["action"]):
        for resource in texts(asks["resource"]):
            for name in session_names(case, subject.principal, action, resource):
                yield subject_of(case, {**asks, "as": {**who, "session_name": name}}, binding)


def _first_failure(
    case: Case, check: Check, asks: Mapping[str, Any], subject: Subject
) -> tuple[str, Outcome]:
    """Return the first outcome that is not the expected one, with its question; else the last."""
    principal, outcome, question = subject.principal, Outcome("", "", False), ""
    if principal is None:
        return question, outcome
    for action in texts(asks["action"]):
        for pattern in texts(asks["resource"]):
            for resource in resources_like(case, principal, action, pattern):
                wanted = case.check_on(action, resource, principal.caller)
                answer = principal.ask(wanted, subject.circumstances)
                outcome = outcome_of([*subject.entry, answer], check)
                named = as_asked(resource, pattern)
                question = f"Can {subject.called} do {action} on {named}{in_words(asks)}?"
                if not outcome.passed:
                    return question, outcome
    return question, outcome


def judge_can(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Ask `{as, action, resource}` of each action and resource; a `*` stands for every one.

    What `circumstances_of` knows may be given besides, such as `context`.
    Every answer must be the expected one; the first that is not is shown.
    """
    asks = case.fill(check.asks, binding)
    subject = who_is_asked(check, subject_of(case, asks, binding))
    actions, resources = (", ".join(texts(asks[name])) for name in ("action", "resource"))
    question = f"Can {subject.called} do {actions} on {resources}{in_words(asks)}?"
    if subject.principal is None:
        return missing_subject(check, question, subject)
    asked, outcome = _first_failure(case, check, asks, subject)
    if not outcome.passed:
        return _result(check, asked, outcome)
    for other in _in_other_sessions(case, check, asks, subject, binding):
        asked, other_outcome = _first_failure(case, check, asks, who_is_asked(check, other))
        if other.principal is not None and not other_outcome.passed:
            name = other.principal.caller.arn.rpartition("/")[2]
            return _result(check, f"{asked[:-1]} in a session called {name}?", other_outcome)
    return _result(check, question, outcome)


def _result(check: Check, question: str, outcome: Outcome) -> CheckResult:
    status = Status.PASSED if outcome.passed else Status.FAILED
    return CheckResult(check.name, status, question, check.expect, outcome.got, outcome.decisive)
