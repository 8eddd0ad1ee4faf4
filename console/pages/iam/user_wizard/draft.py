"""The draft of *Create user*."""

from typing import Any

from django.http import HttpRequest

from console.pages.iam.attach.options import PermissionsChoice
from console.pages.iam.sealed_text import opened, sealed
from console.pages.iam.wizard_draft import WizardDraft


class UserDraft(WizardDraft):
    """The answers of each step; a password is encrypted."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "user_wizard")

    @property
    def details(self) -> dict[str, Any]:
        """Return the answers of step 1, empty before it was sent."""
        found = dict(self.step("details"))
        if found.get("Password"):
            found["Password"] = opened(found["Password"])
        return found

    @property
    def chosen(self) -> PermissionsChoice:
        """Return the permissions chosen in step 2."""
        kept = self.step("permissions")
        return PermissionsChoice(
            kept.get("option", "groups"),
            tuple(kept.get("groups", ())),
            kept.get("copy_from", ""),
            tuple(kept.get("policies", ())),
        )

    @property
    def boundary(self) -> str:
        return str(self.step("permissions").get("boundary", ""))

    def keep_details(self, answers: dict[str, Any]) -> None:
        password = answers.get("Password", "")
        self.keep("details", {**answers, "Password": sealed(password) if password else ""})

    def keep_permissions(self, chosen: PermissionsChoice, boundary: str) -> None:
        """Keep step 2."""
        permissions = {
            "option": chosen.option,
            "groups": chosen.groups,
            "copy_from": chosen.copy_from,
            "policies": chosen.policies,
            "boundary": boundary,
        }
        self.keep("permissions", permissions)
