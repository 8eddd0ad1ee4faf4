"""The drawer of a lab beside the console: by mouse, by keyboard, on a phone."""

from playwright.sync_api import Page, expect

from console.labs.models import Attempt
from tests.browser.test_accessibility import faults
from tests.browser.test_labs import log_in
from tests.pages.labs.test_attempt import solve


def enter_first_lab(page: Page, user: str = "admin") -> None:
    """Begin the first lab and go to its console."""
    log_in(page)
    page.goto("/labs/same-account-role/")
    page.get_by_role("button", name="Start").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name=f"Sign in as {user}").click()
    opened.value.close()
    page.goto("/iam/roles")


def test_the_drawer_is_closed_and_opened_by_keyboard_and_stays_so(page: Page) -> None:
    enter_first_lab(page)
    drawer = page.get_by_role("complementary", name="Lab", exact=True)
    toggle = drawer.get_by_role("button", name="Lab", exact=False).first
    expect(drawer.get_by_text("0 of 2 tasks solved")).to_be_visible()
    toggle.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    page.goto("/iam/users")
    expect(drawer.get_by_text("0 of 2 tasks solved")).to_be_hidden()
    toggle.focus()
    page.keyboard.press("Enter")
    expect(drawer.get_by_text("0 of 2 tasks solved")).to_be_visible()
    drawer.get_by_text("You act as admin").click()
    page.reload()
    expect(drawer.get_by_role("button", name="Sign in as dev")).to_be_visible()
    drawer.get_by_role("button", name="Sign in as dev").click()
    expect(drawer.get_by_text("You act as dev")).to_be_visible()
    assert page.url.endswith("/iam/users")


def test_the_drawer_follows_a_change_by_another_client(page: Page) -> None:
    enter_first_lab(page)
    drawer = page.get_by_role("complementary", name="Lab", exact=True)
    expect(drawer.get_by_text("Not solved yet")).to_be_visible()
    solve(Attempt.objects.get())
    expect(drawer.get_by_text("You solved this lab")).to_be_visible(timeout=20_000)
    expect(drawer.get_by_role("status").filter(has_text="2 of 2 tasks solved.")).to_be_attached()


def test_on_a_phone_the_drawer_is_a_sheet_that_hides_no_button(page: Page) -> None:
    enter_first_lab(page)
    drawer = page.get_by_role("complementary", name="Lab", exact=True)
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        page.goto("/iam/roles/create")
        expect(drawer.get_by_text("0 of 2 tasks solved")).to_be_hidden()
        drawer.get_by_role("button", name="Lab").click()
        expect(drawer.get_by_text("0 of 2 tasks solved")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("heading", name="Add permissions").first).to_be_visible()
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})


def test_the_drawer_has_no_serious_fault_in_light_and_dark(page: Page) -> None:
    enter_first_lab(page)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for url in ("/iam/roles", "/signin"):
            page.goto(url)
            page.evaluate(
                "document.querySelectorAll('[data-drawer-fold]').forEach(f => f.open = true)"
            )
            found += faults(page)
    assert found == [], "\n".join(found)
