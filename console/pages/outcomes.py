"""Several calls of one button, and flash bars about which of them succeeded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from console.pages.calls import CallResult, call
from console.pages.forms import sent
from console.ui.flash import flash_error

MOST_AT_ONCE = 50
_MOST_NAMED = 5


def chosen_of(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def chosen_in(request: HttpRequest, name: str = "selected") -> list[str]:
    """Return the chosen values for a button, each once, and no more than MOST_AT_ONCE."""
    data = sent(request)
    return chosen_of(data.getlist(name))[:MOST_AT_ONCE]


def named(things: list[str]) -> str:
    shown = ", ".join(things[:_MOST_NAMED])
    return f"{shown} and {len(things) - _MOST_NAMED} more" if len(things) > _MOST_NAMED else shown


def flash_refused(request: HttpRequest, result: CallResult, failure: str = "") -> None:
    """Show a red bar: what failed, AWS's sentence and, for a denial, the link *Why?*."""
    sentence = f"{failure}: {result.message}" if failure else result.message
    flash_error(request, sentence, ("Why?", result.why_url) if result.why_url else None)


@dataclass
class Outcomes:
    """The things whose calls succeeded, and the refused ones by AWS's sentence."""

    done: list[str] = field(default_factory=list)
    refused: dict[str, tuple[CallResult, list[str]]] = field(default_factory=dict)

    @property
    def nothing_done(self) -> bool:
        """Tell whether every call was refused: then the form stays, with what was chosen."""
        return bool(self.refused) and not self.done

    def call(self, request: HttpRequest, thing: str, operation: str, **params: Any) -> None:
        """Make one call about a thing."""
        result = call(request, operation, **params)
        if result.error is None:
            self.done.append(thing)
        else:
            _, things = self.refused.setdefault(result.message, (result, []))
            things.append(thing)

    def flash_refused(self, request: HttpRequest, verb: str) -> None:
        """Show one red bar for each reason of a refusal: *X was not attached: …*."""
        for result, things in self.refused.values():
            were = "was" if len(things) == 1 else "were"
            flash_refused(request, result, f"{named(things)} {were} not {verb}")
