"""The students of a class as they are put in order: hundreds are read, fifty are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from console.classes.models import Class, Enrollment

PAGE_SIZE = 50


class Seat(NamedTuple):
    """A student, without the rows that a page shows of them."""

    pk: int
    user_id: int
    team_id: int | None
    name: str
    login: str
    reference: str
    team: str | None


_COLUMNS = (
    "pk",
    "user_id",
    "team_id",
    "user__profile__display_name",
    "user__username",
    "reference",
    "team__name",
)


def seats_of(course_class: Class) -> list[Seat]:
    """Return who is in a class, the first who came first; one query."""
    rows = Enrollment.objects.filter(course_class=course_class, removed_at=None).order_by("pk")
    return [
        Seat(pk, user, team, name or login, login, *more)
        for pk, user, team, name, login, *more in rows.values_list(*_COLUMNS)
    ]


def seated(seats: Sequence[Seat]) -> list[Enrollment]:
    """Return the students of some seats, in their order; one query."""
    rows = Enrollment.objects.select_related("user__profile", "team")
    found = rows.in_bulk([one.pk for one in seats])
    return [found[one.pk] for one in seats if one.pk in found]


@dataclass(frozen=True)
class SeatPage:
    """Fifty seats of all that there are, or the last of them."""

    seats: Sequence[Seat]
    number: int
    pages: int

    @property
    def numbers(self) -> range:
        return range(1, self.pages + 1)


def page_of_seats(seats: Sequence[Seat], number: int) -> SeatPage:
    """Return a page by its number; the nearest one where there is none of it."""
    pages = max(1, -(-len(seats) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    return SeatPage(seats[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, pages)
