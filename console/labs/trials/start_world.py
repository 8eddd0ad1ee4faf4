"""A lab's world made once, in which any number of answers are tried and taken back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import F

from console.labs.checks import Case, TaskResult, judge, judge_task
from console.labs.files import LabFile
from console.labs.trials.steps import perform_step
from console.labs.trials.trial import Trial, begin
from iam.models import Sandbox

Step = Mapping[str, Any]
Steps = Sequence[Step]

_APART = 1_000_000
"""How far the stamps of two trials are apart: workers keep what they read under the stamp."""


@dataclass(frozen=True)
class Tried:
    """What the checks say after some steps.

    `refused` are the calls that AWS refused though the step does not say so; `allowed` are the
    steps that should have been refused, by their number from 1.
    """

    results: tuple[TaskResult, ...]
    refused: tuple[str, ...] = ()
    allowed: tuple[int, ...] = ()

    @cached_property
    def failing(self) -> frozenset[str]:
        """Return the checks that fail, as `task.check`."""
        return frozenset(
            f"{result.task}.{check.name}"
            for result in self.results
            for check in result.checks
            if not check.passed
        )

    @cached_property
    def solved(self) -> frozenset[str]:
        return frozenset(result.task for result in self.results if result.solved)

    def failing_in(self, task: str) -> frozenset[str]:
        return frozenset(name for name in self.failing if name.startswith(f"{task}."))


@dataclass
class Performance:
    """A trial with the steps that did not go as they say.

    `done` are the tasks that stay solved once they are: what comes after may break them.
    """

    trial: Trial
    apart: Iterator[int]
    done: dict[str, TaskResult] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    allowed: list[int] = field(default_factory=list)
    performed: int = 0

    def perform(self, steps: Steps) -> None:
        starts = self.trial.lab.student.starts
        for step in steps:
            before = len(self.trial.refused)
            perform_step(self.trial, step, starts)
            self.performed += 1
            new = self.trial.refused[before:]
            if step.get("denied") != "expected":
                self.refused += new
            elif not new:
                self.allowed.append(self.performed)
            self._note_done()

    def _note_done(self) -> None:
        case = self.trial.case()
        for task in self.trial.lab.tasks:
            if task.once and task.id not in self.done:
                result = judge_task(case, task)
                if result.solved:
                    self.done[task.id] = result

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Take back what is done inside, also what was saved, answered or refused."""
        trial = self.trial
        saved, answers, refused = dict(trial.saved), dict(trial.answers), list(trial.refused)
        own = dict(self.done), list(self.refused), list(self.allowed)
        with transaction.atomic():
            Sandbox.objects.filter(pk=trial.sandbox.pk).update(stamp=F("stamp") + next(self.apart))
            trial.sandbox.refresh_from_db()
            yield
            transaction.set_rollback(True)
        trial.saved, trial.answers, trial.refused = saved, answers, refused
        self.done, self.refused, self.allowed = own
        trial.sandbox.refresh_from_db()

    def tried(self, later: timedelta = timedelta()) -> Tried:
        """Judge every task, now or some time later."""
        results = judge(self.trial.case(later))
        kept = tuple(self.done.get(result.task, result) for result in results)
        return Tried(kept, tuple(self.refused), tuple(self.allowed))


class StartWorld:
    """One student's world at its start; each answer is performed in it and rolled back."""

    def __init__(
        self, lab: LabFile, attempt: str = "gate", fixed: Mapping[str, str] | None = None
    ) -> None:
        self.lab = lab
        self._begun = begin(lab, attempt, fixed)
        self._apart = count(_APART, _APART)
        self._tried: dict[str, Tried] = {}

    @property
    def values(self) -> Mapping[str, str]:
        return self._begun.values

    @contextmanager
    def trial(self) -> Iterator[Performance]:
        """Yield the world as it is at the start; what is done in it is taken back at the end."""
        with transaction.atomic():
            begun = self._begun
            rows = Sandbox.objects.filter(pk=begun.sandbox.pk)
            rows.update(stamp=F("stamp") + next(self._apart))
            trial = replace(
                begun,
                sandbox=rows.get(),
                saved=dict(begun.saved),
                answers=dict(begun.answers),
                refused=[],
            )
            yield Performance(trial, self._apart)
            transaction.set_rollback(True)

    def case(self) -> Case:
        """Return the start world, for questions about it."""
        return self._begun.case()

    def tried(self, steps: Steps = ()) -> Tried:
        """Perform an answer's steps and judge every task; each answer is tried once."""
        key = json.dumps(list(steps), sort_keys=True)
        if key not in self._tried:
            with self.trial() as performance:
                performance.perform(steps)
                self._tried[key] = performance.tried()
        return self._tried[key]
