"""Everybody's points in a class: at the due date and now, task by task."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, SINCE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.views import ApiView, user_of
from console.api.resources.people import StudentRef
from console.api.resources.seen import class_taught
from console.classes.gradebook import GradeRow, grade_rows
from console.classes.gradebook_changes import students_since
from console.classes.models import Enrollment


class GradedStudent(StudentRef):
    """A student as grades are handed on."""

    login = serializers.CharField(source="user.username")
    reference = serializers.CharField()
    team = serializers.CharField(source="team.name", default=None, allow_null=True)


class TaskGrade(serializers.Serializer[Any]):
    """A task's points, for which a teacher's award wins."""

    task = serializers.CharField()
    points = serializers.FloatField()
    most = serializers.IntegerField()
    solved_at = serializers.DateTimeField(allow_null=True)
    late_days = serializers.IntegerField()
    after_close = serializers.BooleanField()
    awarded = serializers.BooleanField()


class AssignmentGrade(serializers.Serializer[Any]):
    """An assignment's points: now, and those that counted when it was due."""

    assignment = serializers.CharField()
    lab = serializers.CharField()
    points = serializers.FloatField()
    at_due = serializers.FloatField()
    most = serializers.IntegerField()
    tries = serializers.IntegerField()
    awarded = serializers.BooleanField()
    tasks = TaskGrade(many=True)


class GradeRowShape(serializers.Serializer[GradeRow]):
    """A student's row of the gradebook; `total` is a weighted percentage of what counts.

    Practice counts nothing; `total` is null while nothing counts.
    """

    student = GradedStudent(source="enrollment")
    total = serializers.FloatField(allow_null=True)
    assignments = serializers.SerializerMethodField()

    @extend_schema_field(AssignmentGrade(many=True))
    def get_assignments(self, row: GradeRow) -> list[dict[str, Any]]:
        """Return the points of each assignment."""
        cells = (
            {
                "assignment": assignment.public_id,
                "lab": assignment.lab,
                "points": score.points,
                "at_due": score.at_due,
                "most": score.most,
                "tries": score.tries,
                "awarded": score.awarded,
                "tasks": score.tasks,
            }
            for assignment, score in row.cells
        )
        return list(AssignmentGrade(list(cells), many=True).data)


class ClassGradebook(ApiView):
    """The gradebook of a class."""

    area = "gradebook"

    @operation(
        "get_gradebook", page_of(GradeRowShape, since=True), query=[*PAGE, SINCE], problems=[404]
    )
    def get(self, request: Request, class_id: str) -> Response:
        """Get everybody's points in a class that you teach: at the due date, now, by task.

        Keep `since` of the first page; with it you get those rows that are others now, and some
        that are not.
        """
        course_class = class_taught(user_of(request), class_id)
        wanted = request.query_params.get("since", "")
        changed, since = students_since(course_class, wanted)
        students = Enrollment.objects.filter(course_class=course_class, removed_at=None)
        if wanted:
            students = students.filter(pk__in=changed)
        return answer_page(
            request,
            students.select_related("user__profile", "team").order_by("pk"),
            GradeRowShape,
            lambda page: grade_rows(course_class, page),
            since=since,
        )
