"""`unchanged_access` and `keep`: who reaches what, compared with the start."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.changed_policies import gains_of
from console.labs.checks.results import CheckResult, Status
from console.labs.checks.subjects import called_in
from console.labs.files import Check
from iam.analysis import Access, Probe, probe_for
from iam.arns import parse_arn
from iam.policy_documents import pattern_matches

_NOBODY = Access()
_MOST_SHOWN = 5
_MOST_OF_ONE = 20


def _allowed(case: Case, asks: Mapping[str, Any], who: str) -> list[Mapping[str, Any]]:
    return [one for one in asks.get("allow", ()) if case.arn(one["as"]) == who]


def _is_allowed(rules: list[Mapping[str, Any]], action: str, resource: str) -> bool:
    for rule in rules:
        if "role" in rule and not {"action", "resource"} & rule.keys():
            continue
        actions, resources = rule.get("action", "*"), rule.get("resource", "*")
        of_actions = [actions] if isinstance(actions, str) else actions
        of_resources = [resources] if isinstance(resources, str) else resources
        if any(pattern_matches(one, action) for one in of_actions) and any(
            pattern_matches(one, resource) for one in of_resources
        ):
            return True
    return False


def _enters(rules: list[Mapping[str, Any]], role: str) -> bool:
    return any(pattern_matches(rule.get("role", ""), role) for rule in rules if "role" in rule)


def _is_entered(who: str) -> bool:
    """Return whether others act as it: a role, or the people of an identity provider."""
    arn = parse_arn(who)
    return arn is not None and arn.service == "iam" and not arn.resource.startswith("user/")


def _could_before(case: Case, old: Access, probe: Probe) -> bool:
    """Return whether somebody could do the same to every role at the start, and to a new one now.

    So who may edit every role gains nothing where a role is made.
    """
    action, resource = probe
    return resource in case.new_roles and probe_for(action, resource) in old.reached


def _asked_about(case: Case) -> Iterator[tuple[str, Access, Access]]:
    """Return who is compared: a role that was made since counts as what those inside reach."""
    before = case.start.access
    for who, access in case.access.items():
        if who in before or not _is_entered(who):
            yield who, access, before.get(who, _NOBODY)


def _gains(case: Case, asks: Mapping[str, Any]) -> Iterator[str]:
    """Say who reaches more than at the start: first roles, which are why the rest is reached."""
    for who, access, old in _asked_about(case):
        rules = _allowed(case, asks, who)
        for role in sorted(access.roles - old.roles):
            if not _enters(rules, role):
                yield f"{who} can now act as {role}"
    for who, access, old in _asked_about(case):
        rules = _allowed(case, asks, who)
        for action, resource in sorted(access.reached - old.reached):
            known = _could_before(case, old, (action, resource))
            if not known and not _is_allowed(rules, action, resource):
                yield f"{who} can now do {action} on {resource}"


def _gains_by_policies(case: Case, asks: Mapping[str, Any]) -> Iterator[str]:
    """Say who gains what the default probes do not know: `closely`, and roles that are entered.

    Who may gain something may gain it by a role, too.
    """
    closely = {case.arn(one) for one in asks.get("closely", ())}
    for who in case.start.policies:
        principal = case.world.someone(who)
        inside = [one for one, access in case.access.items() if who in access.roles]
        is_entered = principal is not None and principal.kind == "role" and bool(inside)
        if principal is None or not (is_entered or who in closely):
            continue
        rules = [rule for one in (who, *inside) for rule in _allowed(case, asks, one)]
        for action, resource in islice(gains_of(case, principal), _MOST_OF_ONE):
            if not _is_allowed(rules, action, resource):
                yield f"{who} can now do {action} on {resource}"


def _losses(case: Case) -> Iterator[str]:
    for who, old in case.start.access.items():
        lost = old.reached - case.access.get(who, _NOBODY).reached
        for action, resource in sorted(lost):
            yield f"{who} can no longer do {action} on {resource}"


def _changes(case: Case, asks: Mapping[str, Any]) -> Iterator[str]:
    yield from _gains(case, asks)
    yield from _gains_by_policies(case, asks)
    if asks.get("lost") != "ok":
        yield from _losses(case)


def _compared(check: Check, question: str, changes: Iterator[str]) -> CheckResult:
    found = list(changes)
    status = Status.FAILED if found else Status.PASSED
    got = "; ".join(found[:_MOST_SHOWN]) or "yes"
    more = f"; and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
    decisive = found[0] if found else ""
    return CheckResult(check.name, status, question, "yes", f"{got}{more}", decisive)


def judge_unchanged_access(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Compare who reaches what with the start: `{of: all, allow, lost: ok, closely: [...]}`."""
    asks = case.fill(check.asks, binding)
    question = "Does everybody else reach what they reached at the start, and no more?"
    return _compared(check, question, _changes(case, asks))


def _kept(case: Case, asks: Mapping[str, Any], reference: str) -> Iterator[str]:
    """Say which decisions on probes about somebody's own calls are others than at the start."""
    who = case.arn(reference)
    is_spared = partial(_is_allowed, asks.get("except", []))
    new, old = (one.get(who, _NOBODY).own for one in (case.access, case.start.access))
    principal = case.principal(reference)
    if who not in case.access or principal is None:
        yield f"there is no {reference} any more"
        return
    for action, resource in sorted(old - new):
        if not is_spared(action, resource):
            yield f"{reference} can no longer do {action} on {resource}"
    further = gains_of(case, principal) if principal.kind == "role" else ()
    for action, resource in sorted({*(new - old), *further}):
        known = _could_before(case, case.start.access.get(who, _NOBODY), (action, resource))
        if not known and not is_spared(action, resource):
            yield f"{reference} can now do {action} on {resource}"


def judge_keep(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Compare what given principals may do themselves with the start: `{of, except}`."""
    asks = case.fill(check.asks, binding)
    people = [asks["of"]] if isinstance(asks["of"], str) else asks["of"]
    found = {one: case.principal(one) for one in people}
    names = [called_in(case, who) if who else one for one, who in found.items()]
    question = f"Can {', '.join(names)} still do the same as at the start?"
    changes = (change for one in people for change in _kept(case, asks, one))
    return _compared(check, question, changes)
