"""The same call with other values of the keys that its caller can choose.

The values come from the policies' own conditions: one that each condition accepts, one that it
refuses, and those at the edge. The engine decides every variation; nothing is guessed.
"""

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import combinations, islice, product

from iam.engine.decision.decision import Decision
from iam.engine.decision.flow import decide
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.matching.elements.conditions import ConditionTest
from iam.engine.matching.operators.dates import moment
from iam.engine.matching.operators.numbers import number
from iam.engine.matching.patterns import example
from iam.engine.request import Keys, Request

Change = Mapping[str, str | None]
"""Keys as the policies write them, each with the value to send; None leaves the key out."""

MOST_TRIED = 4_000
"""Variations that are decided for one request: more keys than a lab's policies ask about."""
_TIMES = frozenset({"aws:currenttime", "aws:epochtime"})
_MFA, _MFA_AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"
_OTHER = "rolecall-other"


@dataclass(frozen=True)
class Freedom:
    """The keys that a caller can choose, in lower case.

    `sent` always have some value, `optional` may be left out; `prefixes` begin keys of the second
    sort, such as `aws:requesttag/`.
    """

    sent: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    def may_leave_out(self, key: str) -> bool:
        return key in self.optional or key.startswith(self.prefixes or ("\0",))

    def covers(self, key: str) -> bool:
        return key in self.sent or self.may_leave_out(key)


@dataclass(frozen=True)
class Variation:
    """A changed request with its decision."""

    change: Change
    request: Request
    decision: Decision = field(compare=False)


def variations(
    request: Request, policies: LayeredPolicies, freedom: Freedom
) -> Iterator[Variation]:
    """Decide the request with every change that may matter to its policies, fewest keys first.

    The request as it is comes first, without a change.
    """
    choices = _choices(request, policies, freedom)
    changes = (
        dict(change)
        for size in range(len(choices) + 1)
        for keys in combinations(choices.values(), size)
        for change in product(*keys)
    )
    for change in islice(changes, MOST_TRIED):
        changed = _changed(request, change)
        yield Variation(change, changed, decide(changed, policies))


def ways_to(
    request: Request, policies: LayeredPolicies, freedom: Freedom, *, allowed: bool
) -> list[Variation]:
    """Return the variations with this outcome, without those that only add keys to another."""
    found: list[Variation] = []
    for one in variations(request, policies, freedom):
        if one.decision.allowed is allowed:
            items = one.change.items()
            if not any(other.change.items() <= items for other in found):
                found.append(one)
    return found


def _conditions(request: Request, policies: LayeredPolicies) -> Iterator[ConditionTest]:
    """Every condition of the statements about the request's action."""
    alone = (policies.resource, policies.boundary)
    levels = (policies.identity, policies.session, *policies.scps, *policies.rcps)
    sources = [source for source in alone if source]
    for source in (*sources, *(source for level in levels for source in level)):
        for statement in source.policy.about(request.action_key):
            yield from statement.conditions


def _choices(
    request: Request, policies: LayeredPolicies, freedom: Freedom
) -> dict[str, list[tuple[str, str | None]]]:
    """For each key that can be chosen, the changes to it; the two keys of the time are one."""
    values: dict[str, dict[tuple[str, str | None], None]] = {}
    for condition in _conditions(request, policies):
        key = condition.key.lower()
        if freedom.covers(key):
            group = "time" if key in _TIMES else key
            changes = values.setdefault(group, {})
            changes.update(
                {(condition.key, one): None for one in values_near(condition, request.keys)}
            )
            if freedom.may_leave_out(key):
                changes[(condition.key, None)] = None
    return {key: list(changes) for key, changes in values.items()}


def values_near(condition: ConditionTest, keys: Keys) -> Iterable[str]:
    """Return values that a condition accepts, refuses, and those at the edge."""
    match condition.used.operator.name:
        case "Bool":
            return ("true", "false")
        case "Null":
            return (_OTHER,)
        case "IpAddress" | "NotIpAddress":
            return [address for value in condition.values for address in _addresses(value)]
        case name if name.startswith("Numeric"):
            return [one for value in condition.values for one in _numbers(value)]
        case name if name.startswith("Date"):
            return [one for value in condition.values for one in _moments(value)]
        case _:
            texts = [one for value in condition.values for one in _texts(condition, value, keys)]
            return [*texts, _OTHER]


def _texts(condition: ConditionTest, value: str, keys: Keys) -> Iterator[str]:
    matched = example(value, keys, variables=condition.variables)
    for text in (matched, value) if matched is not None else (value,):
        yield text
        yield f"{text}x"
        yield text.swapcase()


def _addresses(value: str) -> Iterator[str]:
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        return
    yield str(next(iter(network.hosts()), network.network_address))
    for edge, step in ((network.broadcast_address, 1), (network.network_address, -1)):
        try:
            yield str(edge + step)
        except ValueError:
            continue


def _numbers(value: str) -> Iterator[str]:
    found = number(value)
    if found is not None:
        yield from (str(found), str(found - 1), str(found + 1))


def _moments(value: str) -> Iterator[str]:
    found = moment(value)
    if found is not None:
        for at in (found, found - 1, found + 1):
            yield datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _changed(request: Request, change: Change) -> Request:
    """Return the request with the keys changed, those that go together together."""
    values = {key.lower(): value for key, value in change.items()}
    for key in _TIMES & values.keys():
        at = moment(values[key] or "")
        if at is not None:
            values["aws:currenttime"] = datetime.fromtimestamp(at, UTC).isoformat()
            values["aws:epochtime"] = str(int(at))
    if values.get(_MFA_AGE) is not None:
        values.setdefault(_MFA, "true")
    if _MFA in values and values[_MFA] != "true":
        values[_MFA_AGE] = None
    kept = {key: value for key, value in request.context.items() if key.lower() not in values}
    sent = {key: value for key, value in values.items() if value is not None}
    return replace(request, context={**kept, **sent})
