"""What students are called on the pages of their teachers, where two may have the same name."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Coalesce, NullIf

from console.classes.models import Class, Enrollment
from console.labs.site_users import display_name


class StudentNames:
    """The names of a class's students; those that several have are `shared`."""

    def __init__(self, shared: Collection[str] = ()) -> None:
        self._shared = frozenset(shared)

    def of(self, user: User) -> str:
        """Return a student's name; one that others have, too, with the login."""
        name, login = display_name(user), user.get_username()
        return f"{name} ({login})" if name in self._shared and name != login else name


PLAIN_NAMES = StudentNames()
"""For what has the logins beside them, or no names at all."""


def names_in(course_class: Class | int) -> StudentNames:
    """Return the names of a class, those of removed students too; one query."""
    given = NullIf(F("user__profile__display_name"), Value(""), output_field=CharField())
    named = Enrollment.objects.filter(course_class=course_class).order_by()
    counted = named.values(called=Coalesce(given, F("user__username"))).annotate(n=Count("pk"))
    return StudentNames(counted.filter(n__gt=1).values_list("called", flat=True))
