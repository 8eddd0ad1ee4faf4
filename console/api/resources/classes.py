"""Classes: those that the token's user teaches or is a student of."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.bodies import BodyShape, ZonedDateTimeField
from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import NotYours
from console.api.http.views import ApiView, read_body, user_of
from console.api.resources.seen import SeenClass, class_taught, seen_class
from console.classes.access import enrollments_of, taught_classes
from console.classes.archives import archive, bring_class_back
from console.classes.audit import Deed, note_action
from console.classes.joins import rotate_code
from console.classes.models import Class, Enrollment, Teaching, TeachingRole
from console.classes.retention import keep_until
from console.classes.staff import new_class
from console.classes.time_zones import known_zones
from console.labs.administrators import is_administrator
from console.labs.site_users import is_instructor

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


class NewClass(BodyShape):
    """What a new class needs."""

    name = serializers.CharField(max_length=80)
    time_zone = serializers.CharField(default="UTC", max_length=64)

    def validate_time_zone(self, zone: str) -> str:
        """Refuse a zone that there is not."""
        if zone not in known_zones():
            raise serializers.ValidationError("There is no such time zone, as `Europe/Berlin` is.")
        return zone


class ClassChange(NewClass):
    """What can be changed about a class; what is left out stays."""

    keep_until = serializers.DateField(allow_null=True)
    join_open = serializers.BooleanField()
    join_until = ZonedDateTimeField(allow_null=True)
    archived = serializers.BooleanField(help_text="Owners archive a class, and bring it back.")


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

    @operation("make_class", ClassShape, takes=NewClass, status=201)
    def post(self, request: Request) -> Response:
        """Make a class that you own; instructors do."""
        user, given = user_of(request), read_body(request, NewClass)
        if not is_instructor(user):
            raise NotYours("Only instructors make classes. An administrator makes somebody one.")
        made = new_class(user, given["name"], given["time_zone"])
        note_action(made, user, Deed.MADE_THE_CLASS, f"{made.name}.")
        return class_answer(user, made, 201)


class OneClass(ApiView):
    """One class."""

    area = "classes"

    @operation("get_class", ClassShape, problems=[404])
    def get(self, request: Request, class_id: str) -> Response:
        """Get one class."""
        user = user_of(request)
        return class_answer(user, seen_class(user, class_id).course_class)

    @operation("change_class", ClassShape, takes=ClassChange, problems=[404])
    def patch(self, request: Request, class_id: str) -> Response:
        """Change a class that you teach: its name, its zone, its code; owners archive it."""
        user, given = user_of(request), read_body(request, ClassChange, partial=True)
        ends = given.pop("archived", None)
        if ends is not None:
            owned = class_taught(user, class_id, TeachingRole.OWNER, archived=True)
            if owned.archived_at is not None and not ends:
                bring_class_back(owned, user)
        if given or ends is None:
            _change(class_taught(user, class_id, TeachingRole.TEACHER), user, given)
        course_class = seen_class(user, class_id).course_class
        if ends and course_class.archived_at is None:
            archive(course_class, user)
        return class_answer(user, course_class)


def _change(course_class: Class, user: User, given: Mapping[str, Any]) -> None:
    if not given:
        return
    plain = [name for name in given if name != "keep_until"]
    for name in plain:
        setattr(course_class, name, given[name])
    course_class.save(update_fields=plain)
    if "keep_until" in given:
        keep_until(course_class, given["keep_until"])
    changed = ", ".join(name.replace("_", " ") for name in given)
    note_action(course_class, user, Deed.CHANGED_THE_SETTINGS, f"By the API: {changed}.")


class JoinCode(ApiView):
    """The code by which students join."""

    area = "classes"

    @operation("rotate_join_code", ClassShape, problems=[404])
    def post(self, request: Request, class_id: str) -> Response:
        """Give a class that you teach another join code; the old one opens nothing any more."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        rotate_code(course_class)
        note_action(course_class, user, Deed.MADE_ANOTHER_JOIN_CODE)
        return class_answer(user, course_class)
