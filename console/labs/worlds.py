"""A lab's world: a sandbox seeded from the lab's file, with values of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User

from console.labs.checks import Start, start_of
from console.labs.files import LabFile, fresh_values
from console.labs.scenarios import seed_scenario
from console.labs.scenarios.account_ids import (
    ISSUER,
    ORGANIZATION,
    everywhere,
    filling_names,
)
from console.labs.scenarios.handout import kept_scenario
from console.labs.scenarios.marks import mark_start
from iam.models import Sandbox
from sts.built_in import name_of


@dataclass(frozen=True)
class LabWorld:
    """A new sandbox, the values of its names, and what it was at its start."""

    sandbox: Sandbox
    values: Mapping[str, str]
    start: Start


def own_names(sandbox: Sandbox) -> dict[str, str]:
    """Return what names stand for in a lab's world: its issuer, its organization, each account."""
    accounts = kept_scenario(sandbox)["world"]["accounts"]
    return {
        ISSUER: name_of(sandbox).host,
        **({ORGANIZATION: sandbox.organization_id} if sandbox.organization_id else {}),
        **{name: str(account["id"]) for name, account in accounts.items()},
    }


def make_lab_world(
    lab: LabFile, attempt: str, owner: User, fixed: Mapping[str, str] | None = None
) -> LabWorld:
    """Make a lab's world for an attempt; `fixed` are variables with a value of the caller's."""
    values = {**fresh_values(lab.variables, attempt), **(fixed or {})}
    world = everywhere(lab.world, filling_names(values)) if values else lab.world
    text = json.dumps({"schema": 1, "title": lab.title, "world": world})
    sandbox = seed_scenario(text, owner).sandbox
    mark_start(sandbox)
    return LabWorld(sandbox, {**values, **own_names(sandbox)}, start_of(sandbox))
