"""The worlds of a class's attempts in its file: rows without secrets, and what they decide.

On the other site each is made anew: other IDs, other secrets, the values of that attempt's
variables. Then it is judged, and asked what its policies allow, and compared with what it was.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from console.classes.models import Class
from console.classes.resting import settle_worlds
from console.classes.worlds import worlds_of
from console.labs.attempts import bring_up_to_date, recheck
from console.labs.attempts.templates import template_of
from console.labs.decisions import decisions_hash, decisions_of
from console.labs.files import LabFile, fresh_values
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from console.labs.rows import snapshot
from console.labs.rows.portable import PortableWorld, without_secrets
from iam.models import Sandbox
from sts.built_in.keys import new_key

World = dict[str, Any]
MOST_AT_ONCE = 100
"""Each takes about 60 ms to export."""
_OTHER_WORDS = "results: other words for the same verdicts"
"""New IDs stand in them."""


def _values(attempt: Attempt, lab: LabFile) -> dict[str, str]:
    return fresh_values(lab.variables, attempt.public_id)


def judge_worlds(course_class: Class) -> None:
    """Judge the worlds of a class, so that a document that is made afterwards has their results."""
    for _ in judge_in_steps(course_class):
        pass


def judge_in_steps(course_class: Class) -> Iterator[None]:
    """Judge the worlds of a class, one in each step."""
    for attempt in worlds_of(course_class).filter(waits=False).select_related("sandbox"):
        lab = lab_of(attempt)
        if lab is not None:
            bring_up_to_date(attempt, lab)
        yield


def may_send_worlds(course_class: Class) -> bool:
    """Return whether a page can export the worlds: they are few; the command exports any number."""
    return worlds_of(course_class).filter(waits=False).count() <= MOST_AT_ONCE


def exported_worlds(course_class: Class) -> Iterator[tuple[int, World]]:
    """Yield the worlds of a class's attempts, each with the place of its attempt in the document.

    What happens after the document was made is no part of its results: `judge_worlds` comes first.
    """
    attempts = Attempt.objects.filter(assignment__course_class=course_class, waits=False)
    keys = list(attempts.order_by("pk").values_list("pk", flat=True))
    there = set(worlds_of(course_class).values_list("pk", flat=True))
    for place, key in enumerate(keys):
        if key in there:
            found = _exported(Attempt.objects.select_related("sandbox").get(pk=key))
            if found is not None:
                yield place, found


def _exported(attempt: Attempt) -> World | None:
    lab = lab_of(attempt)
    if lab is None:
        return None
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    taken, values = snapshot(sandbox), _values(attempt, lab)
    frozen = sandbox.frozen_at
    return {
        "rows": without_secrets(taken, sandbox),
        "values": values,
        "exam": sandbox.exam,
        "frozen_at": frozen.isoformat() if frozen else None,
        "at": taken.moment.isoformat(),
        "decides": decisions_hash(decisions_of(sandbox, taken.moment, values)),
    }


@dataclass
class ImportedWorlds:
    """How many worlds were made, and those that are not as they were, by their students."""

    made: int = 0
    different: list[str] = field(default_factory=list)


def import_worlds(course_class: Class, worlds: Iterable[tuple[int, World]]) -> ImportedWorlds:
    """Make the worlds of a class that was imported; each in a transaction of its own.

    So nobody waits long for the database, and one that is there already stays: who was stopped
    goes on. A world that cannot be made is reported as different.
    """
    key, found = new_key("idp", timezone.now()), ImportedWorlds()
    rows = Attempt.objects.filter(assignment__course_class=course_class).order_by("pk")
    attempts = list(rows.select_related("sandbox", "owner"))
    for place, data in worlds:
        attempt = attempts[place] if 0 <= place < len(attempts) else None
        if attempt is None:
            found.different.append(f"the attempt {place}, which is not there")
            continue
        if attempt.world_gone_at is None:
            found.made += 1
            continue
        who = f"{attempt.owner.get_username()}: {attempt.lab}"
        try:
            same = _made_again(attempt, data, key)
        except (
            DatabaseError,
            ValidationError,
            UnsupportedAlgorithm,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
            IndexError,
            OverflowError,
        ) as error:
            found.different.append(f"{who} ({type(error).__name__})")
            continue
        found.made += 1
        if not same:
            found.different.append(who)
    return found


def _made_again(attempt: Attempt, data: World, key: Any) -> bool:
    """Fill an attempt's sandbox; return whether it is judged, and decides, as it was."""
    lab = lab_of(attempt)
    if lab is None:
        message = "The lab is not there."
        raise ValueError(message)
    template = template_of(lab, attempt.owner)
    values = _values(attempt, lab)
    renamed = {old: values[name] for name, old in data["values"].items() if name in values}
    world, sandbox = PortableWorld(data["rows"], renamed, key), attempt.sandbox
    frozen = data["frozen_at"]
    with transaction.atomic():
        sandbox.name, sandbox.keeps_steps = lab.title, True
        sandbox.exam = bool(data["exam"])
        sandbox.frozen_at = datetime.fromisoformat(frozen) if frozen else None
        sandbox.save(update_fields=["name", "keeps_steps", "exam", "frozen_at"])
        world.fill(sandbox)
        attempt.start = world.in_copy(attempt.start, sandbox)
        attempt.results = world.in_copy(attempt.results, sandbox)
        attempt.judged_at, attempt.world_gone_at, attempt.template = "", None, template
        attempt.save(update_fields=["start", "results", "judged_at", "world_gone_at", "template"])
        settle_worlds(Sandbox.objects.filter(pk=sandbox.pk))
    at = datetime.fromisoformat(data["at"])
    decides = decisions_hash(decisions_of(sandbox, at, values))
    judged = recheck(attempt, apply=False)
    return decides == data["decides"] and set(judged.changes) <= {_OTHER_WORDS}
