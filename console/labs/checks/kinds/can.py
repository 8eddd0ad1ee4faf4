"""`can`: whether a principal may do an action on a resource, or on every resource of a pattern."""

from collections.abc import Sequence

from console.labs.checks.case import Binding, Case
from console.labs.checks.circumstances import in_words
from console.labs.checks.kinds.calls import missing_subject, who_is_asked
from console.labs.checks.outcomes import Outcome, outcome_of
from console.labs.checks.probes import resources_like
from console.labs.checks.results import CheckResult, Status
from console.labs.checks.subjects import subject_of
from console.labs.files import Check


def _texts(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def judge_can(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Ask `{as, action, resource}` of each action and resource; a `*` stands for every one.

    What `circumstances_of` knows may be given besides, such as `context`.
    Every answer must be the expected one; the first that is not is shown.
    """
    asks = case.fill(check.asks, binding)
    subject = who_is_asked(check, subject_of(case, asks, binding))
    actions, resources = (", ".join(_texts(asks[name])) for name in ("action", "resource"))
    when = in_words(asks)
    question = f"Can {subject.called} do {actions} on {resources}{when}?"
    principal = subject.principal
    if principal is None:
        return missing_subject(check, question, subject)
    outcome = Outcome("", "", False)
    for action in _texts(asks["action"]):
        for pattern in _texts(asks["resource"]):
            for resource in resources_like(case, principal, action, pattern):
                wanted = case.check_on(action, resource, principal.caller)
                answer = principal.ask(wanted, subject.circumstances)
                outcome = outcome_of([*subject.entry, answer], check)
                if not outcome.passed:
                    question = f"Can {subject.called} do {action} on {resource}{when}?"
                    return _result(check, question, outcome)
    return _result(check, question, outcome)


def _result(check: Check, question: str, outcome: Outcome) -> CheckResult:
    status = Status.PASSED if outcome.passed else Status.FAILED
    return CheckResult(check.name, status, question, check.expect, outcome.got, outcome.decisive)
