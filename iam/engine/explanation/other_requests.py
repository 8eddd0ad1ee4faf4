"""Other requests: the fewest condition keys with which a denied request is allowed.

Only keys that the caller chooses are tried, with values from the policies' own conditions. The
engine is asked each time; nothing is guessed.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from iam.engine.decision.flow import decide
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.decision.statement import Statement
from iam.engine.matching.elements.conditions import ConditionTest
from iam.engine.matching.patterns import example
from iam.engine.request import Keys, Request
from iam.engine.terms import Effect

_OF_WHO_ASKS = frozenset(
    {
        "aws:requestedregion",
        "aws:securetransport",
        "aws:sourceip",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "iam:policyarn",
        "s3:delimiter",
        "s3:prefix",
        "sts:externalid",
        "sts:rolesessionname",
        "sts:sourceidentity",
    }
)
OF_A_SECOND_FACTOR = frozenset({"aws:multifactorauthage", "aws:multifactorauthpresent"})
_OF_WHO_TAGS = "aws:requesttag/"
_TRIED = 32
"""Combinations of values tried of one statement."""

Asked = dict[str, str]
"""Condition keys, written as in the policy, and the value to ask with."""


def other_request(
    request: Request, policies: LayeredPolicies, fixed: frozenset[str] = frozenset()
) -> Asked | None:
    """Return the fewest keys and values with which a denied request is allowed; None without any.

    `fixed` are keys, in lower case, that the caller cannot choose here: AssumeRole's credentials
    carry no second factor, a global service has one Region.
    """
    if decide(request, policies).allowed:
        return None
    keys = (_OF_WHO_ASKS | OF_A_SECOND_FACTOR) - fixed
    tried = [asked for one in _statements(policies) for asked in _candidates(one, request, keys)]
    for asked in sorted(tried, key=len):
        changed = {**_without(request, asked), **asked}
        if decide(replace(request, context=changed), policies).allowed:
            return asked
    return None


def _without(request: Request, asked: Asked) -> dict[str, str | tuple[str, ...]]:
    named = {key.lower() for key in asked}
    return {key: value for key, value in request.context.items() if key.lower() not in named}


def _statements(policies: LayeredPolicies) -> Iterator[Statement]:
    alone = (policies.resource, policies.boundary)
    levels = (policies.identity, policies.session, *policies.scps, *policies.rcps)
    sources = [source for source in alone if source]
    for source in (*sources, *(source for level in levels for source in level)):
        yield from source.policy.statements


def _candidates(statement: Statement, request: Request, keys: frozenset[str]) -> Iterator[Asked]:
    """Values for the conditions that keep an Allow from applying, or let a Deny apply."""
    if not statement.actions.matches(request.action_key):
        return
    allows = statement.effect is Effect.ALLOW
    in_the_way = [one for one in statement.conditions if one.holds(request.keys) is not allows]
    open_to_who_asks = [
        one
        for one in in_the_way
        if (key := one.key.lower()) in keys or key.startswith(_OF_WHO_TAGS)
    ]
    if allows and len(open_to_who_asks) < len(in_the_way):
        return
    values = [
        [(one.key, value) for value in _values(one, request.keys)] for one in open_to_who_asks
    ]
    # One condition that no longer holds is enough to end a Deny.
    choices = [product(*values)] if allows else [product(each) for each in values]
    for choice in choices:
        for asked in islice(choice, _TRIED):
            if asked:
                yield dict(asked)


def _values(condition: ConditionTest, keys: Keys) -> list[str]:
    """Values of a key that would turn a condition round, the likeliest first."""
    match condition.used.operator.name:
        case "Bool" | "Null":
            return ["true", "false"]
        case "IpAddress" | "NotIpAddress":
            return [address for value in condition.values for address in _address(value)]
        case name if name.startswith("Numeric"):
            return ["0", *condition.values]
        case _:
            return list(_texts(condition, keys))


def _texts(condition: ConditionTest, keys: Keys) -> Iterator[str]:
    for value in condition.values:
        matched = example(value, keys, variables=condition.variables)
        if matched is not None:
            yield matched
        yield value


def _address(value: str) -> Iterator[str]:
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        return
    # A single address answers a list of hosts, a network an iterator.
    yield str(next(iter(network.hosts()), network.network_address))
