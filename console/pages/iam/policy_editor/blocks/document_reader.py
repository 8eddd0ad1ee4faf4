"""Visual blocks read from policy documents; pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from console.pages.iam.policy_editor.blocks.block import (
    ALL_SERVICES,
    MOST_BLOCKS,
    Block,
    BlockCondition,
    action_named,
    all_pattern,
    ticked,
    unique,
)
from console.pages.iam.policy_editor.blocks.document_writer import VERSION
from iam.policy_documents import as_list

_STATEMENT_KEYS = {"Sid", "Effect", "Action", "Resource", "Condition"}


class CannotShowError(Exception):
    """The document is JSON, but the visual editor cannot show something in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def from_document(text: str) -> tuple[Block, ...]:
    """Read a policy as blocks, one for each service of a statement.

    Raises json.JSONDecodeError for what is not JSON, CannotShowError for what has no visual form.
    """
    blocks = tuple(block for one in statements_of(text) for block in statement_blocks(one))
    if len(blocks) > MOST_BLOCKS:
        raise CannotShowError(
            f"It has more than {MOST_BLOCKS} parts: one per service and statement."
        )
    return blocks


def policy_id_of(text: str) -> str:
    """Return the Id of a policy that can be read as blocks."""
    document = _loaded(text)
    return str(document.get("Id", "")) if isinstance(document, dict) else ""


def statements_of(text: str) -> list[Any]:
    """Return a policy's statements; raises as from_document does."""
    document = _loaded(text)
    if not isinstance(document, dict):
        raise CannotShowError("The document is not a JSON object.")
    _refuse_unknown(document, {"Version", "Id", "Statement"}, "the policy")
    if not isinstance(document.get("Id", ""), str):
        raise CannotShowError("The Id is not text.")
    version = document.get("Version", "2008-10-17")
    if version != VERSION and "${" in text:
        raise CannotShowError(f"Version {version} reads policy variables as plain text.")
    statements = document.get("Statement")
    return [] if statements is None else as_list(statements)


def _loaded(text: str) -> object:
    """Read the JSON; numbers stay as they are written."""
    try:
        loaded: object = json.loads(
            text, object_pairs_hook=_object_without_duplicates, parse_int=str, parse_float=str
        )
        json.dumps(loaded, ensure_ascii=False).encode()
    except RecursionError:
        raise CannotShowError("The document is nested too deeply.") from None
    except UnicodeEncodeError:
        raise CannotShowError("The document contains half of a character.") from None
    return loaded


def statement_blocks(statement: object) -> list[Block]:
    if not isinstance(statement, dict):
        raise CannotShowError("A statement is not a JSON object.")
    _refuse_unknown(statement, _STATEMENT_KEYS, "a statement")
    if statement.get("Effect") not in ("Allow", "Deny"):  # a list or an object has no hash
        raise CannotShowError("A statement has neither the effect Allow nor Deny.")
    resources = _strings(statement.get("Resource", []), "Resource")
    base = Block(
        effect=statement["Effect"],
        any_resource="*" in resources,
        arns=() if "*" in resources else unique(resources),
        conditions=_conditions(statement.get("Condition", {})),
    )
    by_service: dict[str, list[str]] = {}
    for action in _strings(statement.get("Action", []), "Action"):
        by_service.setdefault(_service_of(action), []).append(action)
    if not by_service:
        return [base]
    return [_with_actions(base, prefix, actions) for prefix, actions in by_service.items()]


def _with_actions(base: Block, prefix: str, actions: Sequence[str]) -> Block:
    """Tick the actions that the catalogue knows and a resource can limit; keep the others."""
    if all_pattern(prefix) in (action.lower() for action in actions):
        return _replaced(base, prefix, all_actions=True)
    names, manual = [], []
    for action in actions:
        known = action_named(prefix, action.partition(":")[2])
        if known and (base.any_resource or known.resource_types):
            names.append(known.name)
        else:
            manual.append(action)
    opened = _replaced(base, prefix, actions=names, manual=manual)
    return _replaced(opened, prefix, actions=[a.name for a in ticked(opened)], manual=manual)


def _replaced(
    base: Block,
    prefix: str,
    *,
    all_actions: bool = False,
    actions: Sequence[str] = (),
    manual: Sequence[str] = (),
) -> Block:
    return Block(
        service=prefix,
        effect=base.effect,
        all_actions=all_actions,
        actions=tuple(actions),
        manual=unique(manual),
        any_resource=base.any_resource,
        arns=base.arns,
        conditions=base.conditions,
    )


def _service_of(action: str) -> str:
    if action == "*":
        return ALL_SERVICES
    prefix, colon, name = action.partition(":")
    if not colon or not prefix or not name:
        raise CannotShowError(f"The action `{action}` names no service.")
    return ALL_SERVICES if "*" in prefix or "?" in prefix else prefix.lower()


def _conditions(element: object) -> tuple[BlockCondition, ...]:
    if not isinstance(element, dict):
        raise CannotShowError("A Condition is not a JSON object.")
    found = []
    for operator, keys in element.items():
        if not isinstance(keys, dict):
            raise CannotShowError(f"The condition `{operator}` is not a JSON object.")
        for key, values in keys.items():
            found.append(BlockCondition(operator, key, _values(values, key)))
    return tuple(found)


def _values(value: object, key: str) -> tuple[str, ...]:
    values = as_list(value)
    if any(isinstance(item, dict | list) or item is None for item in values):
        raise CannotShowError(f"The values of `{key}` must be text or a list of text.")
    return unique(item if isinstance(item, str) else json.dumps(item) for item in values)


def _strings(value: object, element: str) -> list[str]:
    values = as_list(value)
    texts = [item for item in values if isinstance(item, str)]
    if len(texts) != len(values):
        raise CannotShowError(f"{element} must be text or a list of text.")
    return texts


def _refuse_unknown(mapping: Mapping[str, object], known: set[str], where: str) -> None:
    for key in mapping:
        if key not in known:
            raise CannotShowError(f"The visual editor does not support {key} in {where}.")


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise CannotShowError(f"The element {double} appears twice in one object.")
    return dict(pairs)
