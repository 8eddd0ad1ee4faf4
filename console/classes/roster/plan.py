"""What an import would do, line by line, before anything is done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from console.classes.access import taught_classes
from console.classes.models import Class, Enrollment, Team
from console.classes.roster.reader import RosterRow
from console.labs.administrators import is_administrator
from console.labs.models import SiteUser
from console.labs.site_users import tidy

_STORED = {
    "login": (User, "username"),
    "name": (SiteUser, "display_name"),
    "reference": (Enrollment, "reference"),
    "team": (Team, "name"),
}
"""Where each value goes, which says how long it may be."""
MOST_EXTRA_TIME = 300


class RowOutcome(StrEnum):
    """What becomes of a line."""

    NEW = "new login"
    JOINS = "joins the class"
    CHANGES = "changed"
    RETURNS = "comes back"
    SAME = "already there"
    FAULTY = "not imported"


@dataclass(frozen=True)
class PlannedRow:
    """A line with its outcome; `problems` are sentences, where it is faulty."""

    row: RosterRow
    outcome: RowOutcome
    problems: tuple[str, ...] = ()
    user: User | None = None
    enrollment: Enrollment | None = None

    @property
    def is_faulty(self) -> bool:
        return self.outcome is RowOutcome.FAULTY

    @property
    def extra_time(self) -> int:
        return int(self.row.extra_time or 0)


@dataclass(frozen=True)
class RosterPlan:
    """All lines of a roster with their outcomes."""

    rows: tuple[PlannedRow, ...]

    @property
    def faulty(self) -> int:
        return sum(row.is_faulty for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many lines have each outcome, in the order of the outcomes."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome.value: counted[outcome] for outcome in RowOutcome if counted[outcome]}


def plan_roster(course_class: Class, teacher: User, rows: Sequence[RosterRow]) -> RosterPlan:
    """Return what importing would do; four queries, however many lines there are.

    A login that exists joins only if the teacher teaches it already: who may set its password is
    decided by that.
    """
    rows = [_tidied(row) for row in rows]
    logins = {row.login.lower() for row in rows}
    known = {
        user.username.lower(): user
        for user in User.objects.filter(username__in=_spellings(rows))
        if user.username.lower() in logins
    }
    enrolled = {
        one.user_id: one
        for one in Enrollment.objects.filter(course_class=course_class).select_related("team")
    }
    taught = set(
        Enrollment.objects.filter(
            user__in=known.values(), course_class__in=taught_classes(teacher).values("pk")
        ).values_list("user_id", flat=True)
    )
    repeated = Counter(row.login.lower() for row in rows)
    references = Counter(row.reference for row in rows if row.reference)
    taken = {one.reference: one.user_id for one in enrolled.values() if one.reference}
    planned = []
    for row in rows:
        user = known.get(row.login.lower())
        enrollment = enrolled.get(user.pk) if user else None
        problems = list(_form_problems(row))
        if repeated[row.login.lower()] > 1:
            problems.append("The login appears in more than one line.")
        if references[row.reference] > 1:
            problems.append("The reference appears in more than one line.")
        elif row.reference in taken and (user is None or taken[row.reference] != user.pk):
            problems.append("Another student of the class has this reference.")
        if user and enrollment is None and (is_administrator(user) or user.pk not in taught):
            problems.append(
                "Somebody on this site has this login. Choose another one, or give this student "
                "the join code."
            )
        outcome = RowOutcome.FAULTY if problems else _outcome(row, user, enrollment)
        planned.append(PlannedRow(row, outcome, tuple(problems), user, enrollment))
    return RosterPlan(tuple(planned))


def _tidied(row: RosterRow) -> RosterRow:
    return replace(row, name=tidy(row.name), reference=tidy(row.reference), team=tidy(row.team))


def _spellings(rows: Sequence[RosterRow]) -> set[str]:
    return {one for row in rows for one in (row.login, row.login.lower())}


@cache
def _longest() -> dict[str, int]:
    columns = {name: model._meta.get_field(field) for name, (model, field) in _STORED.items()}
    return {name: getattr(column, "max_length", None) or 0 for name, column in columns.items()}


def _form_problems(row: RosterRow) -> list[str]:
    problems = []
    if not row.login:
        problems.append("There is no login.")
    else:
        try:
            UnicodeUsernameValidator()(row.login)
        except ValidationError:
            is_name = "If this is a name, write “name” over its column."
            refused = "A login has letters, digits and @/./+/-/_ only."
            problems.append(f"{refused} {is_name}" if " " in row.login else refused)
    problems += [
        f"The {name} is longer than {most} characters."
        for name, most in _longest().items()
        if len(getattr(row, name)) > most
    ]
    extra = row.extra_time
    if extra and not (extra.isascii() and extra.isdigit() and int(extra[:5]) <= MOST_EXTRA_TIME):
        problems.append(f"The extra time is a percentage from 0 to {MOST_EXTRA_TIME}.")
    return problems


def _outcome(row: RosterRow, user: User | None, enrollment: Enrollment | None) -> RowOutcome:
    if user is None:
        return RowOutcome.NEW
    if enrollment is None:
        return RowOutcome.JOINS
    if enrollment.removed_at is not None:
        return RowOutcome.RETURNS
    team = enrollment.team.name if enrollment.team else ""
    wanted = (
        row.reference or enrollment.reference,
        row.team or team,
        int(row.extra_time or enrollment.extra_time),
    )
    changed = wanted != (enrollment.reference, team, enrollment.extra_time)
    return RowOutcome.CHANGES if changed else RowOutcome.SAME
