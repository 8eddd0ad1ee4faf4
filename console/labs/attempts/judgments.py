"""An attempt's results brought up to date, and its solved tasks stored.

Results are a function of the lab's files, of the world's moment and of what was answered. What
moved while it was judged is not stored.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import monotonic

from django.db import DatabaseError
from django.db.models import QuerySet

from console.labs.attempts.cases import case_of
from console.labs.attempts.first_answers import QUESTIONS
from console.labs.attempts.missing_names import missing_for
from console.labs.attempts.states import holds, is_locked
from console.labs.attempts.storage import STALE, Judged, change_of, solves_of, store
from console.labs.attempts.terms import Terms, terms_of
from console.labs.checks import (
    SEEN_BY_THE_SITE,
    Case,
    CheckResult,
    Happening,
    awaited_names,
    judge_task,
)
from console.labs.files import LabFile
from console.labs.models import Attempt, Response, Solve
from console.services.s3.models import Bucket
from iam.analysis import SearchBudget
from iam.models import Event, Sandbox
from iam.models.prepared_queries import Prepared

logger = logging.getLogger(__name__)

SETTLED = "settled "
"""How the moment begins that an exam's results are of once nothing changes them."""
LEFT_OVER = "left "
"""How the moment begins that results are of whose searches are left to the queue."""
MOST_STEPS = 400
"""What searches may take, each a question to the engine or a plan, while somebody waits."""


def _sandbox(pk: int) -> QuerySet[Sandbox]:
    return Sandbox.objects.filter(pk=pk).order_by()


def _buckets(sandbox: int) -> QuerySet[Bucket]:
    rows: QuerySet[Bucket] = Bucket.in_sandbox(Sandbox(pk=sandbox))
    return rows.only("name").order_by()


def _event(sandbox: int, name: str) -> QuerySet[Event]:
    rows: QuerySet[Event] = Event.in_sandbox(Sandbox(pk=sandbox)).filter(name=name)
    return rows.only("pk").order_by("-pk")[:1]


def _responses(attempt: int) -> QuerySet[Response]:
    return Response.objects.filter(attempt=attempt).only("pk").order_by()


_SANDBOX, _BUCKETS = Prepared(_sandbox), Prepared(_buckets)
_EVENT, _RESPONSES = Prepared(_event), Prepared(_responses)


def _world_of(attempt: Attempt) -> Sandbox:
    world = _SANDBOX.first(attempt.sandbox_id)
    if world is None:
        raise Sandbox.DoesNotExist
    return world


def _moment(attempt: Attempt, sandbox: Sandbox, lab: LabFile, solves: Mapping[str, Solve]) -> str:
    """Return what results depend on: they are behind if this is another one."""
    solved = set() if terms_of(attempt).is_exam else solves.keys()
    clock = int(sandbox.clock_offset.total_seconds())
    moment = f"{lab.hash}:{sandbox.generation}:{sandbox.stamp}:{clock}"
    waits = [task for task in lab.tasks if task.id not in solved]
    if any(check.kind in QUESTIONS for task in waits for check in task.checks):
        moment += f":{len(_RESPONSES.rows(attempt.pk))}"
    names = awaited_names(waits)
    if names:
        # A read, such as AssumeRole, raises no stamp.
        newest = [_EVENT.first(sandbox.pk, name) for name in sorted(names)]
        moment += f":{max((one.pk for one in newest if one), default=None)}"
    return moment


def _judge(
    case: Case, solved: set[str], deadline: float | None, *, locks: bool
) -> tuple[dict[str, list[CheckResult]], bool]:
    """Judge the open tasks until the deadline; return their results, and whether these are all.

    A task that breaks the judge has no results. Without `locks` all tasks are open.
    """
    results: dict[str, list[CheckResult]] = {}
    known = set(solved)
    for task in case.lab.tasks:
        if (task.once and task.id in known) or (locks and is_locked(task, known)):
            continue
        if deadline is not None and monotonic() > deadline:
            return results, False
        try:
            result = judge_task(case, task, sparing=not task.partial)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The task %s of the lab %s cannot be judged.", task.id, case.lab.slug)
            continue
        results[task.id] = list(result.checks)
        if result.solved:
            known.add(task.id)
    return results, True


def bring_up_to_date(
    attempt: Attempt,
    lab: LabFile,
    happenings: Sequence[Happening] = (),
    seconds: float | None = None,
    *,
    briefly: bool = False,
) -> tuple[Sandbox, dict[str, Solve]]:
    """Judge an attempt if its results are behind; return their world, and what is solved.

    `happenings` are what the site saw just now. What does not fit into `seconds` is left to whoever
    looks next. Where somebody waits it is done `briefly`: long searches are left to the queue.
    An exam that is settled is judged once more, and never again; nor is an attempt whose world is
    gone.
    """
    solves, world, terms = solves_of(attempt), _world_of(attempt), terms_of(attempt)
    if attempt.world_gone_at is not None:
        return world, solves
    if terms.is_settled and attempt.judged_at.startswith(SETTLED):
        return world, solves
    before = _moment(attempt, world, lab, solves)
    seen = any(one.name in SEEN_BY_THE_SITE for one in happenings)
    enough = {_stamped(terms, before), *([LEFT_OVER + before] if briefly else [])}
    if attempt.judged_at in enough and not seen:
        return world, solves
    case = replace(
        case_of(attempt, lab, world),
        happenings=tuple(happenings),
        budget=SearchBudget(MOST_STEPS) if briefly else None,
    )
    judged = _judged(attempt, case, solves, before, seconds)
    if judged is None:
        return world, solves
    stored = store(attempt, lab, judged, change_of(attempt, lab, judged, solves))
    return world, solves_of(attempt) if stored else solves


def judge_anew(attempt: Attempt, lab: LabFile, solves: Mapping[str, Solve]) -> Judged | None:
    """Judge an attempt whatever is stored, and store nothing; None where it moved meanwhile.

    `solves` are what counts as solved before.
    """
    world = _world_of(attempt)
    before = _moment(attempt, world, lab, solves)
    return _judged(attempt, case_of(attempt, lab, world), solves, before)


def _judged(
    attempt: Attempt,
    case: Case,
    solves: Mapping[str, Solve],
    before: str,
    seconds: float | None = None,
) -> Judged | None:
    """Judge a world as it was at a moment; None if that passed meanwhile."""
    solved, terms = set(solves), terms_of(attempt)
    deadline = None if seconds is None else monotonic() + seconds
    results, whole = _judge(case, solved, deadline, locks=not terms.opens_all)
    if _moment(attempt, _world_of(attempt), case.lab, solves) != before:
        return None
    moment = _stamped(terms, before) if whole else STALE
    if whole and case.budget is not None and not case.budget.sufficed:
        moment = LEFT_OVER + before
    return Judged(results, _missing(case, results, solved), moment)


def _stamped(terms: Terms, moment: str) -> str:
    """Return a moment as an attempt stores it."""
    return f"{SETTLED}{moment}" if terms.is_settled else moment


def _missing(
    case: Case, results: Mapping[str, Sequence[CheckResult]], solved: set[str]
) -> dict[str, list[str]]:
    """Return what open tasks cannot do without, where something is gone; one query at most."""
    tasks = [one for one in case.lab.tasks if one.id in results and one.id not in solved]
    tasks = [one for one in tasks if not holds(results[one.id])]
    if not tasks:
        return {}
    buckets = {one.name for one in _BUCKETS.rows(case.sandbox.pk)}
    found = {task.id: missing_for(case, task, buckets) for task in tasks}
    return {task: names for task, names in found.items() if names}
