"""What a class did, checked again: proved equal to what is stored, or by a corrected lab."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import Q

from console.classes.audit import Deed, note_action
from console.classes.models import Assignment, Enrollment
from console.classes.work import lab_of_assignment
from console.labs.attempts import Recheck, RecheckOutcome, recheck
from console.labs.catalog import find_lab, lab_title
from console.labs.lab_versions import version_of_lab
from console.labs.models import Attempt


@dataclass
class RecheckReport:
    """What checking again found: how many attempts of each outcome, and those that change."""

    assignment: Assignment
    counts: Counter[RecheckOutcome] = field(default_factory=Counter)
    changed: list[Recheck] = field(default_factory=list)

    @property
    def is_proved(self) -> bool:
        """Return whether nothing that is stored was wrong."""
        return not self.counts[RecheckOutcome.DIFFERENT]

    @property
    def words(self) -> str:
        """Return how many attempts came out how."""
        parts = [f"{number} {outcome}" for outcome, number in sorted(self.counts.items())]
        return ", ".join(parts) or "nothing was begun"

    def __str__(self) -> str:
        return f"{self.assignment.lab}: {self.words}"


def recheck_assignment(
    assignment: Assignment,
    students: Collection[Enrollment] | None = None,
    *,
    apply: bool,
    by: User | None = None,
    note: Callable[[Recheck], None] = lambda _: None,
) -> RecheckReport:
    """Check the attempts of an assignment again, all or some students', by the lab as it is now.

    Points that teachers awarded stay: they are stored apart, and always win. With `apply` what is
    different is stored, the assignment has the corrected lab from now on, and the class's audit
    list has a line. Each attempt is stored by itself, so that nobody waits for the rest.
    """
    lab = find_lab(assignment.lab) or lab_of_assignment(assignment)
    report = RecheckReport(assignment)
    for key in _attempts(assignment, students):
        attempt = Attempt.objects.select_related("owner__profile").filter(pk=key).first()
        if attempt is None:
            continue
        found = recheck(attempt, lab, apply=apply)
        report.counts[found.outcome] += 1
        if found.changes:
            report.changed.append(found)
        note(found)
    if apply:
        if lab is not None and students is None:
            Assignment.objects.filter(pk=assignment.pk).update(version=version_of_lab(lab))
        detail = f"{lab_title(assignment.lab)}: {report.words}"
        note_action(assignment.course_class, by, Deed.CHECKED_AGAIN, detail)
    return report


def _attempts(assignment: Assignment, students: Collection[Enrollment] | None) -> list[int]:
    attempts = Attempt.objects.filter(assignment=assignment, waits=False)
    if students is not None:
        teams = {one.team_id for one in students} - {None}
        own = Q(owner__in=[one.user_id for one in students], team=None)
        attempts = attempts.filter(own | Q(team__in=teams))
    return list(attempts.order_by("pk").values_list("pk", flat=True))
