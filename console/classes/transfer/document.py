"""A class as data: its rows without keys, which refer to each other by their places."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Field, Model, Q

from console.classes.models import (
    Assignment,
    AuditEntry,
    Class,
    Enrollment,
    Extension,
    HelpRequest,
    Message,
    Override,
    Remark,
    Team,
)
from console.labs.models import (
    Activity,
    Attempt,
    CheckFailure,
    HintUse,
    LabVersion,
    Response,
    Solve,
)
from console.labs.site_users import display_name

Document = dict[str, Any]
AUTHORS = frozenset({"by", "done_by"})
"""Columns with who did something: they stay where that person is known on the other site."""
_OF_THE_SITE = {"id", "public_id", "course_class", "sandbox", "template", "world_gone_at"}
_A_STEP = 1_000
_CLASS_COLUMNS = ("name", "time_zone", "keep_until", "made_at")


@dataclass(frozen=True)
class ClassRows:
    """Rows of a class: those whose `path` leads to it."""

    model: type[Model]
    path: str = "course_class"
    only: Q = field(default_factory=Q)

    def of(self, course_class: Class) -> list[Model]:
        """Return the rows of a class, in their order."""
        rows = self.model._base_manager.filter(self.only, **{self.path: course_class})
        return list(rows.order_by("pk"))


_WORK = "attempt__assignment__course_class"
PARTS: Mapping[str, ClassRows] = {
    "teams": ClassRows(Team),
    "students": ClassRows(Enrollment),
    "assignments": ClassRows(Assignment),
    "extensions": ClassRows(Extension, "assignment__course_class"),
    "awards": ClassRows(Override, "assignment__course_class"),
    "remarks": ClassRows(Remark, "assignment__course_class"),
    "attempts": ClassRows(Attempt, "assignment__course_class", Q(waits=False)),
    "solved": ClassRows(Solve, _WORK, Q(attempt__waits=False)),
    "hints": ClassRows(HintUse, _WORK, Q(attempt__waits=False)),
    "answers": ClassRows(Response, _WORK, Q(attempt__waits=False)),
    "failures": ClassRows(CheckFailure, _WORK, Q(attempt__waits=False)),
    "activity": ClassRows(Activity, _WORK, Q(attempt__waits=False)),
    "help": ClassRows(HelpRequest, "enrollment__course_class", Q(attempt__waits=False)),
    "messages": ClassRows(Message),
    "audit": ClassRows(AuditEntry),
}
"""In an order in which each refers only to those before it."""


def columns_of(model: type[Model]) -> list["Field[Any, Any]"]:
    """Return the fields of a row that mean the same on another site."""
    return [one for one in model._meta.concrete_fields if one.name not in _OF_THE_SITE]


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, date | Decimal) else value


@dataclass
class _Places:
    """Where each row stands in its part, and each person among the people."""

    rows: dict[tuple[type[Model], Any], int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    versions: dict[int, str] = field(default_factory=dict)

    def value(self, column: "Field[Any, Any]", row: Model) -> Any:
        """Return a column of a row: for what it refers to, the place of that."""
        value = getattr(row, column.attname)
        related = column.related_model
        if value is None or not isinstance(related, type):
            return plain(value)
        if related is User:
            return self.people.setdefault(value, len(self.people))
        if related is LabVersion:
            return self.versions.setdefault(
                value, LabVersion.objects.values_list("hash", flat=True).get(pk=value)
            )
        return self.rows.get((related, value))


def document_of(course_class: Class) -> Document:
    """Return a class as data. Two that are equal have the same students, work, points and words."""
    steps = describe_class(course_class)
    try:
        while True:
            next(steps)
    except StopIteration as end:
        found: Document = end.value
        return found


def describe_class(course_class: Class) -> Generator[bytes, None, Document]:
    """Return a class as `document_of` does, in steps: a class of 500 takes seconds.

    Each yields an empty part. The rows are read in the first: what others do between the steps
    is not in it.
    """
    places, parts = _Places(), dict[str, Any]()
    students = Enrollment.objects.filter(course_class=course_class).order_by("pk")
    owners = Attempt.objects.filter(assignment__course_class=course_class).order_by("pk")
    for key in (*students.values_list("user", flat=True), *owners.values_list("owner", flat=True)):
        places.people.setdefault(key, len(places.people))  # before authors, who may stay behind
    read = {name: part.of(course_class) for name, part in PARTS.items()}
    for name, rows in read.items():
        model, found = PARTS[name].model, list[dict[str, Any]]()
        columns = columns_of(model)
        for place, row in enumerate(rows):
            if place % _A_STEP == 0:
                yield b""
            places.rows[model, row.pk] = place
            found.append({one.name: places.value(one, row) for one in columns})
        parts[name] = found
    users = User.objects.select_related("profile").in_bulk(list(places.people))
    versions = LabVersion.objects.select_related("lab").filter(pk__in=places.versions)
    return {
        "class": {name: plain(getattr(course_class, name)) for name in _CLASS_COLUMNS},
        "people": [
            {"login": users[key].get_username(), "name": display_name(users[key])}
            for key in places.people
        ],
        "labs": {one.hash: {"slug": one.lab.slug, "files": one.files} for one in versions},
        **parts,
    }


def without_authors(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in AUTHORS} for row in rows]
