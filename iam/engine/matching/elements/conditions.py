"""Condition: operators and keys all hold (AND), of a key's values any one (OR)."""

from iam.engine.matching.elements.actions import listed
from iam.engine.matching.elements.obstacle import Obstacle
from iam.engine.matching.operators.registry import Operator, Quantifier, UsedOperator, ValueTest
from iam.engine.matching.patterns import weight_of
from iam.engine.request import Keys


class ConditionTest:
    """One operator on one key."""

    __slots__ = ("_key", "_operator", "_tests", "key", "patterns", "used", "values", "variables")

    def __init__(
        self, used: UsedOperator, key: str, values: tuple[str, ...], *, variables: bool
    ) -> None:
        self.used = used
        self.key = key
        self._operator: Operator = used.operator
        self._key = key.lower()
        self.values = values
        self.patterns = sum(map(weight_of, values))
        self.variables = variables and used.operator.takes_variables
        self._tests: tuple[ValueTest, ...] = tuple(
            used.operator.compile(value, self.variables) for value in values
        )

    def holds(self, keys: Keys) -> bool:
        """Whether the condition is met by a request context."""
        values = keys.get(self._key, ())
        if self._operator.tests_presence:
            return self._tests_presence(values, keys)
        if not values:
            return self._without_values()
        match self.used.quantifier:
            case Quantifier.ALL:
                return values == ("",) or all(self._accepts(value, keys) for value in values)
            case Quantifier.ANY:
                return any(self._accepts(value, keys) for value in values)
            case _:
                # Several values need a qualifier: without one they match nothing.
                return len(values) == 1 and self._accepts(values[0], keys)

    def obstacle(self, keys: Keys) -> Obstacle:
        """Why the condition is not met, with the values compared."""
        values = keys.get(self._key, ())
        found = f"the request has {listed(values)}" if values else "the request has no such key"
        wanted = "not expected" if self._operator.negated else "expected"
        expected = listed(self.values) if self.values else "nothing"
        return Obstacle(
            "Condition",
            f"Condition: `{self.used}` on `{self.key}`: {found}, {wanted} {expected}",
            values,
            self.values,
            operator=str(self.used),
            key=self.key,
            negated=self._operator.negated,
        )

    def _tests_presence(self, values: tuple[str, ...], keys: Keys) -> bool:
        """With a qualifier, Access Analyzer's reference says, Null is always true or false."""
        if self.used.quantifier is not None:
            return self.used.quantifier is Quantifier.ALL
        return self._fits("false" if values else "true", keys)

    def _without_values(self) -> bool:
        if self.used.if_exists:
            return True
        match self.used.quantifier:
            case Quantifier.ALL:
                return True
            case Quantifier.ANY:
                return False
            case _:
                return self._operator.negated

    def _accepts(self, value: str, keys: Keys) -> bool:
        readable = self._operator.readable
        if readable is not None and not readable(value):
            return False
        return self._fits(value, keys) is not self._operator.negated

    def _fits(self, value: str, keys: Keys) -> bool:
        return any(test(value, keys) for test in self._tests)
