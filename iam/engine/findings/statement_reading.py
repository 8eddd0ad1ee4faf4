"""A statement as the rules of findings read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from iam.engine.document.places import Path
from iam.engine.findings.facts import Facts
from iam.engine.grammar.every_type import as_texts
from iam.engine.matching.operators.registry import UsedOperator, used_operator
from iam.engine.matching.patterns import pattern_matches
from iam.engine.terms import PolicyType

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConditionReading:
    """One key of a Condition block."""

    path: Path
    used: UsedOperator
    key: str
    value: Any
    """As the document has it."""

    @property
    def name(self) -> str:
        return self.key.lower()

    @property
    def values(self) -> tuple[str, ...]:
        return as_texts(self.value)

    @property
    def is_like(self) -> bool:
        """Whether a `*` in a value is a wildcard."""
        return "Like" in self.used.operator.name or self.used.operator.name.startswith("Arn")


@dataclass(slots=True)
class Guesses:
    """The number of searches for suggestions that a document's findings may still make."""

    left: int = 20

    def take(self) -> bool:
        """Use one up; false if none is left."""
        self.left -= 1
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class StatementReading:
    """A statement as the rules read it, with what is known of its surroundings."""

    path: Path
    body: Body
    policy_type: PolicyType
    facts: Facts | None = None
    resource_type: str = ""
    """What a resource policy is attached to, such as `AWS::S3::Bucket`."""
    guesses: Guesses = field(default_factory=Guesses)

    @property
    def allows(self) -> bool:
        return self.body.get("Effect") == "Allow"

    @property
    def service(self) -> str:
        """The service whose resource the policy is attached to; empty if that is not known."""
        return self.resource_type.split("::")[1].lower() if self.resource_type else ""

    def texts(self, name: str) -> tuple[str, ...]:
        return as_texts(self.body[name]) if name in self.body else ()

    def located(self, name: str) -> Iterator[tuple[Path, str]]:
        """The values of an element with their paths."""
        several = isinstance(self.body.get(name), list)
        for index, text in enumerate(self.texts(name)):
            yield ((*self.path, name, index) if several else (*self.path, name)), text

    def principals(self, type_: str) -> Iterator[tuple[Path, str]]:
        """The principals of a type with their paths."""
        named = self.body.get("Principal")
        if isinstance(named, dict) and type_ in named:
            several = isinstance(named[type_], list)
            path = (*self.path, "Principal", type_)
            for index, text in enumerate(as_texts(named[type_])):
                yield ((*path, index) if several else path), text

    def conditions(self) -> Iterator[ConditionReading]:
        """Every key of the Condition block; those of unknown operators are passed over."""
        for name, keys in self.body.get("Condition", {}).items():
            used = used_operator(name)
            if used is not None:
                for key, value in keys.items():
                    yield ConditionReading((*self.path, "Condition", name, key), used, key, value)

    def condition_keys(self) -> set[str]:
        """The keys of the Condition block in lower case."""
        return {condition.name for condition in self.conditions()}


def covers(patterns: tuple[str, ...], action: str) -> bool:
    return any(pattern_matches(pattern.lower(), action.lower()) for pattern in patterns)


def is_wild(text: str) -> bool:
    """Whether a text has a wildcard that is none of `${*}` and `${?}`."""
    bare = text.replace("${*}", "").replace("${?}", "")
    return "*" in bare or "?" in bare
