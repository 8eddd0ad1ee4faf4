"""The scenarios that an instructor may use; for everybody else they are not there."""

from typing import Any, NoReturn

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.bodies import BodyShape
from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.parsers import JsonParser, YamlParser
from console.api.http.problems import Conflicting, NotThere
from console.api.http.views import ApiView, read_body, user_of
from console.labs.scenarios import ScenarioError
from console.labs.scenarios.findings import errors_of
from console.labs.scenarios.limits import LARGEST, text_of
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import (
    ScenarioChanged,
    add_scenario,
    change_scenario,
    find_scenario,
    own_scenario,
    seen_scenarios,
    summary_of,
)
from console.labs.site_users import display_name, is_instructor


class ScenarioShape(serializers.Serializer[Scenario]):
    """A scenario in the list; `version` rises with each change."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    origin = serializers.ChoiceField(Scenario.Source.choices, source="source")
    shared = serializers.BooleanField()
    version = serializers.IntegerField()
    owner = serializers.SerializerMethodField()

    def get_owner(self, scenario: Scenario) -> str | None:
        """Return what its owner is called; null for those that come with Rolecall."""
        return None if scenario.is_shipped else display_name(scenario.owner)


class ScenarioInFull(ScenarioShape):
    """A scenario with its text and a summary of its world."""

    text = serializers.CharField()
    summary = serializers.SerializerMethodField()

    def get_summary(self, scenario: Scenario) -> dict[str, Any]:
        """Return accounts, identities, and who can assume what."""
        found: dict[str, Any] = dict(summary_of(scenario, self.context["user"]))
        return found


class NewScenario(BodyShape):
    """A scenario's file, as text."""

    text = serializers.CharField(max_length=LARGEST, trim_whitespace=False, help_text="YAML.")
    name = serializers.CharField(max_length=120, default="", allow_blank=True)
    shared = serializers.BooleanField(default=False, help_text="Other instructors may use it.")


class ScenarioChange(NewScenario):
    """A new text of a scenario, made to the `version` that was read."""

    version = serializers.IntegerField(min_value=1, max_value=10**9)


def instructor_of(request: Request) -> User:
    """Return the token's user, who must be an instructor; raises NotThere."""
    user = user_of(request)
    if not is_instructor(user):
        raise NotThere
    return user


def scenario_of(request: Request, scenario_id: str) -> tuple[Scenario, User]:
    """Return a scenario that the token's user may see, and the user; raises NotThere."""
    user = instructor_of(request)
    scenario = find_scenario(user, scenario_id)
    if scenario is None:
        raise NotThere
    return scenario, user


def scenario_answer(scenario: Scenario, user: User, status: int = 200) -> Response:
    """Answer with one scenario."""
    return Response(ScenarioInFull(scenario, context={"user": user}).data, status)


class Scenarios(ApiView):
    """The scenarios of an instructor."""

    area = "scenarios"
    makes_worlds = True
    parser_classes = (JsonParser, YamlParser)

    @operation("list_scenarios", page_of(ScenarioShape), query=PAGE, problems=[404])
    def get(self, request: Request) -> Response:
        """List your own scenarios, those that others share, and those that come with Rolecall."""
        return answer_page(request, seen_scenarios(instructor_of(request)), ScenarioShape)

    @operation(
        "upload_scenario",
        ScenarioInFull,
        takes={"application/json": NewScenario, "application/yaml": OpenApiTypes.STR},
        status=201,
        problems=[404],
    )
    def post(self, request: Request) -> Response:
        """Keep a scenario: JSON with its text, or the file as it is.

        A text is kept only if its world can be made; what is wrong with it is named by its place.
        """
        user = instructor_of(request)
        file = request.data.get("file") if isinstance(request.data, dict) else None
        try:
            if isinstance(file, bytes):
                text = text_of(file)
                made = add_scenario(user, text, source=Scenario.Source.UPLOADED)
            else:
                given = read_body(request, NewScenario)
                made = add_scenario(user, source=Scenario.Source.UPLOADED, **given)
        except ScenarioError as error:
            refuse_scenario(error)
        return scenario_answer(made, user, 201)


class OneScenario(ApiView):
    """One scenario."""

    area = "scenarios"

    @operation("get_scenario", ScenarioInFull, problems=[404])
    def get(self, request: Request, scenario_id: str) -> Response:
        """Get a scenario with its text and a summary of its world."""
        return scenario_answer(*scenario_of(request, scenario_id))

    @operation("change_scenario", ScenarioInFull, takes=ScenarioChange, problems=[404, 409])
    def put(self, request: Request, scenario_id: str) -> Response:
        """Keep a new text of your own scenario; nobody's change is overwritten unseen."""
        scenario, user = _own(request, scenario_id)
        given = read_body(request, ScenarioChange)
        try:
            change_scenario(scenario, given.pop("text"), **given)
        except ScenarioError as error:
            refuse_scenario(error)
        except ScenarioChanged:
            raise Conflicting("Somebody saved another version. Read it, then send yours.") from None
        return scenario_answer(_own(request, scenario_id)[0], user)

    @operation("delete_scenario", None, status=204, problems=[404])
    def delete(self, request: Request, scenario_id: str) -> Response:
        """Delete your own scenario; worlds that were made from it stay."""
        scenario, _ = _own(request, scenario_id)
        scenario.delete()
        return Response(status=204)


def _own(request: Request, scenario_id: str) -> tuple[Scenario, User]:
    user = instructor_of(request)
    scenario = own_scenario(user, scenario_id)
    if scenario is None:
        raise NotThere
    return scenario, user


def refuse_scenario(error: ScenarioError) -> NoReturn:
    """Raise ValidationError with each mistake of a scenario, and its line where it has one."""
    found = [f"Line {one.line}: {one.message}" for one in errors_of(error)]
    raise serializers.ValidationError({"text": found}) from None


class ScenarioDownload(ApiView):
    """A scenario's file."""

    area = "scenarios"

    @operation(
        "download_scenario", {(200, "application/yaml"): OpenApiTypes.OBJECT}, problems=[404]
    )
    def get(self, request: Request, scenario_id: str) -> HttpResponse:
        """Download a scenario's file."""
        scenario, _ = scenario_of(request, scenario_id)
        response = HttpResponse(scenario.text, content_type="application/yaml")
        name = slugify(scenario.name)[:60] or "scenario"
        response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
        return response
