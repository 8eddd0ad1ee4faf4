"""The addresses of scenarios."""

from django.urls import path

from console.pages.teach.scenarios import capture, editor, listing, page

urlpatterns = [
    path("", listing.scenarios, name="teach_scenarios"),
    path("new", editor.scenario_create, name="teach_scenario_create"),
    path("upload", listing.scenario_upload, name="teach_scenario_upload"),
    path("capture/<int:pk>", capture.scenario_capture, name="teach_scenario_capture"),
    path("<str:scenario_id>/", page.scenario, name="teach_scenario"),
    path("<str:scenario_id>/edit", editor.scenario_edit, name="teach_scenario_edit"),
    path("<str:scenario_id>/try", page.scenario_try, name="teach_scenario_try"),
    path("<str:scenario_id>/seed", page.scenario_seed, name="teach_scenario_seed"),
    path("<str:scenario_id>/clone", page.scenario_clone, name="teach_scenario_clone"),
    path("<str:scenario_id>/download", page.scenario_download, name="teach_scenario_download"),
    path("<str:scenario_id>/delete", page.scenario_delete, name="teach_scenario_delete"),
]
