"""The violations of single members of a request, and AWS's message about all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Trait = Literal["required", "type", "min", "max", "pattern", "enum", "member"]


@dataclass(frozen=True)
class Violation:
    """AWS's sentence about one member of a request, named as in the operation's input.

    `trait` is the violated trait of the service model, if any; `value` is as AWS repeats it.
    """

    member: str
    sentence: str
    trait: Trait | None = None
    value: str = ""

    @property
    def message(self) -> str:
        """Return AWS's message if this is the only violation."""
        return message_of([self])


def message_of(violations: Iterable[Violation]) -> str:
    """Return AWS's message about violations; it counts those of a service model."""
    found = list(violations)
    sentences = [one.sentence for one in found]
    if not any(one.trait for one in found):
        return " ".join(sentences)
    noun = "error" if len(found) == 1 else "errors"
    return f"{len(found)} validation {noun} detected: {'; '.join(sentences)}"
