"""`call` and `assume`: an operation rehearsed, with all the checks that it needs."""

from collections.abc import Mapping
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.outcomes import outcome_of
from console.labs.checks.results import CheckResult, Status
from console.labs.checks.subjects import Subject, assume_params, subject_of
from console.labs.files import Check
from iam.perform import rehearse


def missing_result(check: Check, question: str, missing: str) -> CheckResult:
    """Return the result where there is nobody, or nothing, to ask about: a denial."""
    passed = check.expect in {"denied", "implicit_deny"}
    status = Status.PASSED if passed else Status.FAILED
    return CheckResult(check.name, status, question, check.expect, "denied", missing)


def _rehearsed(
    check: Check, subject: Subject, question: str, operation: str, params: Mapping[str, Any]
) -> CheckResult:
    if subject.principal is None:
        return missing_result(check, question, subject.missing)
    rehearsal = rehearse(subject.principal.caller, operation, params)
    if not rehearsal.authorizations:
        return missing_result(check, question, str(rehearsal.error))
    outcome = outcome_of(rehearsal.authorizations, check)
    got, passed = outcome.got, outcome.passed
    if rehearsal.error is not None and got == "allowed":
        got, passed = rehearsal.error.code, check.expect != "allowed"
    status = Status.PASSED if passed else Status.FAILED
    return CheckResult(check.name, status, question, check.expect, got, outcome.decisive)


def judge_call(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Rehearse an operation: `{as, operation, params}`."""
    asks = case.fill(check.asks, binding)
    subject = subject_of(case, asks["as"], binding)
    question = f"Can {subject.called} call {asks['operation']}?"
    return _rehearsed(check, subject, question, asks["operation"], asks.get("params") or {})


def judge_assume(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Rehearse AssumeRole: `{as, role}` with what the call may carry."""
    asks = case.fill(check.asks, binding)
    subject = subject_of(case, asks["as"], binding)
    role = asks["role"]
    if role.startswith("{"):
        return missing_result(check, f"Can {subject.called} assume a role?", "There is no role.")
    arn = case.arn(role, "role")
    sent = f" with the external ID {asks['external_id']}" if "external_id" in asks else ""
    question = f"Can {subject.called} assume {arn}{sent}?"
    return _rehearsed(check, subject, question, "sts:AssumeRole", assume_params(arn, asks))
