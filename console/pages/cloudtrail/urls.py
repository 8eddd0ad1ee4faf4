"""CloudTrail's pages."""

from django.urls import URLPattern, path

from console.pages.cloudtrail import downloads, events, history, sessions, timeline
from console.pages.cloudtrail.trails import creation, detail, listing

urlpatterns: list[URLPattern] = [
    path("", history.cloudtrail_events, name="cloudtrail_events"),
    path("timeline", timeline.cloudtrail_timeline, name="cloudtrail_timeline"),
    path("sessions", sessions.cloudtrail_sessions, name="cloudtrail_sessions"),
    path("events/<uuid:event_id>", events.event, name="event"),
    path("compare", events.compare, name="cloudtrail_compare"),
    path("download/<str:kind>", downloads.download, name="cloudtrail_download"),
    path("trails/", listing.trails, name="trails"),
    path("trails/create", creation.trail_create, name="trail_create"),
    path("trails/<str:name>", detail.trail, name="trail"),
    path("trails/<str:name>/logging/<str:verb>", detail.trail_logging, name="trail_logging"),
    path("trails/<str:name>/delete", detail.trail_delete, name="trail_delete"),
]
