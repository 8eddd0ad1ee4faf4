"""The addresses of the API; what is none of them is answered as JSON, too."""

from django.urls import path, re_path

from console.api.resources import (
    assignments,
    attempts,
    classes,
    extensions,
    gradebook,
    labs,
    progress,
    roster,
    roster_import,
    sandboxes,
    scenarios,
    teams,
)
from console.api.root import Root, nowhere
from console.api.schema import docs, schema

_CLASS = "classes/<str:class_id>"
_ASSIGNMENT = f"{_CLASS}/assignments/<str:assignment_id>"

urlpatterns = [
    path("", Root.as_view(), name="api"),
    path("docs", docs, name="api_docs"),
    path("schema", schema, name="api_schema"),
    path("attempts", attempts.OwnAttempts.as_view(), name="api_own_attempts"),
    path("attempts/<str:attempt_id>", attempts.OneAttempt.as_view(), name="api_attempt"),
    path("classes", classes.Classes.as_view(), name="api_classes"),
    path(_CLASS, classes.OneClass.as_view(), name="api_class"),
    path(f"{_CLASS}/assignments", assignments.Assignments.as_view(), name="api_assignments"),
    path(_ASSIGNMENT, assignments.OneAssignment.as_view(), name="api_assignment"),
    path(f"{_ASSIGNMENT}/extensions", extensions.Extensions.as_view(), name="api_extensions"),
    path(
        f"{_ASSIGNMENT}/extensions/<str:student_id>",
        extensions.OneExtension.as_view(),
        name="api_extension",
    ),
    path(f"{_ASSIGNMENT}/results", assignments.ExamResults.as_view(), name="api_results"),
    path(f"{_CLASS}/attempts", attempts.ClassAttempts.as_view(), name="api_class_attempts"),
    path(f"{_CLASS}/gradebook", gradebook.ClassGradebook.as_view(), name="api_gradebook"),
    path(f"{_CLASS}/join-code", classes.JoinCode.as_view(), name="api_join_code"),
    path(f"{_CLASS}/progress", progress.ClassProgress.as_view(), name="api_progress"),
    path(f"{_CLASS}/roster/import", roster_import.RosterImport.as_view(), name="api_roster_import"),
    path(f"{_CLASS}/roster", roster.Roster.as_view(), name="api_roster"),
    path(
        f"{_CLASS}/roster/<str:student_id>", roster.OneStudent.as_view(), name="api_roster_student"
    ),
    path(f"{_CLASS}/sandboxes", sandboxes.ClassSandboxes.as_view(), name="api_class_sandboxes"),
    path(f"{_CLASS}/teams", teams.Teams.as_view(), name="api_teams"),
    path(f"{_CLASS}/teams/<str:team_id>", teams.OneTeam.as_view(), name="api_team"),
    path("labs", labs.Labs.as_view(), name="api_labs"),
    path("labs/<str:slug>", labs.OneLab.as_view(), name="api_lab"),
    path("sandboxes", sandboxes.Sandboxes.as_view(), name="api_sandboxes"),
    path("sandboxes/<int:sandbox_id>", sandboxes.OneSandbox.as_view(), name="api_sandbox"),
    path(
        "sandboxes/<int:sandbox_id>/restart",
        sandboxes.SandboxRestart.as_view(),
        name="api_sandbox_restart",
    ),
    path("scenarios", scenarios.Scenarios.as_view(), name="api_scenarios"),
    path("scenarios/<str:scenario_id>", scenarios.OneScenario.as_view(), name="api_scenario"),
    path(
        "scenarios/<str:scenario_id>/file",
        scenarios.ScenarioDownload.as_view(),
        name="api_scenario_file",
    ),
    re_path(r"", nowhere),
]
