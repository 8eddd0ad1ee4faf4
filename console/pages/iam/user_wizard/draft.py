"""The draft of *Create user*, in the session, bound to one identity."""

from typing import Any

from django.http import HttpRequest

from console.pages.iam.attach.options import PermissionsChoice
from console.pages.iam.sealed_text import opened, sealed
from console.signin.console import console_of

_KEY = "user_wizard"


class UserDraft:
    """The answers of each step; a password is encrypted."""

    def __init__(self, request: HttpRequest) -> None:
        self._session = request.session
        self._identity = console_of(request).identity
        kept: dict[str, Any] = request.session.get(_KEY, {})
        self._steps: dict[str, Any] = kept if kept.get("identity") == self._identity else {}

    @property
    def details(self) -> dict[str, Any]:
        """Return the answers of step 1, empty before it was sent."""
        found = dict(self._steps.get("details", {}))
        if found.get("Password"):
            found["Password"] = opened(found["Password"])
        return found

    @property
    def chosen(self) -> PermissionsChoice:
        """Return the permissions chosen in step 2."""
        kept = self._steps.get("permissions", {})
        return PermissionsChoice(
            kept.get("option", "groups"),
            tuple(kept.get("groups", ())),
            kept.get("copy_from", ""),
            tuple(kept.get("policies", ())),
        )

    @property
    def boundary(self) -> str:
        return str(self._steps.get("boundary", ""))

    def keep_details(self, answers: dict[str, Any]) -> None:
        password = answers.get("Password", "")
        self._keep(details={**answers, "Password": sealed(password) if password else ""})

    def keep_permissions(self, chosen: PermissionsChoice, boundary: str) -> None:
        """Keep step 2."""
        permissions = {
            "option": chosen.option,
            "groups": chosen.groups,
            "copy_from": chosen.copy_from,
            "policies": chosen.policies,
        }
        self._keep(permissions=permissions, boundary=boundary)

    def clear(self) -> None:
        self._steps = {}
        self._session.pop(_KEY, None)

    def _keep(self, **steps: Any) -> None:
        self._steps = {**self._steps, **steps, "identity": self._identity}
        self._session[_KEY] = self._steps
