"""`excess`: how much more somebody may do than the job needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.kinds.calls import missing_subject
from console.labs.checks.probes import NAME
from console.labs.checks.results import CheckResult, Status
from console.labs.checks.subjects import Subject, subject_of
from console.labs.files import Check
from console.services.s3.analysis import bucket_arns
from iam import catalogue
from iam.analysis import Probe, probes_of
from iam.arns import parse_arn
from iam.policy_documents import pattern_matches

_MOST_SHOWN = 5


def _texts(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _needed(asks: Mapping[str, Any]) -> Iterator[Probe]:
    for one in asks["needed"]:
        for action in _texts(one["action"]):
            for resource in _texts(one["resource"]):
                yield action, resource


def _beside(resource: str) -> Iterator[str]:
    """Return resources next to one, and one of the same kind elsewhere."""
    yield f"{resource.replace('*', '')}-{NAME}"
    arn = parse_arn(resource)
    if arn is not None:
        head = resource.removesuffix(arn.resource)
        kind = NAME if arn.service == "s3" else arn.resource.partition("/")[0]
        yield f"{head}{kind}/{NAME}" if "/" in arn.resource else f"{head}{NAME}"


def _around(needed: Sequence[Probe]) -> dict[str, set[str]]:
    """Return resources by service: those that are needed, and others."""
    found: dict[str, set[str]] = {}
    for action, resource in needed:
        service = found.setdefault(action.partition(":")[0].lower(), set())
        service.add(resource.replace("*", NAME))
        if resource != "*":
            service.update(_beside(resource))
    return found


def _tried(case: Case, needed: Sequence[Probe]) -> Iterator[tuple[str, list[str]]]:
    """Return resources with what is tried on them: actions of the services, sensitive ones."""
    for prefix, resources in _around(needed).items():
        service = catalogue.service(prefix)
        names = [f"{prefix}:{one.name}" for one in service.actions] if service else []
        for resource in sorted(resources):
            yield resource, names
    for action, resource in probes_of(case.world, bucket_arns(case.sandbox)):
        yield resource, [action]


def _allowed(case: Case, subject: Subject, needed: Sequence[Probe]) -> Iterator[Probe]:
    principal = subject.principal
    for resource, actions in _tried(case, needed):
        if principal is None or not actions:
            continue
        check = case.check_on(actions[0], resource, principal.caller)
        # Without a resource's policy, only its own policies could allow anything.
        spoken = [one for one in actions if check.policy or principal.speaks_of(one)]
        for action in spoken:
            if principal.ask(replace(check, action=action), subject.circumstances).allowed:
                yield action, resource


def _excess(case: Case, subject: Subject, needed: Sequence[Probe]) -> list[Probe]:
    return sorted(
        (action, resource)
        for action, resource in set(_allowed(case, subject, needed))
        if not any(
            pattern_matches(one.lower(), action.lower()) and pattern_matches(on, resource)
            for one, on in needed
        )
    )


def judge_excess(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Count what somebody may do besides what is needed: `{as, needed: [...], most: N}`."""
    asks = case.fill(check.asks, binding)
    subject = subject_of(case, asks, binding)
    most = asks.get("most", 0)
    question = f"How much more can {subject.called} do than it needs?"
    if subject.principal is None:
        return missing_subject(check, question, subject)
    found = _excess(case, subject, list(_needed(asks)))
    expected = f"at most {most} more" if most else "nothing more"
    if not found:
        return CheckResult(check.name, Status.PASSED, question, expected, "nothing more")
    shown = ", ".join(f"{action} on {resource}" for action, resource in found[:_MOST_SHOWN])
    got = f"{len(found)} more: {shown}{', …' if len(found) > _MOST_SHOWN else ''}"
    status = Status.PASSED if len(found) <= most else Status.FAILED
    return CheckResult(check.name, status, question, expected, got)
