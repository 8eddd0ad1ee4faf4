"""The addresses of a class's students."""

from django.urls import path

from console.pages.classes import assignments, joining, listing, worlds

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_by_code, name="join_class"),
    path("classes/<str:class_id>/", listing.my_class, name="my_class"),
    path("classes/<str:class_id>/worlds/<str:world_id>/", worlds.my_world, name="my_world"),
    path(
        "classes/<str:class_id>/<str:assignment_id>/start",
        assignments.assignment_start,
        name="assignment_start",
    ),
    path(
        "classes/<str:class_id>/<str:assignment_id>/anew",
        assignments.assignment_anew,
        name="assignment_anew",
    ),
    path(
        "classes/<str:class_id>/<str:assignment_id>/hand-in",
        assignments.assignment_hand_in,
        name="assignment_hand_in",
    ),
    path(
        "classes/<str:class_id>/<str:assignment_id>/take-back",
        assignments.assignment_take_back,
        name="assignment_take_back",
    ),
]
