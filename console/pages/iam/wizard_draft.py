"""A wizard's draft, in the session, bound to one identity."""

from typing import Any

from django.http import HttpRequest

from console.signin.console import console_of


class WizardDraft:
    """The answers of each step, under a key of the session; another identity does not see them."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        self._session, self._key = request.session, key
        self._identity = console_of(request).identity
        kept: dict[str, Any] = request.session.get(key, {})
        self._steps: dict[str, Any] = kept if kept.get("identity") == self._identity else {}

    def step(self, slug: str) -> dict[str, Any]:
        found: dict[str, Any] = self._steps.get(slug, {})
        return found

    def keep(self, slug: str, answers: dict[str, Any]) -> None:
        self._steps = {**self._steps, slug: answers, "identity": self._identity}
        self._session[self._key] = self._steps

    def clear(self) -> None:
        self._steps = {}
        self._session.pop(self._key, None)
