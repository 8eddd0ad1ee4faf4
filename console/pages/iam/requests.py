"""How the pages ask: what a page shows of a denied call, and lists in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.attempts import attempt
from iam.wire.errors import AwsError

ALL = {"MaxItems": 1000}


@dataclass(frozen=True)
class Answered:
    """A call's result, or the sentence of its error with the page that says why."""

    result: Mapping[str, Any] = field(default_factory=dict)
    denied: str = ""
    why_url: str = ""
    code: str = ""

    def rows(self, key: str) -> list[Any]:
        """Return a list of the result, empty if the call failed."""
        found: list[Any] = self.result.get(key, [])
        return found

    @property
    def shown(self) -> dict[str, str]:
        """Return what a table takes to show the denial in the place of its rows."""
        return {"denied": self.denied, "why_url": self.why_url}


def why_url(error: AwsError) -> str:
    """Return the page that explains a denial; empty for any other error."""
    event_id = getattr(error, "event_id", None)
    return reverse("why", args=[event_id]) if event_id else ""


def answered(error: AwsError) -> Answered:
    """Return an error as a page shows it."""
    return Answered(denied=error.message, why_url=why_url(error), code=error.code)


def ask(request: HttpRequest, operation: str, **params: Any) -> Answered:
    """Perform a call for a part of a page, which shows the error if there is one."""
    tried = attempt(request, operation, **params)
    return answered(tried.error) if tried.error else Answered(tried.result)


def ask_all(request: HttpRequest, operation: str, key: str, **params: Any) -> Answered:
    """Perform a list call page by page until nothing is left, a thousand rows a call."""
    rows: list[Any] = []
    marker: dict[str, Any] = {}
    while True:
        answer = ask(request, operation, **ALL, **params, **marker)
        if answer.denied:
            return answer
        rows += answer.rows(key)
        if not answer.result.get("IsTruncated"):
            return Answered({**answer.result, key: rows})
        marker = {"Marker": answer.result["Marker"]}
