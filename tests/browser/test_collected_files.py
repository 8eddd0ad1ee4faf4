"""The site as it is served outside of tests: styles and scripts collected into one file each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.guest import Guest
from tests.endpoint.serving import served


@pytest.fixture
def collected_page(transactional_db: None, collected: None, browser: Browser) -> Iterator[Page]:
    """Return a page on the site by its own server; what a browser complains of fails the test."""
    complaints: list[str] = []
    with served() as site:
        context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
        context.set_default_timeout(20_000)
        context.on("console", lambda said: complaints.extend([said.text] * (said.type == "error")))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        yield context.new_page()
        context.close()
    assert complaints == []


def test_everything_that_moves_works_on_the_collected_files(collected_page: Page) -> None:
    """On single files these are tested one by one; here it is only whether the bundle runs."""
    asked: list[str] = []
    collected_page.on("request", lambda request: asked.append(request.url))
    guest = Guest(collected_page, 1)
    assert len([url for url in asked if "/static/" in url]) <= 12
    guest.enter("admin")
    guest.follow("Click on Roles")
    page = guest.page
    page.goto("/iam/policies/create")
    page.get_by_placeholder("Choose a service").fill("STS")
    page.keyboard.press("Enter")
    page.get_by_placeholder("Filter Actions").fill("caller")
    expect(page.get_by_text("GetCallerIdentity", exact=True)).to_be_visible()
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.locator(".ace_content")).to_be_visible()
    page.locator("#account-button").click()
    expect(page.get_by_role("group", name="Account", exact=True)).to_be_visible()
