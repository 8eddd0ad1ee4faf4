"""More time for one student."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.bodies import BodyShape, ZonedDateTimeField
from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import NotThere
from console.api.http.views import ApiView, read_body, refuse_faults, user_of
from console.api.resources.assignments import with_titles
from console.api.resources.people import StudentRef
from console.api.resources.seen import assignment_in, class_taught, student_in
from console.classes.assignments import MOST_MINUTES
from console.classes.audit import Deed, note_action
from console.classes.extensions import end_extension, faults_of_extension, grant_extension
from console.classes.models import Extension, TeachingRole


class ExtensionShape(serializers.Serializer[Extension]):
    """An extension of one student."""

    student = StudentRef(source="enrollment")
    due = serializers.DateTimeField(allow_null=True)
    closes = serializers.DateTimeField(allow_null=True)
    extra_minutes = serializers.IntegerField()


class ExtensionGrant(BodyShape):
    """What a student is granted; it takes the place of an earlier extension."""

    due = ZonedDateTimeField(allow_null=True, default=None)
    closes = ZonedDateTimeField(allow_null=True, default=None)
    extra_minutes = serializers.IntegerField(min_value=0, max_value=MOST_MINUTES, default=0)
    reopen = serializers.BooleanField(
        default=False, help_text="Let the student continue after handing in."
    )


class Extensions(ApiView):
    """The extensions of an assignment."""

    area = "assignments"

    @operation("list_extensions", page_of(ExtensionShape), query=PAGE, problems=[404])
    def get(self, request: Request, class_id: str, assignment_id: str) -> Response:
        """List who has more time for an assignment of a class that you teach."""
        course_class = class_taught(user_of(request), class_id)
        rows = Extension.objects.filter(assignment=assignment_in(course_class, assignment_id))
        rows = rows.select_related("enrollment__user__profile").order_by("pk")
        return answer_page(request, rows, ExtensionShape)


class OneExtension(ApiView):
    """The extension of one student."""

    area = "assignments"

    @operation("grant_extension", ExtensionShape, takes=ExtensionGrant, problems=[404])
    def put(self, request: Request, class_id: str, assignment_id: str, student_id: str) -> Response:
        """Grant a student more time; never less than everybody has."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.ASSISTANT)
        (seen,) = with_titles([assignment_in(course_class, assignment_id)])
        student = student_in(course_class, student_id)
        if student.removed_at is not None:
            raise NotThere
        given = read_body(request, ExtensionGrant)
        refuse_faults(faults_of_extension(seen.assignment, given))
        words = grant_extension(seen.assignment, student, given, reopen=given["reopen"])
        detail = f"{seen.title}: {words}."
        note_action(course_class, user, Deed.GRANTED_AN_EXTENSION, detail, student)
        found = Extension.objects.get(assignment=seen.assignment, enrollment=student)
        return Response(ExtensionShape(found).data)

    @operation("end_extension", None, status=204, problems=[404])
    def delete(
        self, request: Request, class_id: str, assignment_id: str, student_id: str
    ) -> Response:
        """Take an extension back."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.ASSISTANT)
        (seen,) = with_titles([assignment_in(course_class, assignment_id)])
        student = student_in(course_class, student_id)
        rows = Extension.objects.filter(assignment=seen.assignment, enrollment=student)
        extension = rows.first()
        if extension is None:
            raise NotThere
        end_extension(seen.assignment, extension)
        note_action(course_class, user, Deed.TOOK_AN_EXTENSION_BACK, f"{seen.title}.", student)
        return Response(status=204)
