"""`unchanged_access` and `no_other_way`: who reaches what, compared with the start."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.probes import NAME
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check
from iam.analysis import Access
from iam.arns import parse_arn, role_arn
from iam.policy_documents import pattern_matches

_NOBODY = Access()


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


def _is_of_iam(who: str) -> bool:
    arn = parse_arn(who)
    return arn is not None and arn.service == "iam"


def _new_roles(case: Case) -> dict[str, str]:
    """Return the ARNs of roles made since, each with the one that stood for it at the start."""
    return {
        role.arn: role_arn(role.account.account_id, NAME)
        for role in case.world.roles
        if role.unique_id not in case.start.unique_ids
    }


def _gains(case: Case, asks: Mapping[str, Any]) -> Iterator[str]:
    """Say who reaches more than at the start; what was made since is its makers' and users'."""
    before, new = case.start.access, _new_roles(case)
    for who, access in case.access.items():
        if who not in before and _is_of_iam(who):
            continue
        rules, old = _allowed(case, asks, who), before.get(who, _NOBODY)
        for action, resource in sorted(access.reached - old.reached):
            had = (action, new.get(resource, resource)) in old.reached
            if not had and not _is_allowed(rules, action, resource):
                yield f"{who} can now do {action} on {resource}"
        for role in sorted(access.roles - old.roles):
            if not _enters(rules, role):
                yield f"{who} can now act as {role}"


def _losses(case: Case) -> Iterator[str]:
    for who, old in case.start.access.items():
        lost = old.reached - case.access.get(who, _NOBODY).reached
        for action, resource in sorted(lost):
            yield f"{who} can no longer do {action} on {resource}"


def _changes(case: Case, asks: Mapping[str, Any]) -> Iterator[str]:
    yield from _gains(case, asks)
    if asks.get("lost") != "ok":
        yield from _losses(case)


def judge_unchanged_access(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Compare who reaches what with the start: `{of: all, allow: [...], lost: ok}`."""
    asks = case.fill(check.asks, binding)
    change = next(_changes(case, asks), "")
    status = Status.FAILED if change else Status.PASSED
    question = "Does everybody else reach what they reached at the start, and no more?"
    return CheckResult(check.name, status, question, "unchanged", change or "unchanged", change)


def judge_no_other_way(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Look for anybody but `except` who gets into a role: `{role, except: [...]}`.

    Whom `except` spares is a name or an ARN, in which `*` stands for anything.
    """
    asks = case.fill(check.asks, binding)
    role = case.arn(asks["role"], "role")
    spared = [case.arn(one) for one in asks.get("except", ())]
    inside = [
        who
        for who, one in case.access.items()
        if role in one.roles and not any(pattern_matches(each, who) for each in spared)
    ]
    administrators = set(asks.get("administrators", ()))
    found = [who for who in sorted(inside) if who not in administrators]
    status = Status.FAILED if found else Status.PASSED
    got = ", ".join(found) or "nobody"
    question = f"Does anybody else get into {role}?"
    return CheckResult(check.name, status, question, "nobody", got)
