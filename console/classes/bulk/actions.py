"""The actions that can be done with the work of many students."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models


class BulkAction(models.TextChoices):
    """What is done with each student's attempt at one assignment.

    To unlock is to open the tasks that wait for another. No log-in is ever locked.
    """

    RESET = "reset-world", "Reset the world"
    UNLOCK = "unlock", "Unlock all tasks"
    REOPEN = "reopen", "Let them continue after handing in"
    AWARD = "award", "Award points"
    RECHECK = "recheck", "Check again, by the lab as it is now"


@dataclass(frozen=True)
class Award:
    """Points for a task, or for the whole lab; without points an award is taken back."""

    points: Decimal | None = None
    task: str = ""
    reason: str = ""

    def packed(self) -> dict[str, Any]:
        points = None if self.points is None else str(self.points)
        return {"points": points, "task": self.task, "reason": self.reason}

    @classmethod
    def unpacked(cls, data: dict[str, Any]) -> "Award":
        points = None if data["points"] is None else Decimal(data["points"])
        return cls(points, data["task"], data["reason"])
