"""Policy variables: how they are written, and where they are no more than text."""

import re
from collections.abc import Iterator

from iam.engine.document.places import Path
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import StatementReading
from iam.engine.grammar.every_type import LATEST, as_texts
from iam.engine.matching.operators.operator import Operator
from iam.engine.matching.patterns import has_variable

_VARIABLE = re.compile(r"\$\{([^{}]*)(\}?)")
_WITH_VARIABLES = ("Resource", "NotResource")
_WITHOUT = ("Sid", "Action", "NotAction")


def statement_findings(statement: StatementReading, version: str) -> Iterator[UnplacedFinding]:
    """Find the variables of a statement that will not be put in."""
    for name in _WITH_VARIABLES:
        for path, text in statement.located(name):
            yield from _used(path, text, version)
    for condition in statement.conditions():
        for text in condition.values:
            yield from _used(condition.path, text, version, condition.used.operator)
    for path, text in (*_elsewhere(statement), *_named(statement)):
        yield from _misplaced(path, text)


def _elsewhere(statement: StatementReading) -> Iterator[tuple[Path, str]]:
    for name in _WITHOUT:
        yield from statement.located(name)


def _named(statement: StatementReading) -> Iterator[tuple[Path, str]]:
    for name in ("Principal", "NotPrincipal"):
        named = statement.body.get(name)
        for type_, values in named.items() if isinstance(named, dict) else ():
            for text in as_texts(values):
                yield (*statement.path, name, type_), text


def _used(
    path: Path, text: str, version: str, operator: Operator | None = None
) -> Iterator[UnplacedFinding]:
    for found in _VARIABLE.finditer(text):
        yield from _malformed(path, found[1], closed=bool(found[2]))
    if not has_variable(text):
        return
    if operator is not None and not operator.takes_variables:
        yield finding("INVALID_VARIABLE_FOR_OPERATOR", path)
    elif version != LATEST:
        yield finding("VARIABLE_UNSUPPORTED_IN_VERSION", path)


def _malformed(path: Path, inside: str, *, closed: bool) -> Iterator[UnplacedFinding]:
    name, comma, default = inside.partition(",")
    quoted = default.strip()
    if not closed:
        yield finding("MISSING_BRACE_IN_VARIABLE", path)
    elif not inside.strip():
        yield finding("EMPTY_VARIABLE", path)
    elif " " in name.strip() or name != name.strip():
        yield finding("UNSUPPORTED_SPACE_IN_VARIABLE", path)
    elif comma and not (len(quoted) > 1 and quoted[0] == quoted[-1] == "'"):
        yield finding("MISSING_QUOTE_IN_VARIABLE", path)


def _misplaced(path: Path, text: str) -> Iterator[UnplacedFinding]:
    for found in _VARIABLE.finditer(text):
        if found[2]:
            yield finding("VARIABLE_UNSUPPORTED_IN_ELEMENT", path, variable=found[0])
