"""Sandboxes made from scenarios, and started again."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from json import dumps
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from console.labs.scenarios.account_ids import with_own_ids
from console.labs.scenarios.handout import AccountHandout, handout, kept_scenario
from console.labs.scenarios.passwords import with_kept_secrets
from console.labs.scenarios.reader import Data, read_scenario
from console.labs.scenarios.removal import wipe
from iam.models import Sandbox


@dataclass(frozen=True)
class SeededSandbox:
    """A sandbox just made, and what one signs in to it with."""

    sandbox: Sandbox
    accounts: list[AccountHandout]


def _build(sandbox: Sandbox, data: Data, moment: datetime) -> None:
    # Only now: factory-boy is too heavy for every worker to import.
    building: Any = import_module("console.labs.scenarios.builder")
    building.build(sandbox, data, moment)


def seed_scenario(
    text: str,
    owner: User,
    *,
    name: str | None = None,
    public: bool = False,
    trusted: bool = False,
    moment: datetime | None = None,
) -> SeededSandbox:
    """Make a sandbox of the owner's from a scenario file's text; raises ScenarioError.

    What it holds is made at the `moment`, by the real clock, if not now.
    Fixed passwords and keys, and the file's `public`, count only if the file is `trusted`.
    """
    data = with_kept_secrets(read_scenario(text), trusted=trusted)
    wanted = data.get("sandbox", {})
    with transaction.atomic():
        sandbox = Sandbox.objects.create(
            name=name or wanted.get("name") or data.get("title", "Sandbox"),
            owner=owner,
            public=public or (trusted and wanted.get("public", False)),
            secure_transport=wanted.get("secure_transport", True),
            outside_accounts=wanted.get("outside_accounts", {}),
        )
        data = with_own_ids(data, sandbox)
        sandbox.scenario = dumps(data, indent=1, ensure_ascii=False)
        sandbox.save(update_fields=["scenario"])
        _build(sandbox, data, moment or timezone.now())
        return SeededSandbox(sandbox, handout(sandbox))


def restart(sandbox: Sandbox) -> Sandbox:
    """Start a sandbox again from its scenario: no old token is honoured, the clock stays.

    Account IDs and handed-out passwords are those of the start.
    """
    with transaction.atomic():
        rows = Sandbox.objects.filter(pk=sandbox.pk)
        rows.update(generation=F("generation") + 1, stamp=F("stamp") + 1, stored=0)
        fresh = rows.get()
        wipe(fresh)
        _build(fresh, kept_scenario(fresh), timezone.now())
    return fresh
