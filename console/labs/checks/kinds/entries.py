"""`no_other_way` and `no_public_access`: who gets in besides those who should."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.outcomes import CHOICES, way_around
from console.labs.checks.probes import resources_like, texts
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check
from console.services.s3.analysis import bucket_arns
from iam.analysis import (
    TAGS_OF_ITS_OWN,
    Circumstances,
    WorldPrincipal,
    assume_check,
    because,
    check_on,
    is_stranger,
    namesakes_in,
    stranger_in,
    strangers_in,
)
from iam.engine import Freedom
from iam.models import Role
from iam.policy_documents import pattern_matches

_OF_A_FACTOR = {"aws:multifactorauthage", "aws:multifactorauthpresent"}
_ELSEWHERE = Circumstances(source_ip="198.51.100.77")
_ON_BUCKETS = ("s3:ListBucket", "s3:PutBucketPolicy")
_ON_OBJECTS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
_NAME = "rolecall-probe"


def _freedom_of(someone: WorldPrincipal) -> Freedom:
    if someone.kind == "role":  # the credentials of a session can carry no second factor
        return replace(CHOICES, optional=CHOICES.optional - _OF_A_FACTOR)
    if is_stranger(someone):
        return replace(CHOICES, prefixes=(*CHOICES.prefixes, *TAGS_OF_ITS_OWN))
    return CHOICES


def _way_in(check: Check, someone: WorldPrincipal, role: Role) -> str | None:
    """Say what somebody must send to get into a role; None where nothing does."""
    answer = someone.ask(assume_check(role, role.arn, role.account.account_id))
    return way_around(answer, check, _freedom_of(someone))


def _direct(case: Case, check: Check, role: Role, spared: list[str]) -> dict[str, str]:
    """Return who gets into a role by whatever it can send, with what that is."""
    ways = {}
    strangers = [*strangers_in(case.world), *namesakes_in(case.world, role.trust.text)]
    for someone in (*case.world.people.values(), *strangers):
        if any(pattern_matches(one, someone.arn) for one in spared):
            continue
        way = _way_in(check, someone, role)
        if way is not None:
            ways[someone.arn] = way
    return ways


def _inside(case: Case, check: Check, role: Role, spared: list[str]) -> Iterator[str]:
    direct = _direct(case, check, role, spared)
    for who in sorted({*case.access, *direct}):
        if any(pattern_matches(one, who) for one in spared):
            continue
        if who in direct:
            yield f"{who} with {direct[who]}" if direct[who] else who
        elif who in case.access and case.access[who].roles & {role.arn, *direct}:
            yield who


def _who_does(
    case: Case, check: Check, asks: Mapping[str, Any], spared: list[str]
) -> Iterator[str]:
    """Say who does an action on a resource by itself: roles too, which others may assume."""
    for someone in (*case.world.everyone, *strangers_in(case.world)):
        if any(pattern_matches(one, someone.arn) for one in spared):
            continue
        freedom = _freedom_of(someone)
        for action in texts(asks["action"]):
            for pattern in texts(asks["resource"]):
                for resource in resources_like(case, someone, action, pattern):
                    answer = someone.ask(case.check_on(action, resource, someone.caller))
                    way = way_around(answer, check, freedom)
                    if way is not None:
                        sent = f" with {way}" if way else ""
                        yield f"{someone.arn} does {action} on {resource}{sent}"


def _judge_doing(case: Case, check: Check, asks: Mapping[str, Any]) -> CheckResult:
    spared = [case.arn(one) for one in asks.get("except", ())]
    actions, resources = (", ".join(texts(asks[name])) for name in ("action", "resource"))
    question = f"Can anybody else do {actions} on {resources}?"
    first = next(_who_does(case, check, asks, spared), "")
    status = Status.FAILED if first else Status.PASSED
    return CheckResult(check.name, status, question, "nobody", first or "nobody")


def judge_no_other_way(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Look for anybody but `except` who gets into a role: `{role, except: [...]}`.

    Or who does something: `{action, resource, except: [...]}`, root users and sessions too.
    Whatever the caller can send is tried: an external ID that is accepted, a second factor, an
    address. Whom `except` spares is a name or an ARN, in which `*` stands for anything.
    """
    asks = case.fill(check.asks, binding)
    if "role" not in asks:
        return _judge_doing(case, check, asks)
    arn = case.arn(asks["role"], "role")
    role = next((one for one in case.world.roles if one.arn == arn), None)
    question = f"Does anybody else get into {arn}?"
    if role is None:
        return CheckResult(check.name, Status.PASSED, question, "nobody", "There is no role.")
    spared = [case.arn(one) for one in asks.get("except", ())]
    found = list(_inside(case, check, role, spared))
    status = Status.FAILED if found else Status.PASSED
    return CheckResult(check.name, status, question, "nobody", ", ".join(found) or "nobody")


def _open_to_strangers(case: Case, asks: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Find what an administrator of an unknown account, at an unknown address, may do here."""
    stranger = stranger_in(case.world)
    wanted = asks.get("of", "all")
    tried = [(action, bucket) for bucket in bucket_arns(case.sandbox) for action in _ON_BUCKETS]
    tried += [
        (action, f"{bucket}/{_NAME}")
        for bucket in bucket_arns(case.sandbox)
        for action in _ON_OBJECTS
    ]
    tried += [("sts:AssumeRole", role.arn) for role in case.world.roles]
    for action, resource in tried:
        if wanted != "all" and not any(pattern_matches(one, resource) for one in wanted):
            continue
        answer = stranger.ask(check_on(case.world, action, resource)(stranger.caller), _ELSEWHERE)
        if answer.allowed:
            yield f"everybody can do {action} on {resource}", because(answer)


def judge_no_public_access(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Look for a bucket or a role that is open to everybody: `{of: all | [ARN…]}`."""
    asks = case.fill(check.asks, binding) or {}
    found = list(_open_to_strangers(case, asks))
    question = "Is anything open to everybody, whatever their account?"
    if not found:
        return CheckResult(check.name, Status.PASSED, question, "nothing", "nothing")
    got, decisive = found[0]
    return CheckResult(check.name, Status.FAILED, question, "nothing", got, decisive)
