"""Elements with nothing in them."""

from collections.abc import Iterator

from iam.engine.advice.reading import Condition, Reading
from iam.engine.advice.remark import Remark, remark
from iam.engine.operators.registry import Quantifier
from iam.engine.places import Path


def remarks(statement: Reading) -> Iterator[Remark]:
    """Find what a statement leaves empty and may as well leave out."""
    if statement.body.get("Sid") == "":
        yield remark("EMPTY_SID_VALUE", (*statement.path, "Sid"))
    if statement.body.get("Condition") == {}:
        yield remark("EMPTY_OBJECT_CONDITION", (*statement.path, "Condition"), at_key=True)
    for condition in statement.conditions():
        if condition.value == []:
            yield remark(_code(condition), condition.path, key=condition.key)
    for name in ("Principal", "NotPrincipal"):
        yield from _principals((*statement.path, name), statement.body.get(name))


def _principals(path: Path, named: object) -> Iterator[Remark]:
    if isinstance(named, dict) and any(named.values()):
        for type_, values in named.items():
            if values == []:
                yield remark("EMPTY_ARRAY_PRINCIPAL", (*path, type_))


def _code(condition: Condition) -> str:
    if condition.used.quantifier is Quantifier.ALL:
        return "EMPTY_ARRAY_CONDITION_FORALLVALUES"
    if condition.used.quantifier is Quantifier.ANY:
        return "EMPTY_ARRAY_CONDITION_FORANYVALUE"
    return "EMPTY_ARRAY_CONDITION" + "_IFEXISTS" * condition.used.if_exists
