"""What happened to sessions and no record has: CloudTrail writes no event of it."""

from datetime import datetime, timedelta

from django.db import models

from iam.models.base import Sandbox, Simulated

MARKS_KEPT = 200


class SessionMark(Simulated):
    """A console session was signed out, or the sandbox's clock was moved."""

    at = models.DateTimeField(help_text="By the sandbox's clock, before it was moved.")
    access_key_id = models.CharField(
        max_length=20, blank=True, help_text="Of the session that was signed out."
    )
    moved = models.DurationField(null=True, help_text="By how much the clock was moved.")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["sandbox", "-at"], name="session_marks")]

    def __str__(self) -> str:
        return f"{self.access_key_id or 'clock'} at {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def note(
        cls,
        sandbox: Sandbox,
        at: datetime,
        *,
        access_key_id: str = "",
        moved: timedelta | None = None,
    ) -> None:
        """Store a mark; only the newest are kept."""
        cls.add(sandbox, at=at, access_key_id=access_key_id, moved=moved)
        rows = cls.in_sandbox(sandbox)
        keys = rows.order_by("-id").values_list("id", flat=True)
        for pk in keys[MARKS_KEPT : MARKS_KEPT + 1]:
            rows.filter(id__lte=pk).delete()
