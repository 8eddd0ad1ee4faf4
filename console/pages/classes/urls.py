"""The addresses of a class's students."""

from django.urls import path

from console.pages.classes import joining, listing

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_by_code, name="join_class"),
    path("classes/<str:class_id>/", listing.my_class, name="my_class"),
]
