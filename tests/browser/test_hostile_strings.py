"""What somebody typed starts nothing in a browser, even where no policy holds scripts back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog
from pytest_django.live_server_helper import LiveServer

from tests.robustness.addresses import address, routes
from tests.robustness.estates import Estate, estate_of
from tests.robustness.hostile import spoil

PAGES = (
    *("start", "roles", "user", "user_tags", "policy_edit", "access_map", "bucket"),
    *("cloudtrail_events", "attempt", "teach_class", "teach_roster", "teach_scenario"),
)
"""Those whose scripts make something of what is typed: tables, menus, editors, a map, a matrix."""


@pytest.fixture
def estate(live_server: LiveServer) -> Estate:
    made = estate_of("bob")
    spoil()
    return made


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, estate: Estate) -> Iterator[BrowserContext]:
    """Return a browser of the estate's owner that heeds no content security policy."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    cookies = estate.browser().cookies.items()
    context.add_cookies([{"name": n, "value": m.value, "url": live_server.url} for n, m in cookies])
    yield context
    context.close()


def test_no_page_shows_a_dialog_or_a_new_element(context: BrowserContext, estate: Estate) -> None:
    page, dialogs, found = context.new_page(), list[str](), {}

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    for name in PAGES:
        route = routes()[name]
        query = "&".join(f"{key}={value}" for key, value in estate.query(route).items())
        page.goto(f"{address(route, estate.named(route))}?{query}")
        found[name] = page.locator("[data-hostile]").count()
        assert "data-hostile" in page.content(), name
    assert (dialogs, found) == ([], dict.fromkeys(PAGES, 0))
