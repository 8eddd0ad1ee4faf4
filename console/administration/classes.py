"""Classes as administrators look for them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from console.classes.models import Class, Enrollment, Teaching, TeachingRole
from console.labs.models import Attempt


def found_classes(query: str) -> QuerySet[Class]:
    """Return the classes that have a text in their name, or in a teacher's login or name."""
    classes = Class.objects.order_by("-pk")
    if not query:
        return classes
    teachings = Teaching.objects.filter(
        Q(user__username__icontains=query) | Q(user__profile__display_name__icontains=query)
    )
    return classes.filter(Q(name__icontains=query) | Q(pk__in=teachings.values("course_class")))


def with_students(classes: QuerySet[Class]) -> QuerySet[Class]:
    """Add how many students each class has."""
    rows = Enrollment.objects.filter(course_class=OuterRef("pk"), removed_at=None)
    counted = rows.order_by().values("course_class").annotate(n=Count("pk")).values("n")
    return classes.annotate(students=Coalesce(Subquery(counted), 0))


def owners_of(classes: Collection[Class]) -> dict[int, list[Teaching]]:
    """Return the owners of classes, by the class's key; one query."""
    found: dict[int, list[Teaching]] = {}
    rows = Teaching.objects.filter(course_class__in=classes, role=TeachingRole.OWNER)
    for one in rows.select_related("user__profile").order_by("pk"):
        found.setdefault(one.course_class_id, []).append(one)
    return found


def last_active(classes: Collection[Class]) -> dict[int, datetime]:
    """Return when students last worked in classes, by the class's key; one query."""
    attempts = Attempt.objects.filter(assignment__course_class__in=classes, waits=False)
    rows = attempts.order_by().values_list("assignment__course_class")
    found = rows.annotate(begun=Max("started_at"), worked=Max("activity__changed_at"))
    return {key: max(filter(None, times)) for key, *times in found}
