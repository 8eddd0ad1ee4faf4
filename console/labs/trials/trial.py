"""A trial: a lab's world made for one answer, and what was done in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User

from console.labs.checks import Case, Happening, Start
from console.labs.checks.saved_sessions import open_results
from console.labs.files import LabFile
from console.labs.worlds import make_lab_world
from iam.models import Sandbox

OWNER = "rolecall-trial"


@dataclass
class Trial:
    """A world in which steps are performed; `refused` are the calls that AWS would refuse.

    `happenings` are the steps that the site alone would have seen.
    """

    lab: LabFile
    sandbox: Sandbox
    values: Mapping[str, str]
    start: Start
    saved: dict[str, Any] = field(default_factory=dict)
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)

    def case(self, later: timedelta = timedelta()) -> Case:
        """Return the world as it is, for the lab's checks: now, or some time later."""
        self.sandbox.refresh_from_db()
        return Case(
            self.lab,
            self.sandbox,
            self.values,
            self.start,
            self.answers,
            later,
            self.saved,
            happenings=tuple(self.happenings),
        )


def begin(lab: LabFile, attempt: str, fixed: Mapping[str, str] | None = None) -> Trial:
    """Make the lab's world; `fixed` are variables with a value of the caller's."""
    owner, _ = User.objects.get_or_create(username=OWNER)
    world = make_lab_world(lab, attempt, owner, fixed)
    saved = open_results(world.start.saved, world.sandbox)
    return Trial(lab, world.sandbox, world.values, world.start, saved)
