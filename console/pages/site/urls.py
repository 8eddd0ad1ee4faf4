"""The site's own pages: start, reasons, the sandbox's clock and restart."""

from django.urls import path

from console.pages.cloudtrail.sessions import my_sessions
from console.pages.site import console_home, notifications, outside_accounts, sandbox, start, why
from console.pages.site import help as help_pages

urlpatterns = [
    path("", start.start, name="start"),
    path("console/", console_home.console_home, name="console_home"),
    path("console/sessions", my_sessions, name="my_sessions"),
    path("console/notifications", notifications.notifications, name="notifications"),
    path("favicon.ico", start.favicon, name="favicon"),
    path("healthz", start.healthz, name="healthz"),
    path("help/", help_pages.help_topic, name="help_topics"),
    path("help/<str:topic>", help_pages.help_topic, name="help"),
    path("why/<uuid:event_id>", why.why, name="why"),
    path("sandbox/accounts", outside_accounts.sandbox_accounts, name="sandbox_accounts"),
    path("sandbox/clock", sandbox.sandbox_clock, name="sandbox_clock"),
    path("sandbox/restart", sandbox.sandbox_restart, name="sandbox_restart"),
    path("sandbox/<int:pk>/restart", sandbox.world_restart, name="world_restart"),
]
