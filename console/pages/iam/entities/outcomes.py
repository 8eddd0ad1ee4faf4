"""Several calls of one button, and the flash bars that say which of them succeeded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from console.pages.attempts import attempt
from console.pages.iam.requests import why_url
from console.ui.flash import flash_error
from iam.wire.errors import AwsError

MOST_AT_ONCE = 50
_MOST_NAMED = 5


def chosen_of(values: Iterable[str]) -> list[str]:
    """Return what was ticked, each once."""
    return list(dict.fromkeys(value for value in values if value))


def named(things: list[str]) -> str:
    """Return some names as a sentence has them."""
    shown = ", ".join(things[:_MOST_NAMED])
    return f"{shown} and {len(things) - _MOST_NAMED} more" if len(things) > _MOST_NAMED else shown


def flash_refusal(request: HttpRequest, sentence: str, error: AwsError) -> None:
    """Say in a red bar what could not be done, with the page that says why of a denial."""
    _flash_why(request, sentence, why_url(error))


def _flash_why(request: HttpRequest, sentence: str, why: str) -> None:
    flash_error(request, sentence, ("Why?", why) if why else None)


@dataclass
class Outcomes:
    """What was done and what was not, by AWS's sentence and the page that says why."""

    done: list[str] = field(default_factory=list)
    failed: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def perform(self, request: HttpRequest, thing: str, operation: str, **params: Any) -> bool:
        """Perform one call about a thing; tell whether it succeeded."""
        error = attempt(request, operation, **params).error
        if error is None:
            self.done.append(thing)
            return True
        same = next((key for key in self.failed if key[0] == error.message), None)
        self.failed.setdefault(same or (error.message, why_url(error)), []).append(thing)
        return False

    def flash_failures(self, request: HttpRequest, verb: str) -> None:
        """Say what could not be done, one red bar for each reason: *X was not attached: …*."""
        for (message, why), things in self.failed.items():
            were = "was" if len(things) == 1 else "were"
            _flash_why(request, f"{named(things)} {were} not {verb}: {message}", why)
