"""Classes: those that the token's user teaches or is a student of."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import Count, Q
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.views import ApiView, user_of
from console.api.resources.seen import SeenClass, seen_class
from console.classes.access import enrollments_of, taught_classes
from console.classes.models import Class, Enrollment, Teaching, TeachingRole
from console.labs.site_users import is_administrator

_ROLES = [*TeachingRole.values, "student"]


class ClassShape(serializers.Serializer[SeenClass]):
    """A class as its viewer sees it; students see neither its code nor how many they are."""

    id = serializers.CharField(source="course_class.public_id")
    name = serializers.CharField(source="course_class.name")
    role = serializers.ChoiceField(_ROLES, source="viewer")
    time_zone = serializers.CharField(source="course_class.time_zone")
    made_at = serializers.DateTimeField(source="course_class.made_at")
    archived_at = serializers.DateTimeField(source="course_class.archived_at", allow_null=True)
    students = serializers.IntegerField(allow_null=True)
    join_code = serializers.CharField(source="details.join_code", default=None, allow_null=True)
    join_open = serializers.BooleanField(source="details.join_open", default=None, allow_null=True)
    join_until = serializers.DateTimeField(
        source="details.join_until", default=None, allow_null=True
    )
    keep_until = serializers.DateField(source="details.keep_until", default=None, allow_null=True)


def _seen(user: User, classes: Sequence[Class]) -> list[SeenClass]:
    """Return classes with what somebody is in each; two queries."""
    teachings = Teaching.objects.filter(user=user, course_class__in=classes)
    roles = {one.course_class_id: TeachingRole(one.role) for one in teachings}
    everywhere = TeachingRole.OWNER if is_administrator(user) else None
    counted = Enrollment.objects.filter(course_class__in=classes, removed_at=None)
    students = dict(
        counted.values("course_class").annotate(n=Count("pk")).values_list("course_class", "n")
    )
    found = []
    for one in classes:
        role = everywhere or roles.get(one.pk)
        found.append(SeenClass(one, role, None, students.get(one.pk, 0) if role else None))
    return found


def class_answer(user: User, course_class: Class, status: int = 200) -> Response:
    """Answer with one class."""
    (seen,) = _seen(user, [course_class])
    return Response(ClassShape(seen).data, status)


class Classes(ApiView):
    """The classes of the token's user."""

    area = "classes"

    @operation("list_classes", page_of(ClassShape), query=PAGE)
    def get(self, request: Request) -> Response:
        """List the classes that you teach, and those that you are a student of."""
        user = user_of(request)
        own = Q(pk__in=taught_classes(user).order_by().values("pk"))
        own |= Q(pk__in=enrollments_of(user).order_by().values("course_class"))
        rows = Class.objects.filter(own).order_by("pk")
        return answer_page(request, rows, ClassShape, lambda page: _seen(user, page))


class OneClass(ApiView):
    """One class."""

    area = "classes"

    @operation("get_class", ClassShape, problems=[404])
    def get(self, request: Request, class_id: str) -> Response:
        """Get one class."""
        user = user_of(request)
        return class_answer(user, seen_class(user, class_id).course_class)
