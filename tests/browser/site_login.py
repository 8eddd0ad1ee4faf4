"""A browser that is logged in to the site, with no page on the way."""

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer


def log_in_as(page: Page, user: User, live_server: LiveServer) -> None:
    """Let the browser be a site user's, and nobody else's."""
    client = Client()
    client.force_login(user)
    hand_over(page, client, live_server)


def hand_over(page: Page, client: Client, live_server: LiveServer) -> None:
    """Let the browser go on where a test's client is."""
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": n, "value": m.value, "url": live_server.url} for n, m in client.cookies.items()]
    )
