"""`call` and `assume`: an operation rehearsed, with all the checks that it needs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.circumstances import in_words
from console.labs.checks.links import request_of, sent_in_words
from console.labs.checks.outcomes import outcome_of
from console.labs.checks.results import CheckResult, Status
from console.labs.checks.subjects import Subject, subject_of
from console.labs.documents import with_texts
from console.labs.files import Check
from iam.perform import Rehearsal


def missing_result(check: Check, question: str, missing: str) -> CheckResult:
    """Return the result where there is nobody, or nothing, to ask about: a denial."""
    passed = check.expect in {"denied", "implicit_deny"}
    status = Status.PASSED if passed else Status.FAILED
    return CheckResult(check.name, status, question, check.expect, "denied", missing)


def who_is_asked(check: Check, subject: Subject) -> Subject:
    """Return whom to ask: with `always` also a session that other circumstances may open."""
    denied = any(not one.allowed for one in subject.entry)
    if subject.principal is None and check.always and denied:
        return replace(subject, principal=subject.refused)
    return subject


def missing_subject(check: Check, question: str, subject: Subject) -> CheckResult:
    """Return the result where a way in is refused: what refuses it decides."""
    denied = next((one for one in subject.entry if not one.allowed), None)
    if denied is None:
        return missing_result(check, question, subject.missing)
    outcome = outcome_of([denied], replace(check, always=False))
    status = Status.PASSED if outcome.passed else Status.FAILED
    decisive = f"{subject.missing}: {outcome.decisive}"
    return CheckResult(check.name, status, question, check.expect, outcome.got, decisive)


def _of_rehearsal(
    check: Check, subject: Subject, question: str, rehearsal: Rehearsal
) -> CheckResult:
    if not rehearsal.authorizations:
        if rehearsal.allowed:  # AWS asks for no permission
            passed = check.expect == "allowed"
            status = Status.PASSED if passed else Status.FAILED
            return CheckResult(check.name, status, question, check.expect, "allowed")
        return missing_result(check, question, str(rehearsal.error))
    outcome = outcome_of((*subject.entry, *rehearsal.authorizations), check)
    got, passed = outcome.got, outcome.passed
    if rehearsal.error is not None and got == "allowed":
        got, passed = rehearsal.error.code, check.expect == "denied"
    status = Status.PASSED if passed else Status.FAILED
    return CheckResult(check.name, status, question, check.expect, got, outcome.decisive)


def _params_in_words(params: Mapping[str, Any]) -> str:
    """Say what a call is about: its texts, but no documents."""
    said = []
    for name, value in params.items():
        inner = list(value.values()) if isinstance(value, Mapping) else [value]
        if len(inner) == 1 and isinstance(inner[0], str):
            said.append(f"{name} {inner[0]}")
    return f" ({', '.join(said)})" if said else ""


def judge_call(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Rehearse an operation: `{as, operation, params}` or `{as, call: {operation: params}}`."""
    asks = case.fill(check.asks, binding)
    subject = who_is_asked(check, subject_of(case, asks, binding))
    operation = asks["operation"]
    params = asks.get("params") or {}
    named = _params_in_words(params)
    question = f"Can {subject.called} call {operation}{named}{in_words(asks)}?"
    if subject.principal is None:
        return missing_subject(check, question, subject)
    params = with_texts(operation, params)
    rehearsal = subject.principal.rehearse(operation, params, subject.circumstances)
    return _of_rehearsal(check, subject, question, rehearsal)


def judge_assume(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Rehearse the call that gives a session: `{as, role}` with what the call may carry."""
    asks = case.fill(check.asks, binding)
    subject = who_is_asked(check, subject_of(case, asks, binding))
    role = asks["role"]
    if role.startswith("{"):
        return missing_result(check, f"Can {subject.called} assume a role?", "There is no role.")
    arn = case.arn(role, "role")
    sent = sent_in_words(asks)
    question = f"Can {subject.called} assume {arn}{sent}{in_words(asks)}?"
    session = subject.assume(case, arn, request_of(asks), subject.circumstances)
    if session is None:
        return missing_subject(check, question, subject)
    return _of_rehearsal(check, subject, question, session.rehearsal)
