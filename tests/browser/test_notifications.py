"""The bell, for whom is faster than the line."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.student import Arrive
from tests.pages.visitor import open_world


def test_a_bell_pressed_before_the_scripts_run_lists_too(page: Page, arrive: Arrive) -> None:
    arrive(open_world())
    held: list[Route] = []
    page.route(re.compile(r"htmx.*\.js"), lambda route: held.append(route))  # noqa: PLW0108
    page.goto("/iam/", wait_until="commit")
    page.get_by_role("button", name="Notifications").click()
    held[0].continue_()
    expect(page.locator("#notifications-menu").get_by_text("No notifications.")).to_be_visible()
