"""What is wrong with single members of a request, and AWS's message about them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Trait = Literal["required", "type", "min", "max", "pattern", "enum", "member"]


@dataclass(frozen=True)
class Violation:
    """AWS's sentence about one member of a request, named as in the operation's input.

    `trait` is what it violates of the service model, if it does, and `value` is as AWS repeats it.
    """

    member: str
    sentence: str
    trait: Trait | None = None
    value: str = ""

    @property
    def message(self) -> str:
        """AWS's message where nothing else is wrong."""
        return message_of([self])


def message_of(violations: Iterable[Violation]) -> str:
    """AWS's message about violations; those of a service model are counted."""
    found = list(violations)
    sentences = [one.sentence for one in found]
    if not any(one.trait for one in found):
        return " ".join(sentences)
    noun = "error" if len(found) == 1 else "errors"
    return f"{len(found)} validation {noun} detected: {'; '.join(sentences)}"
