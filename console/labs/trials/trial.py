"""A trial: a lab's world made for one answer, and what was done in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User

from console.labs.checks import Case, Start, start_of
from console.labs.files import LabFile, fresh_values
from console.labs.scenarios import seed_scenario
from console.labs.scenarios.account_ids import everywhere, filling_names
from console.labs.scenarios.handout import kept_scenario
from iam.models import Sandbox

OWNER = "rolecall-trial"


@dataclass
class Trial:
    """A world in which steps are performed; `refused` are the calls that AWS would refuse."""

    lab: LabFile
    sandbox: Sandbox
    values: Mapping[str, str]
    start: Start
    saved: dict[str, Any] = field(default_factory=dict)
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def case(self) -> Case:
        """Return the world as it is now, for the lab's checks."""
        self.sandbox.refresh_from_db()
        return Case(self.lab, self.sandbox, self.values, self.start, self.answers)


def begin(lab: LabFile, attempt: str, fixed: Mapping[str, str] | None = None) -> Trial:
    """Make the lab's world; `fixed` are variables with a value of the caller's."""
    values = {**fresh_values(lab.variables, attempt), **(fixed or {})}
    world = everywhere(lab.world, filling_names(values)) if values else lab.world
    owner, _ = User.objects.get_or_create(username=OWNER)
    text = json.dumps({"schema": 1, "title": lab.title, "world": world})
    sandbox = seed_scenario(text, owner).sandbox
    accounts = kept_scenario(sandbox)["world"]["accounts"]
    ids = {name: str(account["id"]) for name, account in accounts.items()}
    return Trial(lab, sandbox, {**values, **ids}, start_of(sandbox))
