"""The optional permissions boundary in a step of a wizard."""

from typing import Any

from django.http import HttpRequest

from console.pages.calls import CallResult
from console.pages.iam.policy_table import BOUNDARY_PICKER


class BoundaryChoice:
    """Whether a new user or role gets a boundary, and which: as sent, else as saved before."""

    def __init__(self, request: HttpRequest, saved: str) -> None:
        self._request, sent = request, request.method == "POST"
        filtered = any(name.startswith("boundary-") for name in request.GET)
        self.used = request.POST.get("use_boundary") == "yes" if sent else bool(saved) or filtered
        self.arn = (request.POST.get("boundary", "") if sent else saved) if self.used else ""
        missing = sent and self.used and not self.arn
        self.error = "Choose the policy to use as the boundary." if missing else ""

    def context(self, listed: CallResult) -> dict[str, Any]:
        """Return what `iam/entities/boundary_choice.html` shows; `listed` are the policies."""
        rows = listed.rows("Policies")
        return {
            "boundary": BOUNDARY_PICKER.view(
                self._request, rows, selected=[self.arn], refused=listed
            ),
            "boundary_error": self.error,
            "use_boundary": self.used,
            "no_boundary": not self.used,
        }
