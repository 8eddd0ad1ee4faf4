"""A visitor without a login: into the walk-through, into another browser, and to a login."""

import re

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from console.labs.models import Attempt
from console.labs.tracks import all_tracks
from iam.models import Sandbox
from tests.browser.test_accessibility import faults

PASSWORD = "correct horse battery"


def start(page: Page) -> Attempt:
    """Begin the walk-through from the start page, by its one button."""
    walk = all_tracks()[0].labs[0].title
    page.goto("/")
    page.get_by_role("button", name="Start the walk-through").click()
    expect(page.get_by_role("heading", level=1, name=walk)).to_be_visible()
    return Attempt.objects.order_by("pk").reverse()[0]


def sign_in(page: Page) -> Page:
    """Sign in as the start's identity, in a tab of its own."""
    with page.expect_popup() as opened:
        page.get_by_role("button", name=re.compile("^Sign in as")).first.click()
    expect(opened.value.locator("#account-button")).to_be_visible()
    return opened.value


def test_a_guest_begins_works_undoes_and_keeps_it_under_a_login(page: Page) -> None:
    attempt = start(page)
    expect(page.get_by_text("This browser keeps your work for 30 days")).to_be_visible()
    console = sign_in(page)
    console.goto("/iam/groups/create")
    console.get_by_label("User group name").fill("testers")
    console.get_by_role("button", name="Create user group").click()
    expect(console.get_by_text("testers").first).to_be_visible()
    console.close()
    page.reload()
    page.get_by_role("button", name=re.compile("^Undo.*CreateGroup testers$")).click()
    expect(page.get_by_text("Undone: CreateGroup testers.")).to_be_visible()
    page.get_by_role("link", name="Keep it: choose a login").click()
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password - optional", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Keep my work").click()
    expect(page.get_by_text("You are logged in as ann.")).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name="Go on with the walk-through").click()
    page.wait_for_url(f"**/labs/a/{attempt.public_id}/")


def test_two_browsers_have_two_worlds_and_a_link_opens_one_in_the_other(
    page: Page, browser: Browser, live_server: LiveServer
) -> None:
    mine = start(page)
    with browser.new_context(base_url=live_server.url, locale="en-US") as elsewhere:
        other = elsewhere.new_page()
        theirs = start(other)
        assert mine.sandbox_id != theirs.sandbox_id
        refused = other.goto(f"/labs/a/{mine.public_id}/")
        assert refused is not None
        assert refused.status == 404
        page.get_by_role("button", name="Open in another browser").click()
        expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
        link = page.get_by_text(re.compile(r"^http.*/labs/open/")).inner_text()
        other.goto(link)
        other.get_by_role("button", name="Open it here").click()
        expect(other.get_by_text("You opened this world from another browser.")).to_be_visible()
        sign_in(other).close()
        spent = other.goto(link.replace("/labs/open/", "/labs/open/x"))
        assert spent is not None
        assert spent.status == 410
        page.goto(f"/labs/a/{mine.public_id}/browsers")
        page.get_by_role("button", name=re.compile("Close it there")).click()
        expect(page.get_by_text("It is not open in any other browser.")).to_be_visible()
        closed = other.goto(f"/labs/a/{mine.public_id}/")
        assert closed is not None
        assert closed.status == 404
    assert Sandbox.objects.count() == 2


def test_the_pages_of_guests_are_accessible_and_fit_a_phone(page: Page) -> None:
    attempt = start(page)
    page.goto(f"/labs/a/{attempt.public_id}/browsers")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    found = faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        wide = []
        for url in ("", "/", "/keep", "/labs/twice/", f"/labs/a/{attempt.public_id}/"):
            if url:
                page.goto(url)
                found += faults(page)
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                wide.append(url)
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})
    assert (found, wide) == ([], [])


def test_without_javascript_a_guest_begins_and_opens_another_browser(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as plain:
        page = plain.new_page()
        start(page)
        page.get_by_role("button", name="Open in another browser").click()
        expect(page.get_by_text("It works once, for ten minutes.")).to_be_visible()
        page.get_by_role("button", name="Make another link").click()
        expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
