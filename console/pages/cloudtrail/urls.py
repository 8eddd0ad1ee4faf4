"""CloudTrail's pages."""

from django.urls import URLPattern, path

from console.pages.cloudtrail import downloads, events, history

urlpatterns: list[URLPattern] = [
    path("", history.cloudtrail_events, name="cloudtrail_events"),
    path("events/<uuid:event_id>", events.event, name="event"),
    path("compare", events.compare, name="cloudtrail_compare"),
    path("download/<str:kind>", downloads.download, name="cloudtrail_download"),
]
