"""The teams of a class."""

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.bodies import BodyShape
from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import Conflicting, NotThere
from console.api.http.views import ApiView, read_body, user_of
from console.api.resources.people import StudentRef
from console.api.resources.seen import class_taught
from console.classes.audit import Deed, note_action
from console.classes.models import Class, Enrollment, TeachingRole, Team
from console.classes.teams import TeamNameTaken, dissolve_team, rename_team, team_of_name


class TeamShape(serializers.Serializer[Team]):
    """A team with its students."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    students = StudentRef(many=True, source="here")


class TeamName(BodyShape):
    """A team's name, which no other team of the class has."""

    name = serializers.CharField(max_length=80)


def teams_of(course_class: Class) -> QuerySet[Team]:
    """Return the teams of a class, each with its students who are `here`; two queries."""
    students = Enrollment.objects.filter(removed_at=None).select_related("user__profile")
    here = Prefetch("enrollments", students.order_by("pk"), to_attr="here")
    return Team.objects.filter(course_class=course_class).prefetch_related(here).order_by("pk")


class Teams(ApiView):
    """The teams of a class."""

    area = "classes"

    @operation("list_teams", page_of(TeamShape), query=PAGE, problems=[404])
    def get(self, request: Request, class_id: str) -> Response:
        """List the teams of a class that you teach."""
        course_class = class_taught(user_of(request), class_id)
        return answer_page(request, teams_of(course_class), TeamShape)

    @operation("make_team", TeamShape, takes=TeamName, status=201, problems=[404])
    def post(self, request: Request, class_id: str) -> Response:
        """Make a team, or get the one of this name. Students join it by their `team`."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        team = team_of_name(course_class, read_body(request, TeamName)["name"])
        return Response(TeamShape(teams_of(course_class).get(pk=team.pk)).data, 201)


class OneTeam(ApiView):
    """One team."""

    area = "classes"

    @operation("rename_team", TeamShape, takes=TeamName, problems=[404, 409])
    def patch(self, request: Request, class_id: str, team_id: str) -> Response:
        """Rename a team."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        team = _team(course_class, team_id)
        before = team.name
        try:
            rename_team(team, read_body(request, TeamName)["name"])
        except TeamNameTaken as error:
            raise Conflicting(str(error)) from None
        note_action(course_class, user, Deed.RENAMED_A_TEAM, f"{before}: {team.name}")
        return Response(TeamShape(_team(course_class, team_id)).data)

    @operation("dissolve_team", None, status=204, problems=[404])
    def delete(self, request: Request, class_id: str, team_id: str) -> Response:
        """End a team. Each of its worlds goes to one member; the others begin anew."""
        user = user_of(request)
        course_class = class_taught(user, class_id, TeachingRole.TEACHER)
        team = _team(course_class, team_id)
        dissolve_team(team)
        note_action(course_class, user, Deed.DISSOLVED_A_TEAM, team.name)
        return Response(status=204)


def _team(course_class: Class, team_id: str) -> Team:
    team = teams_of(course_class).filter(public_id=team_id).first()
    if team is None:
        raise NotThere
    return team
