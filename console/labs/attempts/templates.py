"""Labs' worlds kept as rows: attempts begin as copies of them, and go back to them."""

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from console.labs.attempts.start_data import start_data
from console.labs.checks import Case, judge_task
from console.labs.files import LabFile, fresh_values
from console.labs.models import LabTemplate
from console.labs.rows import Snapshot, as_in_copy, copy_world, restore, snapshot
from console.labs.worlds import LabWorld, make_lab_world
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared

Values = Mapping[str, str]

_RUN = re.compile(r"[0-9A-Za-z-]+")
_FEW = 5


@dataclass(frozen=True)
class _Made:
    """A lab's world with samples for its variables, as rows."""

    samples: Values
    rows: bytes
    start: dict[str, Any]


def _guards(lab: LabFile, world: LabWorld) -> list[str]:
    """Return the checks of `partial` tasks that pass at the start: they bring no points."""
    case = Case(lab, world.sandbox, world.values, world.start)
    results = [judge_task(case, task) for task in lab.tasks if task.partial]
    return [f"{one.task}.{check.name}" for one in results for check in one.checks if check.passed]


def build_rows(lab: LabFile, owner: User, name: str) -> _Made:
    """Make a lab's world by the factories, read its rows, and leave nothing behind."""
    with transaction.atomic():
        world = make_lab_world(lab, name, owner)
        samples = {variable: world.values[variable] for variable in lab.variables}
        start = start_data(world.start) | {"guards": _guards(lab, world)}
        made = _Made(samples, snapshot(world.sandbox).packed(), start)
        transaction.set_rollback(True)
    return made


def _are_distinct(samples: Values, lab: LabFile) -> bool:
    """Return whether the samples stand neither in the lab's files nor in each other."""
    text = json.dumps([lab.world, lab.history])
    found = sorted(samples.values(), key=len)
    return not any(
        one in text or any(one in longer for longer in found[place + 1 :])
        for place, one in enumerate(found)
    )


def _stand_by_chance(made: _Made) -> bool:
    """Return whether a sample is a part of something random, such as an ID or a hash."""
    text = zlib.decompress(made.rows).decode()
    meant = set(_RUN.findall(json.loads(text)["scenario"]))
    runs = set(_RUN.findall(text)) - meant
    return any(sample in run for sample in made.samples.values() for run in runs)


def _new_template(lab: LabFile, owner: User) -> LabTemplate:
    names = (f"template-{number}" for number in count())
    fitting = (one for one in names if _are_distinct(fresh_values(lab.variables, one), lab))
    made = build_rows(lab, owner, next(fitting))
    for _ in range(_FEW):
        if not _stand_by_chance(made):
            break
        made = build_rows(lab, owner, next(fitting))
    LabTemplate.objects.filter(lab=lab.slug, attempt=None).exclude(lab_hash=lab.hash).delete()
    template, _ = LabTemplate.objects.get_or_create(
        lab_hash=lab.hash,
        defaults={
            "lab": lab.slug,
            "rows": made.rows,
            "variables": dict(lab.variables),
            "samples": made.samples,
            "start": made.start,
        },
    )
    return template


def _of_files(lab_hash: str) -> QuerySet[LabTemplate]:
    return LabTemplate.objects.filter(lab_hash=lab_hash)


_OF_FILES = Prepared(_of_files)


def template_of(lab: LabFile, owner: User) -> LabTemplate:
    """Return the template of a lab as its files are now; the first who asks has it made."""
    return _OF_FILES.first(lab.hash) or _new_template(lab, owner)


@lru_cache(maxsize=64)
def _opened(rows: bytes) -> Snapshot:
    """Return a template's rows, which a process opens once."""
    return Snapshot.unpacked(rows)


def _rows(template: LabTemplate) -> Snapshot:
    return _opened(bytes(template.rows))


def _replaced(template: LabTemplate, attempt: str) -> dict[str, str]:
    """Return what each sample becomes in an attempt's world."""
    values = fresh_values(template.variables, attempt)
    return {sample: values[name] for name, sample in template.samples.items()}


def fill_from(template: LabTemplate, sandbox: Sandbox, attempt: str) -> dict[str, Any]:
    """Fill a new sandbox with a template's world; return its start as data."""
    rows, replaced = _rows(template), _replaced(template, attempt)
    copy_world(rows, sandbox, values=replaced)
    start: dict[str, Any] = as_in_copy(template.start, rows, sandbox, replaced)
    return start


def set_back(template: LabTemplate, sandbox: Sandbox, attempt: str) -> None:
    """Set a sandbox back to the start: all its IDs and handed-out secrets are those of then."""
    restore(sandbox, _rows(template), values=_replaced(template, attempt))
