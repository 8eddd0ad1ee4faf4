"""The statements of a document, as the pane *Edit statement* reads them."""

import json
from dataclasses import dataclass
from typing import Any

from console.pages.iam.policy_editor.blocks.document_writer import VERSION
from console.pages.iam.policy_editor.statement_pane.statement_text import (
    StatementPlace,
    places_of,
    pretty,
)
from iam.policy_documents import as_list, syntax_sentence

Statement = dict[str, Any]
BROKEN = "Statements are edited here once the document is valid JSON."
NO_POLICY = (
    "The document is not a policy yet: its Statement must be an object or a list of objects."
)
_NOWHERE = StatementPlace(0, 0)
_ELEMENTS = {
    "actions": ("Action", "NotAction"),
    "resources": ("Resource", "NotResource"),
    "principals": ("Principal", "NotPrincipal"),
}


class CannotEditError(ValueError):
    """The document or statement has not the shape of a policy; the text is the reason."""


@dataclass(frozen=True)
class DocumentStatement:
    """The elements of a statement; principals are (type, value)."""

    number: int
    sid: str
    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    principals: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str, str], ...]
    elements: dict[str, str]
    place: StatementPlace

    @property
    def title(self) -> str:
        return self.sid or f"Statement {self.number + 1}"


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise CannotEditError(BROKEN)
    return found


def parsed(text: str) -> tuple[dict[str, Any], list[Statement]]:
    """Return a document and its statements, which are the document's own objects."""
    if not text.strip():
        empty: list[Statement] = []
        return {"Version": VERSION, "Statement": empty}, empty
    try:
        document = json.loads(text, object_pairs_hook=_no_doubles)
        pretty(document).encode()  # JSON can escape lone surrogates, which UTF-8 cannot encode
    except json.JSONDecodeError as error:
        place = f"Ln {error.lineno}, Col {error.colno}: {syntax_sentence(error)}."
        raise CannotEditError(f"{place} {BROKEN}") from error
    except (ValueError, RecursionError) as error:
        raise CannotEditError(BROKEN) from error
    statements = document.get("Statement", []) if isinstance(document, dict) else None
    statements = [statements] if isinstance(statements, dict) else statements
    if not isinstance(statements, list) or not all(isinstance(s, dict) for s in statements):
        raise CannotEditError(NO_POLICY)
    document["Statement"] = statements
    return document, statements


def listed(value: Any, element: str) -> list[str]:
    """Return an element's texts; a single text is a list of one."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise CannotEditError(f"{element} must be text or a list of text.")
    return values


def element_of(statement: Statement, what: str) -> str:
    plain, negated = _ELEMENTS[what]
    return negated if negated in statement else plain


def principals_of(statement: Statement) -> list[tuple[str, str]]:
    """Return the principals of a statement, as (type, value)."""
    name = element_of(statement, "principals")
    value = statement.get(name, {})
    value = {"AWS": value} if value == "*" else value
    if not isinstance(value, dict):
        raise CannotEditError(f"{name} must be * or an object.")
    return [(kind, one) for kind, some in value.items() for one in listed(some, name)]


def _conditions(statement: Statement) -> list[tuple[str, str, str]]:
    block = statement.get("Condition", {})
    if not isinstance(block, dict) or not all(isinstance(keys, dict) for keys in block.values()):
        raise CannotEditError("Condition must be an object of operators.")
    return [
        (operator, key, _shown(values))
        for operator, keys in block.items()
        for key, values in keys.items()
    ]


def _shown(values: Any) -> str:
    return ", ".join(v if isinstance(v, str) else json.dumps(v) for v in as_list(values))


def found_in(
    number: int, statement: Statement, place: StatementPlace = _NOWHERE
) -> DocumentStatement:
    """Read a statement."""
    actions, resources = (element_of(statement, what) for what in ("actions", "resources"))
    return DocumentStatement(
        number=number,
        sid=str(statement.get("Sid", "")),
        effect=str(statement.get("Effect", "")),
        actions=tuple(listed(statement.get(actions, []), actions)),
        resources=tuple(listed(statement.get(resources, []), resources)),
        principals=tuple(principals_of(statement)),
        conditions=tuple(_conditions(statement)),
        elements={what: element_of(statement, what) for what in _ELEMENTS},
        place=place,
    )


def statements_of(text: str) -> list[DocumentStatement]:
    """Return the statements of a document; raises CannotEditError."""
    _, statements = parsed(text)
    placed = places_of(text) if statements else None
    each = placed.each if placed else ()
    found = []
    for number, (statement, place) in enumerate(zip(statements, each, strict=True)):
        try:
            found.append(found_in(number, statement, place))
        except CannotEditError as error:
            raise CannotEditError(f"Statement {number + 1}: {error}") from error
    return found
