"""Policy documents written from visual blocks, and opened as visual blocks; pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from console.pages.iam.policy_editor.blocks import (
    ALL_SERVICES,
    Block,
    Condition,
    action_named,
    all_pattern,
    ticked,
    unique,
)

VERSION = "2012-10-17"
_STATEMENT_KEYS = {"Sid", "Effect", "Action", "Resource", "Condition"}
Document = dict[str, Any]


class CannotShowError(Exception):
    """The document is JSON, but the visual editor has no form for something in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def to_document(blocks: Sequence[Block]) -> Document:
    """Write the policy with statements VisualEditor0, 1 …; blocks left empty are not in it."""
    statements = [s for block in blocks if not block.is_untouched for s in _statements(block)]
    if not statements:
        return _start_document(blocks)
    for number, statement in enumerate(statements):
        statement["Sid"] = f"VisualEditor{number}"
    return {"Version": VERSION, "Statement": statements}


def to_text(blocks: Sequence[Block]) -> str:
    """Write the policy as the JSON editor shows it."""
    return json.dumps(to_document(blocks), indent=2, ensure_ascii=False)


def from_document(text: str) -> tuple[Block, ...]:
    """Open a policy as blocks, one for each service of a statement.

    Raises json.JSONDecodeError for what is not JSON, CannotShowError for what has no visual form.
    """
    document = _loaded(text)
    if not isinstance(document, dict):
        raise CannotShowError("The document is not a JSON object.")
    _refuse_unknown(document, {"Version", "Statement"}, "the policy")
    version = document.get("Version", "2008-10-17")
    if version != VERSION and "${" in text:
        raise CannotShowError(f"Version {version} reads policy variables as plain text.")
    return tuple(b for s in _as_list(document.get("Statement")) for b in _blocks(s))


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
        raise CannotShowError("The document holds half of a character.") from None
    return loaded


def _start_document(blocks: Sequence[Block]) -> Document:
    """What the JSON editor starts from while nothing is chosen."""
    effect = blocks[0].effect if blocks else "Allow"
    empty = {"Sid": "Statement1", "Effect": effect, "Action": [], "Resource": []}
    return {"Version": VERSION, "Statement": [empty]}


def _statements(block: Block) -> list[Document]:
    """Write one statement, or two when some actions cannot be limited to the resources chosen."""
    if block.all_actions:
        return [_statement(block, (all_pattern(block.service),), _resources(block))]
    chosen = ticked(block)
    if block.any_resource:
        names = [f"{block.service}:{action.name}" for action in chosen]
        return [_statement(block, (*names, *block.manual), ("*",))]
    limited = [f"{block.service}:{a.name}" for a in chosen if a.resource_types]
    unlimited = [f"{block.service}:{a.name}" for a in chosen if not a.resource_types]
    written = []
    if limited or block.manual or not unlimited:
        written.append(_statement(block, (*limited, *block.manual), _resources(block)))
    if unlimited:
        written.append(_statement(block, unlimited, ("*",)))
    return written


def _resources(block: Block) -> tuple[str, ...]:
    return ("*",) if block.any_resource or "*" in block.arns else block.arns


def _statement(block: Block, actions: Iterable[str], resources: Iterable[str]) -> Document:
    statement: Document = {
        "Sid": "",
        "Effect": block.effect,
        "Action": _one_or_list(unique(actions)),
        "Resource": _one_or_list(unique(resources)),
    }
    if block.conditions:
        statement["Condition"] = _condition_element(block.conditions)
    return statement


def _condition_element(conditions: Iterable[Condition]) -> dict[str, dict[str, Any]]:
    gathered: dict[str, dict[str, tuple[str, ...]]] = {}
    for condition in conditions:
        keys = gathered.setdefault(condition.operator, {})
        keys[condition.key] = unique((*keys.get(condition.key, ()), *condition.values))
    return {
        operator: {key: _one_or_list(values) for key, values in keys.items()}
        for operator, keys in gathered.items()
    }


def _one_or_list(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _blocks(statement: object) -> list[Block]:
    if not isinstance(statement, dict):
        raise CannotShowError("A statement is not a JSON object.")
    _refuse_unknown(statement, _STATEMENT_KEYS, "a statement")
    if statement.get("Effect") not in {"Allow", "Deny"}:
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
    """Tick what the catalogue knows; keep the rest, and what no resource can limit."""
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
    if "*" in prefix or "?" in prefix:
        raise CannotShowError(f"The action `{action}` has a wildcard in its service.")
    return prefix.lower()


def _conditions(element: object) -> tuple[Condition, ...]:
    if not isinstance(element, dict):
        raise CannotShowError("A Condition is not a JSON object.")
    found = []
    for operator, keys in element.items():
        if not isinstance(keys, dict):
            raise CannotShowError(f"The condition `{operator}` is not a JSON object.")
        for key, values in keys.items():
            found.append(Condition(operator, key, _values(values, key)))
    return tuple(found)


def _values(value: object, key: str) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if any(isinstance(item, dict | list) or item is None for item in values):
        raise CannotShowError(f"The values of `{key}` are neither text nor a list of text.")
    return unique(item if isinstance(item, str) else json.dumps(item) for item in values)


def _strings(value: object, element: str) -> list[str]:
    values = value if isinstance(value, list) else [value]
    texts = [item for item in values if isinstance(item, str)]
    if len(texts) != len(values):
        raise CannotShowError(f"{element} is neither text nor a list of text.")
    return texts


def _as_list(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _refuse_unknown(mapping: Mapping[str, object], known: set[str], where: str) -> None:
    for key in mapping:
        if key not in known:
            raise CannotShowError(f"The visual editor does not support {key} in {where}.")


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise CannotShowError(f"The element {double} stands twice in one object.")
    return dict(pairs)
