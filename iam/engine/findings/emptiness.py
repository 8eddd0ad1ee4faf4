"""Elements with nothing in them."""

from collections.abc import Iterator

from iam.engine.document.places import Path
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import ConditionReading, StatementReading
from iam.engine.matching.operators.registry import Quantifier


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find what a statement leaves empty and may as well leave out."""
    if statement.body.get("Sid") == "":
        yield finding("EMPTY_SID_VALUE", (*statement.path, "Sid"))
    if statement.body.get("Condition") == {}:
        yield finding("EMPTY_OBJECT_CONDITION", (*statement.path, "Condition"), at_key=True)
    for condition in statement.conditions():
        if condition.value == []:
            yield finding(_code(condition), condition.path, key=condition.key)
    for name in ("Principal", "NotPrincipal"):
        yield from _principals((*statement.path, name), statement.body.get(name))


def _principals(path: Path, named: object) -> Iterator[UnplacedFinding]:
    if isinstance(named, dict) and any(named.values()):
        for type_, values in named.items():
            if values == []:
                yield finding("EMPTY_ARRAY_PRINCIPAL", (*path, type_))


def _code(condition: ConditionReading) -> str:
    if condition.used.quantifier is Quantifier.ALL:
        return "EMPTY_ARRAY_CONDITION_FORALLVALUES"
    if condition.used.quantifier is Quantifier.ANY:
        return "EMPTY_ARRAY_CONDITION_FORANYVALUE"
    return "EMPTY_ARRAY_CONDITION" + "_IFEXISTS" * condition.used.if_exists
