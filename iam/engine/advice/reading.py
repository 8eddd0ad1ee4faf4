"""What the rules ask of a statement's body."""

from collections.abc import Iterator, Mapping
from typing import Any

from iam.engine.grammar.common import as_texts
from iam.engine.operators.registry import UsedOperator, used_operator
from iam.engine.patterns import pattern_matches
from iam.engine.places import Path

Body = Mapping[str, Any]


def texts(body: Body, name: str) -> tuple[str, ...]:
    """The values of an element; none if the statement leaves it out."""
    return as_texts(body[name]) if name in body else ()


def at(path: Path, body: Body, name: str, index: int) -> Path:
    """The path of one value of an element, which may be a list or a single value."""
    return (*path, name, index) if isinstance(body[name], list) else (*path, name)


def covers(patterns: tuple[str, ...], action: str) -> bool:
    """Whether one of some action patterns matches an action."""
    return any(pattern_matches(pattern.lower(), action.lower()) for pattern in patterns)


def conditions(path: Path, body: Body) -> Iterator[tuple[Path, UsedOperator, str, tuple[str, ...]]]:
    """Every key of the Condition block: its path, operator, name and values."""
    for name, keys in body.get("Condition", {}).items():
        used = used_operator(name)
        for key, value in keys.items():
            if used is not None:
                yield (*path, "Condition", name, key), used, key, as_texts(value)


def has_condition_key(body: Body, wanted: str) -> bool:
    """Whether a statement has a condition on a key."""
    return any(key.lower() == wanted for _, _, key, _ in conditions((), body))
