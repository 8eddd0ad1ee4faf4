"""Policy variables: how they are written, and where they are no more than text."""

import re
from collections.abc import Iterator

from iam.engine.advice.reading import Reading
from iam.engine.advice.remark import Remark, remark
from iam.engine.grammar.common import LATEST, as_texts
from iam.engine.operators.operator import Operator
from iam.engine.patterns import has_variable
from iam.engine.places import Path

_VARIABLE = re.compile(r"\$\{([^{}]*)(\}?)")
_WITH_VARIABLES = ("Resource", "NotResource")
_WITHOUT = ("Sid", "Action", "NotAction")


def remarks(statement: Reading, version: str) -> Iterator[Remark]:
    """Find the variables of a statement that will not be put in."""
    for name in _WITH_VARIABLES:
        for path, text in statement.located(name):
            yield from _used(path, text, version)
    for condition in statement.conditions():
        for text in condition.values:
            yield from _used(condition.path, text, version, condition.used.operator)
    for path, text in (*_elsewhere(statement), *_named(statement)):
        yield from _misplaced(path, text)


def _elsewhere(statement: Reading) -> Iterator[tuple[Path, str]]:
    for name in _WITHOUT:
        yield from statement.located(name)


def _named(statement: Reading) -> Iterator[tuple[Path, str]]:
    for name in ("Principal", "NotPrincipal"):
        named = statement.body.get(name)
        for type_, values in named.items() if isinstance(named, dict) else ():
            for text in as_texts(values):
                yield (*statement.path, name, type_), text


def _used(
    path: Path, text: str, version: str, operator: Operator | None = None
) -> Iterator[Remark]:
    for found in _VARIABLE.finditer(text):
        yield from _malformed(path, found[1], closed=bool(found[2]))
    if not has_variable(text):
        return
    if operator is not None and not operator.takes_variables:
        yield remark("INVALID_VARIABLE_FOR_OPERATOR", path)
    elif version != LATEST:
        yield remark("VARIABLE_UNSUPPORTED_IN_VERSION", path)


def _malformed(path: Path, inside: str, *, closed: bool) -> Iterator[Remark]:
    name, comma, default = inside.partition(",")
    quoted = default.strip()
    if not closed:
        yield remark("MISSING_BRACE_IN_VARIABLE", path)
    elif not inside.strip():
        yield remark("EMPTY_VARIABLE", path)
    elif " " in name.strip() or name != name.strip():
        yield remark("UNSUPPORTED_SPACE_IN_VARIABLE", path)
    elif comma and not (len(quoted) > 1 and quoted[0] == quoted[-1] == "'"):
        yield remark("MISSING_QUOTE_IN_VARIABLE", path)


def _misplaced(path: Path, text: str) -> Iterator[Remark]:
    for found in _VARIABLE.finditer(text):
        if found[2]:
            yield remark("VARIABLE_UNSUPPORTED_IN_ELEMENT", path, variable=found[0])
