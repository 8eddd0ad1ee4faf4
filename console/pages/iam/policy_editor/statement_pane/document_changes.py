"""Changes of one statement's element in a document that is edited as JSON."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from console.pages.iam.policy_editor.statement_pane import statement_text
from console.pages.iam.policy_editor.statement_pane.document_statements import (
    Statement,
    element_of,
    found_in,
    listed,
    parsed,
    principals_of,
)
from console.pages.iam.policy_editor.statement_pane.statement_text import pretty
from iam.policy_documents import PolicyType, as_list


def with_new_statement(text: str, policy_type: PolicyType) -> tuple[str, int]:
    """Append an empty statement; return the text and the statement's number."""
    document, statements = parsed(text)
    taken = {str(statement.get("Sid")) for statement in statements}
    sid = next(name for n in range(1, len(taken) + 2) if (name := f"Statement{n}") not in taken)
    empty: Statement = {"Sid": sid, "Effect": "Allow"}
    if policy_type is PolicyType.TRUST:
        empty |= {"Principal": {}, "Action": "sts:AssumeRole"}
    else:
        empty |= {"Action": [], "Resource": []}
    spliced = statement_text.with_statement(text, empty)
    statements.append(empty)
    return spliced or pretty(document), len(statements) - 1


def without_statement(text: str, number: int) -> str:
    return statement_text.without_statement(text, number) or text


def _changed(text: str, number: int, change: Callable[[Statement], None]) -> str:
    document, statements = parsed(text)
    before = pretty(statements[number])
    change(statements[number])
    if pretty(statements[number]) == before:
        return text
    return statement_text.with_replaced(text, number, statements[number]) or pretty(document)


def _put(statement: Statement, element: str, values: list[str]) -> None:
    """Set an element; a single text stays a text instead of a list."""
    single = isinstance(statement.get(element), str) and len(values) == 1
    statement[element] = values[0] if single else values


def with_actions(text: str, number: int, shown: Collection[str], wanted: Iterable[str]) -> str:
    """Set which of the listed actions are named; other services' actions and wildcards stay."""
    own = {action.lower() for action in shown}
    ticked = [action for action in wanted if action.lower() in own]

    def change(statement: Statement) -> None:
        element = element_of(statement, "actions")
        before = listed(statement.get(element, []), element)
        chosen = {name.lower() for name in ticked}
        kept = [one for one in before if one.lower() not in own or one.lower() in chosen]
        there = {one.lower() for one in kept}
        _put(statement, element, [*kept, *(n for n in ticked if n.lower() not in there)])

    return _changed(text, number, change)


def with_resource(text: str, number: int, arn: str) -> str:
    def change(statement: Statement) -> None:
        element = element_of(statement, "resources")
        before = listed(statement.get(element, []), element)
        _put(statement, element, before if arn in before else [*before, arn])

    return _changed(text, number, change)


def with_principal(text: str, number: int, kind: str, value: str) -> str:
    """Add a principal of a type: AWS, Service, Federated."""

    def change(statement: Statement) -> None:
        element = element_of(statement, "principals")
        before = principals_of(statement)
        if (kind, value) not in before:
            statement[element] = _principal_element([*before, (kind, value)])

    return _changed(text, number, change)


def _principal_element(principals: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Write principals by type: one as a text, several as a list."""
    named: dict[str, list[str]] = {}
    for kind, value in principals:
        named.setdefault(kind, []).append(value)
    return {kind: ones[0] if len(ones) == 1 else ones for kind, ones in named.items()}


def with_condition(text: str, number: int, operator: str, key: str, values: list[str]) -> str:
    """Add a condition; its values join those of the same operator and key."""

    def change(statement: Statement) -> None:
        keys = statement.setdefault("Condition", {}).setdefault(operator, {})
        joined = [*as_list(keys.get(key, [])), *values]
        joined = list(dict.fromkeys(joined)) if all(isinstance(v, str) for v in joined) else joined
        keys[key] = joined[0] if len(joined) == 1 else joined

    return _changed(text, number, change)


def without(text: str, number: int, what: str, place: int) -> str:
    """Remove one action, resource, principal or condition, by its place in the list."""

    def change(statement: Statement) -> None:
        found = found_in(number, statement)
        several = getattr(found, what)
        if place >= len(several):
            return
        rest = [one for at, one in enumerate(several) if at != place]
        if what == "conditions":
            _drop_condition(statement, *several[place][:2])
        elif what == "principals":
            statement[found.elements[what]] = _principal_element(rest)
        else:
            _put(statement, found.elements[what], rest)

    return _changed(text, number, change)


def _drop_condition(statement: Statement, operator: str, key: str) -> None:
    del statement["Condition"][operator][key]
    if not statement["Condition"][operator]:
        del statement["Condition"][operator]
    if not statement["Condition"]:
        del statement["Condition"]
