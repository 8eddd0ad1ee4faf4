"""The page of the API under the site's own content security policy."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from console.labs.site_users import site_student
from console.tokens.issuing import issue_token


def test_a_route_is_tried_on_the_page_with_a_token(page: Page) -> None:
    _, secret = issue_token(site_student("alice"), "page", ["labs:read"], timedelta(days=1))
    page.set_default_timeout(60_000)  # Swagger UI is a megabyte of JavaScript
    page.goto("/api/docs")
    page.get_by_role("button", name="Authorize").click()
    page.get_by_role("textbox", name="auth-bearer-value").fill(secret)
    page.get_by_role("button", name="Apply credentials").click()
    page.get_by_role("button", name="Close").last.click()
    route = page.locator("#operations-labs-list_labs")
    route.get_by_role("button").first.click()
    route.get_by_role("button", name="Try it out").click()
    route.get_by_role("button", name="Execute").click()
    answer = route.locator(".live-responses-table")
    expect(answer).to_contain_text("two-halves-of-trust", timeout=60_000)
