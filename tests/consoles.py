"""The console behind a test client's session, as its pages would have it, without drawing one."""

from datetime import UTC, datetime

from django.contrib.auth import get_user
from django.http import HttpRequest
from django.test import Client

from console.signin.console import Console, open_console, visited
from console.signin.state import ConsoleStore
from iam.callers import Origin, Visit


def console_behind(client: Client, console_id: str = "") -> Console:
    """Return the console that a client's next page would act in, or the one that is named."""
    page = visited(HttpRequest())
    page.session, page.visit = client.session, Visit()
    page.user = get_user(page)
    page.origin = Origin(datetime.now(UTC), "127.0.0.1", "pytest")
    store = ConsoleStore(page.session)
    return open_console(page, store, console_id or store.current())
