"""What the tests of rows share."""

from typing import Any

import pytest
from django.db import transaction

from console.labs.rows import Snapshot, copy_world, snapshot
from console.labs.scenarios import DEMO, seed_scenario
from console.labs.site_users import site_student
from iam.models import Sandbox
from tests.labs.rows.worlds import Place, furnished, real_now


def empty(owner: str) -> Sandbox:
    """Return a new sandbox of a site user."""
    return Sandbox.objects.create(name=f"{owner}'s", owner=site_student(owner))


def _made(kind: str) -> Snapshot:
    if kind == "everything":
        place = furnished()
        return snapshot(place.sandbox, place.at)
    seeded = seed_scenario(DEMO.read_text(encoding="utf-8"), site_student("teacher"))
    return snapshot(seeded.sandbox, real_now())


@pytest.fixture(scope="session")
def templates(django_db_setup: None, django_db_blocker: Any) -> dict[str, Snapshot]:
    """Snapshots of worlds that are gone."""
    with django_db_blocker.unblock(), transaction.atomic():
        # Else a copy might have their primary keys, from which an organization has its ID.
        Sandbox.objects.create(pk=10**6, name="far away", owner=site_student("teacher"))
        made = {kind: _made(kind) for kind in ("everything", "demo")}
        transaction.set_rollback(True)
    return made


@pytest.fixture
def template(templates: dict[str, Snapshot], db: None) -> Snapshot:
    """A world that has something of everything, with a history."""
    return templates["everything"]


@pytest.fixture
def place(template: Snapshot) -> Place:
    """A copy of that world, at the moment at which it was made."""
    copy = copy_world(template, empty("alice"), received_at=template.moment)
    return Place(copy, template.moment)
