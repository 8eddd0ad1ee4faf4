"""The students of a class."""

from django.contrib.auth.models import User
from django.db import transaction
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.bodies import BodyShape
from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.views import ApiView, read_body, refuse_faults, user_of
from console.api.resources.people import StudentRef
from console.api.resources.roster_import import (
    NewLogins,
    RosterLine,
    carry_out,
    refuse_faulty,
    row_of,
)
from console.api.resources.seen import class_taught, student_in
from console.classes.audit import Deed, note_action
from console.classes.models import Enrollment, EnrollmentSource, TeachingRole
from console.classes.roster.changes import change_student, faults_of_student
from console.classes.roster.plan import MOST_EXTRA_TIME, plan_roster
from console.classes.roster.removal import bring_back, remove_students
from console.classes.teams import team_of_name


class StudentShape(StudentRef):
    """A student as the roster has them."""

    login = serializers.CharField(source="user.username")
    reference = serializers.CharField()
    team = serializers.CharField(source="team.name", default=None, allow_null=True)
    extra_time = serializers.IntegerField(help_text="Percent of extra time in exams.")
    came_by = serializers.ChoiceField(EnrollmentSource.choices, source="source")
    joined_at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField(allow_null=True)


class StudentChange(BodyShape):
    """What can be changed about a student; what is left out stays."""

    name = serializers.CharField(max_length=80, allow_blank=True)
    reference = serializers.CharField(max_length=120, allow_blank=True)
    team = serializers.CharField(max_length=80, allow_blank=True, help_text="Empty: no team.")
    extra_time = serializers.IntegerField(min_value=0, max_value=MOST_EXTRA_TIME)
    removed = serializers.BooleanField(help_text="`false` brings a removed student back.")


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

    @operation("add_student", NewLogins, takes=RosterLine, status=201, problems=[404, 409])
    def post(self, request: Request, class_id: str) -> Response:
        """Add one student, as a roster of one line does; a new login comes with its password."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        row = row_of(read_body(request, RosterLine), 1)
        plan = plan_roster(course_class, user, [row])
        refuse_faulty(plan)
        return Response(NewLogins(carry_out(course_class, user, plan)).data, 201)


class OneStudent(ApiView):
    """One student of a class."""

    area = "roster"

    @operation("get_student", StudentShape, problems=[404])
    def get(self, request: Request, class_id: str, student_id: str) -> Response:
        """Get one student of a class that you teach."""
        course_class = class_taught(user_of(request), class_id)
        return Response(StudentShape(student_in(course_class, student_id)).data)

    @operation("change_student", StudentShape, takes=StudentChange, problems=[404])
    def patch(self, request: Request, class_id: str, student_id: str) -> Response:
        """Change a student's name, reference, team or extra time, or bring the student back."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        student = student_in(course_class, student_id)
        given = read_body(request, StudentChange, partial=True)
        removed, team = given.pop("removed", None), given.pop("team", None)
        refuse_faults(faults_of_student(student, given))
        with transaction.atomic():
            if team is not None:
                given["team"] = team_of_name(course_class, team) if team else None
            change_student(student, given)
            if given:
                note_action(course_class, user, Deed.CHANGED_A_STUDENT, enrollment=student)
            _set_removed(student, user, removed)
        return Response(StudentShape(student_in(course_class, student_id)).data)

    @operation("remove_student", None, status=204, problems=[404])
    def delete(self, request: Request, class_id: str, student_id: str) -> Response:
        """Remove a student: access ends at once, the work stays."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        _set_removed(student_in(course_class, student_id), user, True)
        return Response(status=204)


def _set_removed(student: Enrollment, user: User, removed: bool | None) -> None:
    if removed is None or removed == (student.removed_at is not None):
        return
    if removed:
        remove_students([student])
        note_action(student.course_class, user, Deed.REMOVED_A_STUDENT, enrollment=student)
    else:
        bring_back([student])
        note_action(student.course_class, user, Deed.BROUGHT_A_STUDENT_BACK, enrollment=student)
