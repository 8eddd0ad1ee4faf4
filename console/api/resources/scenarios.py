"""The scenarios that an instructor may use; for everybody else they are not there."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import NotThere
from console.api.http.views import ApiView, user_of
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import find_scenario, seen_scenarios, summary_of
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

    @operation("list_scenarios", page_of(ScenarioShape), query=PAGE, problems=[404])
    def get(self, request: Request) -> Response:
        """List your own scenarios, those that others share, and those that come with Rolecall."""
        return answer_page(request, seen_scenarios(instructor_of(request)), ScenarioShape)


class OneScenario(ApiView):
    """One scenario."""

    area = "scenarios"

    @operation("get_scenario", ScenarioInFull, problems=[404])
    def get(self, request: Request, scenario_id: str) -> Response:
        """Get a scenario with its text and a summary of its world."""
        return scenario_answer(*scenario_of(request, scenario_id))


class ScenarioDownload(ApiView):
    """A scenario's file."""

    area = "scenarios"

    @operation("download_scenario", {(200, "application/yaml"): OpenApiTypes.STR}, problems=[404])
    def get(self, request: Request, scenario_id: str) -> HttpResponse:
        """Download a scenario's file."""
        scenario, _ = scenario_of(request, scenario_id)
        response = HttpResponse(scenario.text, content_type="application/yaml")
        name = slugify(scenario.name)[:60] or "scenario"
        response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
        return response
