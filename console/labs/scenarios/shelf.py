"""The shelf of scenarios: those that an instructor sees, and what is done with one."""

from functools import lru_cache

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from console.labs.administrators import is_administrator
from console.labs.scenarios.limits import refuse_size, refuse_text
from console.labs.scenarios.models import Scenario, TriedWorld
from console.labs.scenarios.reader import DEMO, read_scenario
from console.labs.scenarios.removal import wipe
from console.labs.scenarios.seeds import seed_scenario
from console.labs.scenarios.world_summary import Summary, summarize
from iam.models import Sandbox

_SHIPPED_ID = "course"
_LONGEST_NAME = 120


class ScenarioChanged(ValueError):
    """Somebody saved another version meanwhile; nothing was overwritten."""


@lru_cache(maxsize=1)
def _shipped_text() -> str:
    return DEMO.read_text(encoding="utf-8")


def _title(text: str) -> str:
    return str(read_scenario(text).get("title") or "Scenario")[:_LONGEST_NAME]


def shipped_scenarios() -> list[Scenario]:
    """Return the scenarios that come with Rolecall; they are in no table."""
    text, source = _shipped_text(), Scenario.Source.SHIPPED
    return [
        Scenario(public_id=_SHIPPED_ID, name=_title(text), text=text, source=source, shared=True)
    ]


def _visible(user: User) -> QuerySet[Scenario]:
    """Return the kept scenarios that an instructor sees; all for an administrator."""
    rows = Scenario.objects.select_related("owner__profile")
    return rows if is_administrator(user) else rows.filter(Q(owner=user) | Q(shared=True))


def seen_scenarios(user: User) -> list[Scenario]:
    """Return an instructor's own scenarios, then those that others share, then the shipped."""
    rows = _visible(user)
    own_first = sorted(rows.defer("text"), key=lambda one: (one.owner_id != user.pk, one.name))
    return [*own_first, *shipped_scenarios()]


def find_scenario(user: User, public_id: str) -> Scenario | None:
    """Return a scenario that an instructor may see: an own, a shared or a shipped one."""
    for shipped in shipped_scenarios():
        if shipped.public_id == public_id:
            return shipped
    return _visible(user).filter(public_id=public_id).first()


def any_scenario(public_id: str) -> Scenario | None:
    """Return a scenario of anybody's: for the command line, whose user owns the site."""
    shipped = next((one for one in shipped_scenarios() if one.public_id == public_id), None)
    return shipped or Scenario.objects.filter(public_id=public_id).first()


def own_scenario(user: User, public_id: str) -> Scenario | None:
    """Return a scenario that an instructor may change: an own one; any for an administrator."""
    rows = _visible(user) if is_administrator(user) else Scenario.objects.filter(owner=user)
    return rows.filter(public_id=public_id).first()


def _checked(text: str, owner: User) -> Summary:
    """Return what is in a scenario's world; raises ScenarioError for one that cannot be kept."""
    refuse_text(text)
    refuse_size(read_scenario(text))
    return summarize(text, owner)


def add_scenario(
    owner: User,
    text: str,
    *,
    source: Scenario.Source = Scenario.Source.WRITTEN,
    name: str = "",
    shared: bool = False,
) -> Scenario:
    """Keep a new scenario; raises ScenarioError. Without a name it has its title."""
    summary = _checked(text, owner)
    return Scenario.objects.create(
        owner=owner,
        name=(name or _title(text))[:_LONGEST_NAME],
        text=text,
        summary=summary,
        source=source,
        shared=shared,
    )


def change_scenario(
    scenario: Scenario, text: str, *, version: int, name: str = "", shared: bool = False
) -> None:
    """Keep a new text of a scenario that was shown in a version.

    Raises ScenarioError, and ScenarioChanged if that is not the version that there is.
    """
    summary = _checked(text, scenario.owner)
    rows = Scenario.objects.filter(pk=scenario.pk, version=version)
    changed = rows.update(
        name=(name or _title(text))[:_LONGEST_NAME],
        text=text,
        summary=summary,
        shared=shared,
        version=F("version") + 1,
        changed_at=timezone.now(),
    )
    if not changed:
        raise ScenarioChanged(scenario.name)


def clone_scenario(scenario: Scenario, owner: User) -> Scenario:
    """Keep a copy as somebody's own."""
    name = f"{scenario.name[: _LONGEST_NAME - 7]} (copy)"
    return add_scenario(owner, scenario.text, source=Scenario.Source.CLONED, name=name)


def summary_of(scenario: Scenario, user: User) -> Summary:
    """Return what is in a scenario's world."""
    if scenario.is_shipped:
        return _shipped_summary(scenario.text, user.pk)
    return scenario.summary


@lru_cache(maxsize=4)
def _shipped_summary(text: str, user_pk: int) -> Summary:
    return summarize(text, User.objects.get(pk=user_pk))


def sandbox_from(scenario: Scenario, owner: User, name: str = "") -> Sandbox:
    """Make a sandbox of somebody's from a scenario; raises ScenarioError."""
    return seed_scenario(scenario.text, owner, name=name or scenario.name).sandbox


def tried_sandbox(scenario: Scenario, user: User) -> Sandbox | None:
    """Return the sandbox in which an instructor tries a scenario, if there is one."""
    rows = TriedWorld.objects.filter(user=user, scenario_id=scenario.public_id)
    found = rows.select_related("sandbox").first()
    return found.sandbox if found else None


def try_scenario(scenario: Scenario, user: User) -> Sandbox:
    """Create sandbox in which an instructor tries a scenario, in the place of an earlier one."""
    with transaction.atomic():
        for earlier in TriedWorld.objects.filter(user=user, scenario_id=scenario.public_id):
            wipe(earlier.sandbox)
            earlier.sandbox.delete()
        sandbox = sandbox_from(scenario, user, f"Trying {scenario.name}"[:_LONGEST_NAME])
        TriedWorld.objects.create(user=user, scenario_id=scenario.public_id, sandbox=sandbox)
    return sandbox
