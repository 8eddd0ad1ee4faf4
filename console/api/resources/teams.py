"""The teams of a class."""

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.views import ApiView, user_of
from console.api.resources.people import StudentRef
from console.api.resources.seen import class_taught
from console.classes.models import Class, Enrollment, Team


class TeamShape(serializers.Serializer[Team]):
    """A team with its students."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    students = StudentRef(many=True, source="here")


def teams_of(course_class: Class) -> QuerySet[Team]:
    """Return the teams of a class, each with its students who are `here`; two queries."""
    students = Enrollment.objects.filter(removed_at=None).select_related("user__profile")
    here = Prefetch("enrollments", students.order_by("pk"), to_attr="here")
    return Team.objects.filter(course_class=course_class).prefetch_related(here).order_by("pk")


class Teams(ApiView):
    """The teams of a class."""

    area = "classes"

    @operation("list_teams", page_of(TeamShape), query=PAGE, problems=[404])
    def get(self, request: Request, class_id: str) -> Response:
        """List the teams of a class that you teach."""
        course_class = class_taught(user_of(request), class_id)
        return answer_page(request, teams_of(course_class), TeamShape)
