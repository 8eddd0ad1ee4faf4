"""The labs of a student."""

from django.urls import path

from console.pages.labs import attempt, drawer, listing, starting, world

urlpatterns = [
    path("labs/", listing.labs, name="labs"),
    path("labs/twice/", starting.labs_twice, name="labs_twice"),
    path("labs/<str:lab_slug>/", listing.lab, name="lab"),
    path("labs/<str:lab_slug>/start", starting.lab_start, name="lab_start"),
    path("labs/a/<str:attempt_id>/", attempt.attempt, name="attempt"),
    path("labs/a/<str:attempt_id>/drawer", drawer.attempt_drawer, name="attempt_drawer"),
    path("labs/a/<str:attempt_id>/hint", attempt.attempt_hint, name="attempt_hint"),
    path("labs/a/<str:attempt_id>/restart", world.attempt_restart, name="attempt_restart"),
    path("labs/a/<str:attempt_id>/go-on", starting.attempt_go_on, name="attempt_go_on"),
    path("labs/a/<str:attempt_id>/undo", world.attempt_undo, name="attempt_undo"),
]
