"""The students of a class."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.views import ApiView, user_of
from console.api.resources.people import StudentRef
from console.api.resources.seen import class_taught, student_in
from console.classes.models import Enrollment, EnrollmentSource


class StudentShape(StudentRef):
    """A student as the roster has them."""

    login = serializers.CharField(source="user.username")
    reference = serializers.CharField()
    team = serializers.CharField(source="team.name", default=None, allow_null=True)
    extra_time = serializers.IntegerField(help_text="Percent of extra time in exams.")
    came_by = serializers.ChoiceField(EnrollmentSource.choices, source="source")
    joined_at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField(allow_null=True)


class Roster(ApiView):
    """The students of a class."""

    area = "roster"

    @operation("list_roster", page_of(StudentShape), query=PAGE, problems=[404])
    def get(self, request: Request, class_id: str) -> Response:
        """List the students of a class that you teach, removed ones too."""
        course_class = class_taught(user_of(request), class_id)
        rows = Enrollment.objects.filter(course_class=course_class)
        rows = rows.select_related("user__profile", "team").order_by("pk")
        return answer_page(request, rows, StudentShape)


class OneStudent(ApiView):
    """One student of a class."""

    area = "roster"

    @operation("get_student", StudentShape, problems=[404])
    def get(self, request: Request, class_id: str, student_id: str) -> Response:
        """Get one student of a class that you teach."""
        course_class = class_taught(user_of(request), class_id)
        return Response(StudentShape(student_in(course_class, student_id)).data)
