"""A roster imported by a program: planned line by line, then whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.bodies import BodyShape
from console.api.http.operations import operation
from console.api.http.parsers import CsvParser, JsonParser
from console.api.http.problems import Conflicting
from console.api.http.views import ApiView, read_body, user_of
from console.api.resources.seen import class_taught
from console.classes.jobs import hash_cards
from console.classes.models import Class, Enrollment, LoginCard, TeachingRole
from console.classes.roster.cards import password_on
from console.classes.roster.imports import import_roster
from console.classes.roster.plan import PlannedRow, RosterPlan, RowOutcome, plan_roster
from console.classes.roster.reader import (
    MOST_ROWS,
    RosterRow,
    UnreadableRoster,
    as_text,
    read_roster,
)

_DRY_RUN = OpenApiParameter("dry_run", bool, description="Only show what would become of it.")


class RosterLine(BodyShape):
    """A line of a roster: the columns that its file may have."""

    login = serializers.CharField(max_length=200, allow_blank=True, default="")
    name = serializers.CharField(max_length=200, allow_blank=True, default="")
    reference = serializers.CharField(max_length=200, allow_blank=True, default="")
    team = serializers.CharField(max_length=200, allow_blank=True, default="")
    extra_time = serializers.IntegerField(min_value=0, max_value=100_000, required=False)


class RosterLines(BodyShape):
    """A roster as JSON."""

    rows = serializers.ListField(child=RosterLine(), allow_empty=False, max_length=MOST_ROWS)


class NewLogin(serializers.Serializer[Enrollment]):
    """A login that was made, with its password: it works once the queue has hashed it."""

    id = serializers.CharField(source="public_id")
    login = serializers.CharField(source="user.username")
    password = serializers.SerializerMethodField()

    def get_password(self, enrollment: Enrollment) -> str:
        """Return the password that stands on the card."""
        return password_on(enrollment.card)


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do."""

    plan: RosterPlan
    dry_run: bool
    new_logins: Sequence[Enrollment] = ()

    @property
    def rows(self) -> Sequence[PlannedRow]:
        return self.plan.rows


class PlannedLine(serializers.Serializer[PlannedRow]):
    """A line with what becomes of it."""

    number = serializers.IntegerField(source="row.number")
    login = serializers.CharField(source="row.login")
    outcome = serializers.ChoiceField([one.value for one in RowOutcome])
    problems = serializers.ListField(child=serializers.CharField())


class NewLogins(serializers.Serializer[Imported]):
    """What became of each line, and the logins that were made."""

    dry_run = serializers.BooleanField()
    rows = PlannedLine(many=True)
    new_logins = NewLogin(many=True)


def row_of(given: Mapping[str, Any], number: int) -> RosterRow:
    """Return a line as the reader of files returns it."""
    extra = given.get("extra_time")
    words = {name: given[name].strip() for name in ("login", "name", "reference", "team")}
    return RosterRow(number, **words, extra_time="" if extra is None else str(extra))


def refuse_faulty(plan: RosterPlan) -> None:
    """Raise ValidationError for a plan with faulty lines: nothing is imported."""
    found = {
        f"rows.{place}": list(one.problems) for place, one in enumerate(plan.rows) if one.is_faulty
    }
    if found:
        raise serializers.ValidationError(found)


def carry_out(course_class: Class, user: User, plan: RosterPlan) -> Imported:
    """Import a roster; raises Conflicting if somebody was faster."""
    try:
        new = import_roster(course_class, user, plan)
    except IntegrityError:
        raise Conflicting("Somebody took one of these logins meanwhile. Send it again.") from None
    if new:
        hash_cards.enqueue()
    cards = {one.enrollment_id: one for one in LoginCard.objects.filter(enrollment__in=new)}
    for one in new:
        one.card = cards[one.pk]
    return Imported(plan, dry_run=False, new_logins=new)


class RosterImport(ApiView):
    """A whole roster."""

    area = "roster"
    makes_worlds = True
    parser_classes = (JsonParser, CsvParser)

    @operation(
        "import_roster",
        NewLogins,
        takes={"application/json": RosterLines, "text/csv": OpenApiTypes.STR},
        query=[_DRY_RUN],
        problems=[404, 409],
    )
    def post(self, request: Request, class_id: str) -> Response:
        """Import a roster: all of its lines, or nothing.

        Send JSON, or a CSV file as it is. With `dry_run=true` nothing is done, and the answer has
        the outcome of each line.
        """
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        plan = plan_roster(course_class, user, _rows(request))
        if request.query_params.get("dry_run", "").lower() in {"true", "1"}:
            return Response(NewLogins(Imported(plan, dry_run=True)).data)
        refuse_faulty(plan)
        return Response(NewLogins(carry_out(course_class, user, plan)).data)


def _rows(request: Request) -> list[RosterRow]:
    file = request.data.get("file") if isinstance(request.data, dict) else None
    if not isinstance(file, bytes):
        lines = read_body(request, RosterLines)["rows"]
        return [row_of(one, number) for number, one in enumerate(lines, 1)]
    try:
        return read_roster(as_text(file))
    except UnreadableRoster as error:
        raise serializers.ValidationError(str(error)) from None
