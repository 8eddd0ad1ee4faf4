"""The labs of a student."""

from django.urls import path

from console.pages.labs import (
    attempt,
    browsers,
    drawer,
    listing,
    me,
    questions,
    reasons,
    starts,
    talk,
    world,
)

urlpatterns = [
    path("labs/", listing.labs, name="labs"),
    path("labs/me/", me.my_progress, name="my_progress"),
    path("labs/me/data", me.my_data, name="my_data"),
    path("labs/me/delete", me.my_data_delete, name="my_data_delete"),
    path("labs/me/certificate/<str:track_slug>/", me.certificate, name="certificate"),
    path("labs/twice/", starts.labs_twice, name="labs_twice"),
    path("labs/open/<str:token>/", browsers.open_world_here, name="open_world"),
    path("labs/<str:lab_slug>/", listing.lab, name="lab"),
    path("labs/<str:lab_slug>/start", starts.lab_start, name="lab_start"),
    path("labs/a/<str:attempt_id>/", attempt.attempt, name="attempt"),
    path("labs/a/<str:attempt_id>/drawer", drawer.attempt_drawer, name="attempt_drawer"),
    path("labs/a/<str:attempt_id>/answer", questions.attempt_answer, name="attempt_answer"),
    path(
        "labs/a/<str:attempt_id>/why/<str:task_id>/<str:name>",
        reasons.attempt_why,
        name="attempt_why",
    ),
    path(
        "labs/a/<str:attempt_id>/why/<str:task_id>/<str:name>/<int:number>",
        reasons.attempt_answer_why,
        name="attempt_answer_why",
    ),
    path("labs/a/<str:attempt_id>/help", talk.attempt_help, name="attempt_help"),
    path("labs/a/<str:attempt_id>/hint", attempt.attempt_hint, name="attempt_hint"),
    path("labs/a/<str:attempt_id>/begin/<str:task_id>", world.attempt_begin, name="attempt_begin"),
    path("labs/a/<str:attempt_id>/restart", world.attempt_restart, name="attempt_restart"),
    path("labs/a/<str:attempt_id>/browsers", browsers.attempt_browsers, name="attempt_browsers"),
    path(
        "labs/a/<str:attempt_id>/browsers/<int:number>/end",
        browsers.attempt_browser_end,
        name="attempt_browser_end",
    ),
    path("labs/a/<str:attempt_id>/go-on", starts.attempt_go_on, name="attempt_go_on"),
    path("labs/a/<str:attempt_id>/undo", world.attempt_undo, name="attempt_undo"),
]
