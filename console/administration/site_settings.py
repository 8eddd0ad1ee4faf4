"""The site's settings, each with where it is set. None can be changed while the site runs."""

import os
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection

from console.classes.copies import KEPT as COPIES_KEPT
from console.classes.roster.cards import KEPT as CARDS_KEPT
from console.labs.guests import KEPT as GUESTS_KEPT

_SIGN_UP = {
    "code": "With the code of a class",
    "open": "Anybody",
    "closed": "Nobody: teachers make all logins",
}


@dataclass(frozen=True)
class SiteSetting:
    """A setting with its value in words; without `variable` it is a part of Rolecall."""

    name: str
    value: str
    about: str
    variable: str = ""

    @property
    def is_set(self) -> bool:
        return bool(os.environ.get(self.variable))


def _listed(values: list[str], none: str) -> str:
    return ", ".join(values) or none


def _days(kept: timedelta) -> str:
    return f"{kept.days} day{'' if kept.days == 1 else 's'}"


def _access() -> list[SiteSetting]:
    """Return who comes in, and from where."""
    own = [
        host for host in settings.ALLOWED_HOSTS if host not in {"localhost", "127.0.0.1", "[::1]"}
    ]
    return [
        SiteSetting(
            "Sign-up",
            _SIGN_UP[settings.SIGN_UP],
            "Who may make a login.",
            "ROLECALL_SIGN_UP",
        ),
        SiteSetting(
            "Guests",
            "Have a world of their own" if settings.GUESTS else "Are asked for a login",
            "Visitors without a login.",
            "ROLECALL_GUESTS",
        ),
        SiteSetting(
            "Guests' worlds",
            f"{settings.GUEST_WORLDS} together",
            "Who has been away longest gives way.",
            "ROLECALL_GUEST_WORLDS",
        ),
        SiteSetting(
            "Names of the site",
            _listed(own, "This machine alone"),
            "The hosts that it answers to.",
            "ROLECALL_HOSTS",
        ),
        SiteSetting(
            "Proxies",
            _listed([str(one) for one in settings.PROXIES], "None in front of the site"),
            "Whose word on a client's address, scheme and host is believed.",
            "ROLECALL_PROXIES",
        ),
        SiteSetting(
            "Learning management systems",
            _listed(settings.LTI_HOSTS, "None: LTI is off, and the site calls nobody"),
            "The hosts that may open classes and get grades.",
            "ROLECALL_LTI_HOSTS",
        ),
        SiteSetting(
            "Webhooks",
            _listed(settings.WEBHOOK_HOSTS, "None: webhooks are off"),
            "The hosts of programs that may hear of classes.",
            "ROLECALL_WEBHOOK_HOSTS",
        ),
    ]


def _storage() -> list[SiteSetting]:
    """Return where data lives."""
    database = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite, in the folder"
    return [
        SiteSetting(
            "Folder", str(settings.HOME), "Database, key and static files.", "ROLECALL_HOME"
        ),
        SiteSetting("Database", database, "Where rows are stored.", "DATABASE_URL"),
    ]


def _server() -> list[SiteSetting]:
    """Return how the server runs."""
    return [
        SiteSetting("Address", settings.LISTEN_HOST, "Where the server listens.", "HOST"),
        SiteSetting("Port", settings.LISTEN_PORT, "Of that address.", "PORT"),
        SiteSetting(
            "Tracebacks",
            "Shown to everybody" if settings.DEBUG else "Not shown",
            "For who works on Rolecall itself, never for a class.",
            "ROLECALL_DEBUG",
        ),
    ]


def _retention() -> list[SiteSetting]:
    """Return how long what is stored stays."""
    return [
        SiteSetting("Guests who do not come back", _days(GUESTS_KEPT), "With their worlds."),
        SiteSetting("Teachers' copies of worlds", _days(COPIES_KEPT), "Then they are removed."),
        SiteSetting("Passwords on login cards", _days(CARDS_KEPT), "Then they are forgotten."),
        SiteSetting(
            "Worlds of a class",
            "Until the class's own date",
            "Teachers set it in the class's settings and are warned before.",
        ),
    ]


def setting_groups() -> dict[str, list[SiteSetting]]:
    """Return all settings by what they are about, with every variable that is read."""
    return {
        "Access": _access(),
        "Storage": _storage(),
        "Server": _server(),
        "Retention": _retention(),
    }
