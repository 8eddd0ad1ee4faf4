"""The addresses of instructors."""

from django.urls import path

from console.pages.teach.classes import join_code, listing, settings

urlpatterns = [
    path("", listing.classes, name="teach"),
    path("new", listing.class_create, name="teach_class_create"),
    path("<str:class_id>/", settings.class_home, name="teach_class"),
    path("<str:class_id>/join-code", join_code.join_code, name="teach_join_code"),
    path(
        "<str:class_id>/join-code/rotate", join_code.join_code_rotate, name="teach_join_code_rotate"
    ),
    path("<str:class_id>/settings", settings.settings, name="teach_settings"),
    path("<str:class_id>/teachers", settings.teacher_add, name="teach_teacher_add"),
    path(
        "<str:class_id>/teachers/<int:number>/remove",
        settings.teacher_remove,
        name="teach_teacher_remove",
    ),
    path("<str:class_id>/archive", settings.class_archive, name="teach_class_archive"),
]
