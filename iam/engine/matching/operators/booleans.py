"""Bool and Null: `true` and `false`, without case."""

from iam.engine.matching.operators.operator import Operator, ValueTest, never
from iam.engine.request import Keys


def _is_boolean(text: str) -> bool:
    return text.lower() in {"true", "false"}


def _equals(text: str, variables: bool) -> ValueTest:
    wanted = text.lower()
    if not _is_boolean(wanted):
        return never

    def test(value: str, keys: Keys) -> bool:
        return value.lower() == wanted

    return test


OPERATORS = (
    Operator("Bool", _equals, well_formed=_is_boolean),
    Operator("Null", _equals, tests_presence=True, well_formed=_is_boolean),
)
