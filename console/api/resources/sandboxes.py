"""Sandboxes: one's own, and those of a class that one teaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import NotThere
from console.api.http.views import ApiView, user_of
from console.api.resources.attempts import of_students
from console.api.resources.people import StudentRef
from console.api.resources.seen import class_taught
from console.classes.models import Enrollment
from console.labs.models import Attempt
from console.labs.own_sandboxes import Identity, identities_of, sandboxes_of
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


class Sandboxes(ApiView):
    """The sandboxes of the token's user."""

    area = "sandboxes"

    @operation("list_sandboxes", page_of(SandboxShape), query=PAGE)
    def get(self, request: Request) -> Response:
        """List your own sandboxes: those of labs that you work on, and others."""
        rows = sandboxes_of(user_of(request)).order_by("pk")
        return answer_page(request, rows, SandboxShape, _with_attempts)


class OneSandbox(ApiView):
    """One sandbox."""

    area = "sandboxes"

    @operation("get_sandbox", SandboxInFull, problems=[404])
    def get(self, request: Request, sandbox_id: int) -> Response:
        """Get one of your sandboxes, with its endpoint and whom to sign in as.

        In a lab, these are the identities that the lab lets you act as now.
        """
        return sandbox_answer(request, own_sandbox(request, sandbox_id))


class ClassSandboxes(ApiView):
    """The sandboxes of a class."""

    area = "sandboxes"

    @operation("list_class_sandboxes", page_of(StudentsSandbox), query=PAGE, problems=[404])
    def get(self, request: Request, class_id: str) -> Response:
        """List the worlds in which the students of a class that you teach work."""
        course_class = class_taught(user_of(request), class_id)
        rows = Attempt.objects.filter(assignment__course_class=course_class, waits=False)
        rows = rows.select_related("sandbox").defer("results", "start", "missing", "latched")

        def seen(page: Sequence[Any]) -> list[SeenSandbox]:
            found = of_students(course_class, page)
            return [SeenSandbox(one.attempt.sandbox, one.attempt, one.students) for one in found]

        return answer_page(request, rows.order_by("pk"), StudentsSandbox, seen)
