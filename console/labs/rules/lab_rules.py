"""The rules of a lab, as they are for one sandbox at this moment."""

from collections.abc import Callable, Set
from functools import cache, cached_property, lru_cache
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from console.labs.catalog import find_lab
from console.labs.files import LabFile, Tool
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from console.labs.rules.rulings import (
    ALLOWED,
    Ruling,
    principal_refused,
    tool_frozen,
    tool_refused,
)
from iam.callers import Memory
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared

TOOL_OF_OPERATION = {
    "iam:SimulateCustomPolicy": Tool.SIMULATOR,
    "iam:SimulatePrincipalPolicy": Tool.SIMULATOR,
    "sts:DecodeAuthorizationMessage": Tool.WHY,
    "access-analyzer:GetFinding": Tool.MAP,
    "access-analyzer:GetFindingV2": Tool.MAP,
    "access-analyzer:ListFindings": Tool.MAP,
    "access-analyzer:ListFindingsV2": Tool.MAP,
}
EXPLAINING = {Tool.WHY, Tool.ADVICE, Tool.SIMULATOR, Tool.MAP}
CHANGING = {Tool.CLOCK, Tool.RESTART, Tool.DIRECTORY}


def _nothing() -> frozenset[str]:
    return frozenset()


class LabRules:
    """Whom a lab lets its student act as, and which tools are there; without a lab, all.

    `solved` is asked for the solved tasks when a rule depends on one that is not `known` to be
    solved: a solved task stays solved. In an exam no rule depends on that: whom the student may
    act as at any time is open throughout, and what explains only later is not there. In a
    `frozen` world nothing that changes it is there. Where a teacher `opened` all tasks, it is as if
    those that others wait for were solved.
    """

    def __init__(
        self,
        lab: LabFile | None = None,
        solved: Callable[[], frozenset[str]] = _nothing,
        known: Set[str] = frozenset(),
        *,
        exam: bool = False,
        frozen: bool = False,
        opened: Callable[[], bool] = lambda: False,
    ) -> None:
        self.lab = lab
        self._read_solved = solved
        self._known = known
        self._exam = exam
        self._frozen = frozen
        self._read_opened = opened

    @cached_property
    def _solved(self) -> frozenset[str]:
        return self._read_solved()

    @cached_property
    def _opened(self) -> bool:
        return self._read_opened()

    def _holds(self, lab: LabFile, rule: str) -> bool:
        when, _, task_id = rule.partition(" ")
        if self._exam and task_id:
            return True
        if when == "after":
            return task_id in self._known or task_id in self._solved or self._opened
        if when == "during":
            opened_by = lab.task(task_id).after
            is_open = not opened_by or opened_by in self._solved or self._opened
            return task_id not in self._solved and is_open
        return when == "yes"

    def may_use(self, principal: str) -> Ruling:
        """Return whether credentials that a principal has from the start are honored now.

        `principal` is a name such as `you/dev`, `root:you` or `person:alice`.
        """
        if self.lab is None:
            return ALLOWED
        known = self.lab.student.may_act_as
        rule = known.get(principal, "no")
        if self._holds(self.lab, rule):
            return ALLOWED
        now = [name for name, other in known.items() if self._holds(self.lab, other)]
        return principal_refused(self.lab, principal, rule, now)

    def allows(self, tool: Tool) -> Ruling:
        """Return whether a tool is there now."""
        if self.lab is None:
            return ALLOWED
        rule = self.lab.student.tools[tool]
        if self._frozen and tool in CHANGING:
            return tool_frozen(tool)
        if self._exam and rule.startswith("after") and tool in EXPLAINING:
            return tool_refused(self.lab, tool, "no")
        return ALLOWED if self._holds(self.lab, rule) else tool_refused(self.lab, tool, rule)

    @property
    def principals(self) -> dict[str, Ruling]:
        """Return whom the student may act as, now or later; who starts comes first."""
        known = self.lab.student.may_act_as if self.lab else {}
        return {name: self.may_use(name) for name in known}


UNRESTRICTED = LabRules()


def _solves(sandbox_pk: int) -> QuerySet[Any]:
    """Return the attempt of a sandbox, once for each task that is solved."""
    attempts = Attempt.objects.filter(sandbox_id=sandbox_pk).only("terms").order_by()
    return attempts.annotate(task=F("solves__task"))


_SOLVES = Prepared(_solves)


@lru_cache(maxsize=4096)
def _known_solved(sandbox_pk: int, salt: str) -> set[str]:
    """Return the tasks that this process has seen solved in a sandbox."""
    del sandbox_pk, salt
    return set()


@lru_cache(maxsize=4096)
def _begun_in(sandbox_pk: int, salt: str) -> Attempt:
    """Return the attempt of a sandbox with what never changes: the lab that it began with."""
    del salt
    return Attempt.objects.only("lab", "lab_hash", "version").get(sandbox_id=sandbox_pk)


def _lab_in(sandbox: Sandbox) -> LabFile | None:
    """Return a sandbox's lab in the version that its attempt began with."""
    try:
        return lab_of(_begun_in(sandbox.pk, sandbox.salt))
    except Attempt.DoesNotExist:  # a copy of an attempt's world has none
        return find_lab(sandbox.lab)


def _rules_of(sandbox: Sandbox) -> LabRules:
    known = _known_solved(sandbox.pk, sandbox.salt)

    @cache
    def read() -> tuple[frozenset[str], bool]:
        rows = _SOLVES.rows(sandbox.pk)
        found = frozenset(one.task for one in rows if one.task)
        known.update(found)
        return found, any(one.terms.get("unlocked") for one in rows)

    lab = _lab_in(sandbox)
    if lab is None:
        return UNRESTRICTED
    frozen = sandbox.is_frozen(timezone.now())
    return LabRules(
        lab,
        lambda: read()[0],
        known,
        exam=sandbox.exam,
        frozen=frozen,
        opened=lambda: read()[1],
    )


def rules_of(sandbox: Sandbox, memory: Memory | None = None) -> LabRules:
    """Return the rules that hold in a sandbox; one query, if a rule depends on a solved task.

    `memory` is the request's visit, so that the rules are made once in it.
    """
    if not sandbox.lab:
        return UNRESTRICTED
    memory = memory or Memory()
    return memory.remember(("lab rules", sandbox.pk), lambda: _rules_of(sandbox))
