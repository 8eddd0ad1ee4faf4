"""Sandboxes: one's own, and those of a class that one teaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.bodies import BodyShape
from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import Conflicting, NotThere, NotYours
from console.api.http.views import ApiView, read_body, user_of
from console.api.resources.attempts import of_students
from console.api.resources.people import StudentRef
from console.api.resources.scenarios import refuse_scenario, scenario_of
from console.api.resources.seen import class_taught
from console.classes.models import Class, ClassWorld, Enrollment
from console.classes.own_work import exam_of_lab
from console.labs.attempts import begin_attempt, start_again
from console.labs.catalog import open_labs
from console.labs.models import Attempt
from console.labs.own_sandboxes import (
    Identity,
    SandboxRefused,
    add_sandbox,
    delete_sandbox,
    identities_of,
    sandboxes_of,
)
from console.labs.rules import Tool, rules_of
from console.labs.scenarios import ScenarioError
from iam.models import Sandbox


@dataclass(frozen=True)
class SeenSandbox:
    """A sandbox with the attempt that it is of, if any."""

    sandbox: Sandbox
    attempt: Attempt | None = None
    students: Sequence[Enrollment] = ()
    identities: Sequence[Identity] = ()
    endpoint: str = ""
    sign_in: str = ""


class SandboxShape(serializers.Serializer[SeenSandbox]):
    """A sandbox in a list."""

    id = serializers.IntegerField(source="sandbox.pk")
    name = serializers.CharField(source="sandbox.name")
    lab = serializers.CharField(source="attempt.lab", default=None, allow_null=True)
    attempt = serializers.CharField(source="attempt.public_id", default=None, allow_null=True)
    shared = serializers.BooleanField(source="sandbox.public", help_text="Anybody may sign in.")
    made_at = serializers.DateTimeField(source="sandbox.created_at")


class StudentsSandbox(SandboxShape):
    """A sandbox of a class, with the students who work in it."""

    students = StudentRef(many=True)


class IdentityShape(serializers.Serializer[Identity]):
    """Somebody to sign in as; root has no `user`, people of the provider no `account_id`."""

    account_id = serializers.CharField()
    user = serializers.CharField()
    password = serializers.CharField(help_text="That of the start; it may have been changed.")


class SandboxInFull(SandboxShape):
    """A sandbox with where AWS clients find it, and whom to sign in as."""

    endpoint = serializers.URLField(help_text="For AWS_ENDPOINT_URL, with keys made inside.")
    sign_in = serializers.URLField()
    identities = IdentityShape(many=True)


def _with_attempts(sandboxes: Sequence[Sandbox]) -> list[SeenSandbox]:
    attempts = Attempt.objects.filter(sandbox__in=sandboxes).only("public_id", "lab", "sandbox")
    known = {one.sandbox_id: one for one in attempts}
    return [SeenSandbox(one, known.get(one.pk)) for one in sandboxes]


def own_sandbox(request: Request, sandbox_id: int) -> SeenSandbox:
    """Return a sandbox of the token's user; raises NotThere."""
    sandbox = sandboxes_of(user_of(request)).filter(pk=sandbox_id).first()
    if sandbox is None:
        raise NotThere
    return SeenSandbox(sandbox, Attempt.objects.filter(sandbox=sandbox).first())


def sandbox_answer(request: Request, seen: SeenSandbox, status: int = 200) -> Response:
    """Answer with one sandbox."""
    full = SeenSandbox(
        seen.sandbox,
        seen.attempt,
        identities=identities_of(seen.sandbox, seen.attempt),
        endpoint=request.build_absolute_uri("/aws"),
        sign_in=request.build_absolute_uri(reverse("signin")),
    )
    return Response(SandboxInFull(full).data, status)


class NewSandbox(BodyShape):
    """A sandbox from a lab, or from a scenario: one of the two is named."""

    lab = serializers.CharField(max_length=48, required=False)
    scenario = serializers.CharField(max_length=48, required=False)
    name = serializers.CharField(
        max_length=120, default="", allow_blank=True, help_text="For one from a scenario."
    )

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Refuse both, and neither."""
        if ("lab" in given) == ("scenario" in given):
            raise serializers.ValidationError("Name a `lab` or a `scenario`.")
        return given


class Sandboxes(ApiView):
    """The sandboxes of the token's user."""

    area = "sandboxes"
    makes_worlds = True

    @operation("list_sandboxes", page_of(SandboxShape), query=PAGE)
    def get(self, request: Request) -> Response:
        """List your own sandboxes: those of labs that you work on, and others."""
        rows = sandboxes_of(user_of(request)).order_by("pk")
        return answer_page(request, rows, SandboxShape, _with_attempts)

    @operation("make_sandbox", SandboxInFull, takes=NewSandbox, status=201, problems=[404, 409])
    def post(self, request: Request) -> Response:
        """Make a sandbox of your own: begin a lab, or go on with it; or seed a scenario.

        Scenarios are for instructors.
        """
        given = read_body(request, NewSandbox)
        if "lab" in given:
            return sandbox_answer(request, _begun(user_of(request), given["lab"]), 201)
        scenario, user = scenario_of(request, given["scenario"])
        try:
            made = add_sandbox(scenario, user, given["name"])
        except SandboxRefused as error:
            raise Conflicting(str(error)) from None
        except ScenarioError as error:
            refuse_scenario(error)
        return sandbox_answer(request, SeenSandbox(made), 201)


class OneSandbox(ApiView):
    """One sandbox."""

    area = "sandboxes"

    @operation("get_sandbox", SandboxInFull, problems=[404])
    def get(self, request: Request, sandbox_id: int) -> Response:
        """Get one of your sandboxes, with its endpoint and whom to sign in as.

        In a lab, these are the identities that the lab lets you act as now.
        """
        return sandbox_answer(request, own_sandbox(request, sandbox_id))

    @operation("delete_sandbox", None, status=204, problems=[404, 409])
    def delete(self, request: Request, sandbox_id: int) -> Response:
        """Delete one of your sandboxes that is of no lab and of no class."""
        sandbox = own_sandbox(request, sandbox_id).sandbox
        if ClassWorld.objects.filter(sandbox=sandbox).exists():
            raise Conflicting("Your class gave you this world: its teacher deletes it.")
        try:
            delete_sandbox(sandbox, user_of(request))
        except SandboxRefused as error:
            raise Conflicting(str(error)) from None
        return Response(status=204)


class SandboxRestart(ApiView):
    """A sandbox set back to its start."""

    area = "sandboxes"
    makes_worlds = True

    @operation("restart_sandbox", SandboxInFull, problems=[404])
    def post(self, request: Request, sandbox_id: int) -> Response:
        """Set one of your sandboxes back to its start, where its lab allows that."""
        seen = own_sandbox(request, sandbox_id)
        ruling = rules_of(seen.sandbox).allows(Tool.RESTART)
        if not ruling:
            raise NotYours(ruling.sentence, "withheld")
        start_again(seen.sandbox)
        return sandbox_answer(request, own_sandbox(request, sandbox_id))


def _begun(user: User, slug: str) -> SeenSandbox:
    """Return the sandbox of a lab that somebody begins, or goes on with."""
    lab = open_labs().get(slug)
    if lab is None:
        raise NotThere
    if exam_of_lab(user.pk, slug) is not None:
        raise Conflicting(
            "This lab is your exam now. You can practice it again after the results are shown."
        )
    attempt = begin_attempt(user, lab)
    return SeenSandbox(attempt.sandbox, attempt)


class ClassSandboxes(ApiView):
    """The sandboxes of a class."""

    area = "sandboxes"

    @operation("list_class_sandboxes", page_of(StudentsSandbox), query=PAGE, problems=[404])
    def get(self, request: Request, class_id: str) -> Response:
        """List the worlds in which the students of a class that you teach work."""
        course_class = class_taught(user_of(request), class_id)
        of_labs = Q(attempt__assignment__course_class=course_class, attempt__waits=False)
        seeded = Q(class_world__seeding__course_class=course_class)
        rows = Sandbox.objects.filter(of_labs | seeded).order_by("pk")
        return answer_page(
            request, rows, StudentsSandbox, lambda page: _of_class(course_class, page)
        )


def _of_class(course_class: Class, sandboxes: Sequence[Sandbox]) -> list[SeenSandbox]:
    """Return a class's sandboxes with those who work in each; three queries."""
    attempts = {one.sandbox_id: one for one in Attempt.objects.filter(sandbox__in=sandboxes)}
    worlds = {one.sandbox_id: one for one in ClassWorld.objects.filter(sandbox__in=sandboxes)}
    of_labs = of_students(course_class, list(attempts.values()))
    working = {one.attempt.sandbox_id: one.students for one in of_labs}
    students = Enrollment.objects.filter(course_class=course_class)
    here = list(students.select_related("user__profile").order_by("pk")) if worlds else []
    found = []
    for sandbox in sandboxes:
        world = worlds.get(sandbox.pk)
        if world is not None:
            team, alone = world.team_id or 0, world.enrollment_id
            working[sandbox.pk] = [one for one in here if one.pk == alone or one.team_id == team]
        found.append(SeenSandbox(sandbox, attempts.get(sandbox.pk), working.get(sandbox.pk, ())))
    return found
