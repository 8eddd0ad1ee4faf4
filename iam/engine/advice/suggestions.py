"""Suggestions: what has no effect, or says the same thing twice."""

import json
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

from iam.engine.advice.reading import Body, at, conditions, texts
from iam.engine.advice.remark import Remark
from iam.engine.grammar.common import statements_of
from iam.engine.operators import addresses
from iam.engine.patterns import pattern_matches
from iam.engine.places import Path
from iam.engine.terms import Kind

MOST_COMPARED = 100
LONGEST_COMPARED = 256
"""How many values of one element are compared with each other, and how long they may be."""


def document_suggestions(document: dict[str, Any]) -> Iterator[Remark]:
    """The suggestions about a document as a whole."""
    seen: set[str] = set()
    for path, body in statements_of(document):
        same = json.dumps({k: v for k, v in body.items() if k != "Sid"}, sort_keys=True)
        if same in seen:
            yield Remark(
                "REDUNDANT_STATEMENT",
                "The statements are redundant because they provide identical permissions. Update "
                "the policy to remove the redundant statement.",
                path,
            )
        seen.add(same)


def suggestions(path: Path, body: Body, kind: Kind) -> Iterator[Remark]:
    """The suggestions of one statement."""
    if body.get("Sid") == "":
        yield Remark(
            "EMPTY_SID_VALUE", "Add a value to the empty string in the Sid element.", (*path, "Sid")
        )
    if body.get("Condition") == {}:
        message = (
            "This condition block is empty and it does not affect the policy. Specify conditions."
        )
        yield Remark("EMPTY_OBJECT_CONDITION", message, (*path, "Condition"), key=True)
    yield from _conditions(path, body)
    for name in ("Action", "NotAction"):
        yield from _redundant(path, body, name, "REDUNDANT_ACTION", fold=True)
    for name in ("Resource", "NotResource"):
        yield from _redundant(path, body, name, "REDUNDANT_RESOURCE", fold=False)
    for name in ("Principal", "NotPrincipal"):
        principal = body.get(name)
        if isinstance(principal, dict):
            yield from _empty_principals((*path, name), principal)


def _conditions(path: Path, body: Body) -> Iterator[Remark]:
    for where, used, key, values in conditions(path, body):
        if not values:
            message = (
                f"There are no values for the condition key {key}: it matches nothing. "
                "Specify conditions."
            )
            yield Remark("EMPTY_ARRAY_CONDITION", message, where)
        if used.operator.tests_presence and used.quantifier is not None:
            message = (
                "Avoid using the Null condition operator with the ForAllValues or ForAnyValue "
                "qualifiers because they always return a true or false respectively."
            )
            yield Remark("NULL_WITH_QUALIFIER", message, where, key=True)
        if used.operator in addresses.OPERATORS:
            for value in values:
                yield from _ip_range(where, value)


def _ip_range(path: Path, value: str) -> Iterator[Remark]:
    try:
        network = ip_network(value.strip(), strict=False)
    except ValueError:
        return
    if "/" in value and str(network.network_address) != value.strip().partition("/")[0].lower():
        yield Remark(
            "IMPROVE_IP_RANGE",
            "The non-zero bits in the IP address after the masked bits are ignored. Replace "
            f"address with {network}.",
            path,
        )


def _redundant(path: Path, body: Body, name: str, code: str, *, fold: bool) -> Iterator[Remark]:
    written = [text for text in texts(body, name) if len(text) <= LONGEST_COMPARED]
    values = [text.lower() if fold else text for text in written[:MOST_COMPARED]]
    for index, value in enumerate(values):
        others = values[:index] + [other for other in values[index + 1 :] if other != value]
        wider = next((other for other in others if pattern_matches(other, value)), None)
        if wider is not None:
            place = _place(body, name, written[index], index)
            message = f"`{written[index]}` is redundant: `{wider}` covers it. Remove one of them."
            yield Remark(code, message, at(path, body, name, place))


def _place(body: Body, name: str, text: str, least: int) -> int:
    """Where a text stands among all values, at or after the place it has among the short ones."""
    return texts(body, name).index(text, least)


def _empty_principals(path: Path, principal: Body) -> Iterator[Remark]:
    for type_ in principal:
        if principal[type_] == [] and len(principal) > 1:
            message = "This statement includes no principals of this type. Specify principals."
            yield Remark("EMPTY_ARRAY_PRINCIPAL", message, (*path, type_))
