"""What a class is asked to do, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import NotThere
from console.api.http.views import ApiView, user_of
from console.api.resources.seen import SeenClass, assignment_in, seen_class
from console.classes.models import Assignment, Grade, Mode, Reveal, SolutionPolicy
from console.classes.todo import Assigned, assigned_to
from console.labs.attempts import Terms
from console.labs.catalog import known_labs


@dataclass(frozen=True)
class SeenAssignment:
    """An assignment with its lab's title; for a student also with the student's own times."""

    assignment: Assignment
    title: str
    own: Assigned | None = None

    @property
    def times(self) -> Assignment | Terms:
        return self.own.terms if self.own else self.assignment


class AssignmentShape(serializers.Serializer[SeenAssignment]):
    """An assignment; a student's own times are those that hold for the student."""

    id = serializers.CharField(source="assignment.public_id")
    lab = serializers.CharField(source="assignment.lab")
    title = serializers.CharField()
    position = serializers.IntegerField(source="assignment.position")
    mode = serializers.ChoiceField(Mode.choices, source="assignment.mode")
    opens = serializers.DateTimeField(source="times.opens", allow_null=True)
    due = serializers.DateTimeField(source="times.due", allow_null=True)
    closes = serializers.DateTimeField(source="times.closes", allow_null=True)
    start_by_button = serializers.BooleanField(source="assignment.start_by_button")
    minutes = serializers.IntegerField(source="assignment.minutes", allow_null=True)
    extra_minutes = serializers.IntegerField(source="assignment.extra_minutes")
    hints = serializers.BooleanField(source="assignment.hints")
    solution = serializers.ChoiceField(SolutionPolicy.choices, source="assignment.solution")
    reveal = serializers.ChoiceField(Reveal.choices, source="assignment.reveal")
    grade = serializers.ChoiceField(Grade.choices, source="assignment.grade")
    weight = serializers.DecimalField(6, 2, source="assignment.weight")
    late_percent = serializers.IntegerField(source="assignment.late_percent")
    results_shown_at = serializers.DateTimeField(
        source="assignment.results_shown_at", allow_null=True
    )


def with_titles(assignments: Sequence[Assignment]) -> list[SeenAssignment]:
    """Return assignments with their labs' titles; one query."""
    labs = known_labs()
    found = []
    for one in assignments:
        lab = labs.get(one.lab)
        found.append(SeenAssignment(one, lab.title if lab else one.lab))
    return found


def _of_student(seen: SeenClass) -> list[SeenAssignment]:
    assigned = assigned_to(seen.enrollment) if seen.enrollment else []
    return [SeenAssignment(one.assignment, one.title, one) for one in assigned]


class Assignments(ApiView):
    """The assignments of a class."""

    area = "assignments"

    @operation("list_assignments", page_of(AssignmentShape), query=PAGE, problems=[404])
    def get(self, request: Request, class_id: str) -> Response:
        """List the assignments of a class, in order."""
        seen = seen_class(user_of(request), class_id)
        if seen.enrollment:
            return answer_page(request, _of_student(seen), AssignmentShape)
        rows = Assignment.objects.filter(course_class=seen.course_class)
        return answer_page(request, rows, AssignmentShape, with_titles)


class OneAssignment(ApiView):
    """One assignment."""

    area = "assignments"

    @operation("get_assignment", AssignmentShape, problems=[404])
    def get(self, request: Request, class_id: str, assignment_id: str) -> Response:
        """Get one assignment."""
        seen = seen_class(user_of(request), class_id)
        if seen.role:
            (found,) = with_titles([assignment_in(seen.course_class, assignment_id)])
            return Response(AssignmentShape(found).data)
        for own in _of_student(seen):
            if own.assignment.public_id == assignment_id:
                return Response(AssignmentShape(own).data)
        raise NotThere
