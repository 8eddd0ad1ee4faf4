"""What roles may do since their own policies were changed, and might not at the start.

The default probes are about what matters everywhere. What a policy allows that was written since
the start, or what one denied that is gone, is asked about as well: of today's role, and of
the same one with the policies of the start. The texts only say what to ask.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from console.labs.checks.case import Case, of_the_caller
from console.labs.checks.probes import NAME
from iam import catalogue
from iam.analysis import PLAIN, Circumstances, Probe, WorldPrincipal, check_on
from iam.arns import bucket_arn
from iam.authorization import AppliedPolicy
from iam.policy_documents import as_list, pattern_matches, statements_in

_IDENTITY, _BOUNDARY = "PRINCIPAL", "PERMISSIONS_BOUNDARY"
_MFA = Circumstances(mfa=True)
_OF_ENTRY = frozenset(
    {
        "sts:assumerole",
        "sts:assumerolewithsaml",
        "sts:assumerolewithwebidentity",
        "sts:setsourceidentity",
        "sts:tagsession",
    }
)
"""What leads into roles: the roles that somebody gets into are compared as such."""


@cache
def _actions(pattern: str) -> tuple[str, ...]:
    """Return an action, or for a pattern of one service one action of each level of access."""
    prefix, colon, _ = pattern.partition(":")
    if not {"*", "?"} & set(pattern):
        return (pattern,)
    service = catalogue.service(prefix.lower()) if colon else None
    found: dict[str, str] = {}
    for action in service.actions if service else ():
        named = f"{prefix}:{action.name}"
        if pattern_matches(pattern.lower(), named.lower()):
            found.setdefault(action.access_level, named)
    return tuple(found.values())


def _named(text: str, effect: str) -> Iterator[Probe]:
    """Yield the actions that a document's statements are about, with patterns of resources."""
    for statement in statements_in(text):
        if statement.get("Effect") != effect:
            continue
        for pattern in as_list(statement.get("Action", [])):
            for action in _actions(pattern):
                for resource in as_list(statement.get("Resource", [])):
                    yield action, resource


def _texts(policies: Sequence[AppliedPolicy], layer: str) -> set[str]:
    return {one.text for one in policies if one.layer == layer}


def _to_ask(old: Sequence[AppliedPolicy], now: Sequence[AppliedPolicy]) -> Iterator[Probe]:
    before, after = _texts(old, _IDENTITY), _texts(now, _IDENTITY)
    of_boundary = _texts(old, _BOUNDARY) != _texts(now, _BOUNDARY)
    for text in sorted(after if of_boundary else after - before):
        yield from _named(text, "Allow")
    for text in sorted(before - after):
        yield from _named(text, "Deny")


def _is_elsewhere(case: Case, pattern: str) -> bool:
    """Return whether a pattern is about buckets that were not there at the start."""
    bucket = pattern.partition("/")[0]
    there = (bucket_arn(name) for name in case.start.buckets)
    return bucket.startswith(bucket_arn("")) and not any(
        pattern_matches(bucket, one) for one in there
    )


def _is_settled(case: Case, action: str, pattern: str) -> bool:
    """Return whether something else compares it, or nobody does."""
    return (
        action.lower() in _OF_ENTRY
        or "${" in pattern
        or case.is_probed(action, pattern)
        or _is_elsewhere(case, pattern)
    )


def _may(principal: WorldPrincipal, case: Case, action: str, resource: str) -> bool:
    check = check_on(case.world, action, resource)(principal.caller)
    return any(principal.ask(check, now).allowed for now in (PLAIN, _MFA))


def gains_of(case: Case, principal: WorldPrincipal) -> Iterator[Probe]:
    """Yield what somebody of the start may do by changed policies, and might not before."""
    old, now = case.start.policies.get(principal.arn), of_the_caller(principal.own)
    if old is None or {(one.layer, one.text) for one in old} == {
        (one.layer, one.text) for one in now
    }:
        return
    others = tuple(one for one in principal.own if one not in now)
    before = replace(principal, own=(*old, *others))
    for action, pattern in dict.fromkeys(_to_ask(old, now)):
        if _is_settled(case, action, pattern):
            continue
        resource = pattern.replace("*", NAME).replace("?", "x") if pattern != "*" else pattern
        if _may(principal, case, action, resource) and not _may(before, case, action, resource):
            yield action, resource
