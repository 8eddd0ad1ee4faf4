"""The rules of a lab, as they are for one sandbox at this moment."""

from collections.abc import Callable
from functools import cached_property

from console.labs.catalog import find_lab
from console.labs.files import LabFile, Tool
from console.labs.models import Solve
from console.labs.rules.rulings import ALLOWED, Ruling, principal_refused, tool_refused
from iam.callers import Memory
from iam.models import Sandbox


def _nothing() -> frozenset[str]:
    return frozenset()


class LabRules:
    """Whom a lab lets its student act as, and which tools are there; without a lab, all.

    `solved` is asked for the solved tasks when a rule depends on one.
    """

    def __init__(
        self, lab: LabFile | None = None, solved: Callable[[], frozenset[str]] = _nothing
    ) -> None:
        self.lab = lab
        self._read_solved = solved

    @cached_property
    def _solved(self) -> frozenset[str]:
        return self._read_solved()

    def _holds(self, lab: LabFile, rule: str) -> bool:
        when, _, task_id = rule.partition(" ")
        if when == "after":
            return task_id in self._solved
        if when == "during":
            opened_by = lab.task(task_id).after
            return task_id not in self._solved and (not opened_by or opened_by in self._solved)
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
        return ALLOWED if self._holds(self.lab, rule) else tool_refused(self.lab, tool, rule)

    @property
    def principals(self) -> dict[str, Ruling]:
        """Return whom the student may act as, now or later; who starts comes first."""
        known = self.lab.student.may_act_as if self.lab else {}
        return {name: self.may_use(name) for name in known}


UNRESTRICTED = LabRules()


def _rules_of(sandbox: Sandbox) -> LabRules:
    def solved() -> frozenset[str]:
        tasks = Solve.objects.filter(attempt__sandbox_id=sandbox.pk)
        return frozenset(tasks.values_list("task", flat=True))

    lab = find_lab(sandbox.lab)
    return LabRules(lab, solved) if lab else UNRESTRICTED


def rules_of(sandbox: Sandbox, memory: Memory | None = None) -> LabRules:
    """Return the rules that hold in a sandbox; one query, if a rule depends on a solved task.

    `memory` is the request's visit, so that the rules are made once in it.
    """
    if not sandbox.lab:
        return UNRESTRICTED
    memory = memory or Memory()
    return memory.remember(("lab rules", sandbox.pk), lambda: _rules_of(sandbox))
