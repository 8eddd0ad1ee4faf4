"""What a class is asked to do, and by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.bodies import BodyShape, ZonedDateTimeField
from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import Conflicting, NotThere
from console.api.http.views import ApiView, read_body, refuse_faults, user_of
from console.api.resources.seen import SeenClass, assignment_in, class_taught, seen_class
from console.classes.assignments import (
    MOST_MINUTES,
    add_assignments,
    delete_assignment,
    faults_of,
    save_assignment,
)
from console.classes.audit import Deed, note_action
from console.classes.exams import hide_results, show_results
from console.classes.jobs import make_worlds_of
from console.classes.models import (
    Assignment,
    Grade,
    Mode,
    Reveal,
    SolutionPolicy,
    TeachingRole,
)
from console.classes.todo import Assigned, assigned_to
from console.labs.attempts import Terms
from console.labs.catalog import known_labs, open_labs


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


class AssignmentChange(BodyShape):
    """What can be set about an assignment; what is left out stays. Times have a zone."""

    mode = serializers.ChoiceField(Mode.choices)
    opens = ZonedDateTimeField(allow_null=True)
    due = ZonedDateTimeField(allow_null=True)
    closes = ZonedDateTimeField(allow_null=True)
    start_by_button = serializers.BooleanField()
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES, allow_null=True)
    extra_minutes = serializers.IntegerField(min_value=0, max_value=MOST_MINUTES)
    hints = serializers.BooleanField()
    solution = serializers.ChoiceField(SolutionPolicy.choices)
    reveal = serializers.ChoiceField(Reveal.choices)
    grade = serializers.ChoiceField(Grade.choices)
    weight = serializers.DecimalField(6, 2, min_value=Decimal(0), max_value=Decimal(1000))
    late_percent = serializers.IntegerField(min_value=0, max_value=100)


class NewAssignment(AssignmentChange):
    """A lab to assign, with what is to be set about it."""

    lab = serializers.CharField(max_length=48)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return the fields, of which only the lab must be there."""
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name == "lab"
        return fields


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

    @operation("make_assignment", AssignmentShape, takes=NewAssignment, status=201, problems=[404])
    def post(self, request: Request, class_id: str) -> Response:
        """Assign a lab to a class that you teach. Without `opens` it is open at once."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        given = read_body(request, NewAssignment)
        lab = open_labs().get(given.pop("lab"))
        if lab is None:
            refuse_faults({"lab": "Name a lab that /api/labs lists."})
            raise NotThere
        with transaction.atomic():
            (made,) = add_assignments(course_class, [lab])
            note_action(course_class, user, Deed.ASSIGNED_LABS, f"{lab.title}.")
            _change(made, user, given)
        return _answer(made, 201)


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

    @operation("change_assignment", AssignmentShape, takes=AssignmentChange, problems=[404])
    def patch(self, request: Request, class_id: str, assignment_id: str) -> Response:
        """Change an assignment; students' work and open drawers follow at once."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        found = assignment_in(course_class, assignment_id)
        _change(found, user, read_body(request, AssignmentChange, partial=True))
        return _answer(found)

    @operation("delete_assignment", None, status=204, problems=[404])
    def delete(self, request: Request, class_id: str, assignment_id: str) -> Response:
        """Delete an assignment, with its points, remarks and extensions; worlds stay."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        (seen,) = with_titles([assignment_in(course_class, assignment_id)])
        delete_assignment(seen.assignment)
        note_action(course_class, user, Deed.DELETED_AN_ASSIGNMENT, f"{seen.title}.")
        return Response(status=204)


class ResultsShown(BodyShape):
    """Whether students see an exam's results."""

    shown = serializers.BooleanField()


class ExamResults(ApiView):
    """An exam's results."""

    area = "assignments"

    @operation("show_results", AssignmentShape, takes=ResultsShown, problems=[404, 409])
    def put(self, request: Request, class_id: str, assignment_id: str) -> Response:
        """Show an exam's results to its students, or hide them again."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        (seen,) = with_titles([assignment_in(course_class, assignment_id)])
        shown = read_body(request, ResultsShown)["shown"]
        if seen.assignment.mode != Mode.EXAM:
            raise Conflicting("This is no exam: its results show at once.")
        if shown:
            show_results(seen.assignment)
        else:
            hide_results(seen.assignment)
        deed = Deed.SHOWED_RESULTS if shown else Deed.HID_RESULTS
        note_action(course_class, user, deed, f"{seen.title}.")
        return _answer(assignment_in(course_class, assignment_id))


def _change(assignment: Assignment, user: User, given: Mapping[str, Any]) -> None:
    """Set what is given; raises ValidationError where it does not fit together."""
    if not given:
        return
    names = [str(name) for name in AssignmentChange().fields]
    values = {name: getattr(assignment, name) for name in names} | dict(given)
    refuse_faults(faults_of(assignment, values))
    for name, value in given.items():
        setattr(assignment, name, value)
    save_assignment(assignment)
    if assignment.mode == Mode.EXAM:
        make_worlds_of.enqueue(assignment.pk)
    (seen,) = with_titles([assignment])
    changed = ", ".join(name.replace("_", " ") for name in given)
    course_class = assignment.course_class
    note_action(course_class, user, Deed.CHANGED_AN_ASSIGNMENT, f"{seen.title}: {changed}.")


def _answer(assignment: Assignment, status: int = 200) -> Response:
    (seen,) = with_titles([assignment])
    return Response(AssignmentShape(seen).data, status)
