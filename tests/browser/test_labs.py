"""A student solves a lab in the console, and its page follows."""

import re

from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from console.labs.models import Attempt
from tests.browser.student import Student
from tests.browser.test_accessibility import faults
from tests.worlds import allow, trust

LAB = "First role, same account"
PASSWORD = "correct horse battery"


def log_in(page: Page) -> None:
    """Log in to the site, from the list of labs."""
    get_user_model().objects.create_user("sam", password=PASSWORD)
    page.goto("/")
    page.get_by_role("link", name="Labs", exact=True).click()
    page.get_by_role("link", name="Log in", exact=True).click()
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def create_reader(page: Page, account_id: str) -> None:
    """Build the role of the lab by the console's wizard and editor."""
    student = Student(page, {})
    page.get_by_role("navigation").get_by_role("link", name="Roles", exact=True).click()
    page.get_by_role("link", name="Create role").first.click()
    page.get_by_role("radio", name="Custom trust policy").check()
    student.type_document(trust(f"arn:aws:iam::{account_id}:user/dev"))
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Role name").fill("Reader")
    page.get_by_role("button", name="Create role").click()
    page.get_by_role("status").get_by_role("link", name="View role").click()
    page.get_by_role("button", name="Add permissions").click()
    page.get_by_role("link", name="Create inline policy").click()
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.locator(".ace_content")).to_be_visible()
    student.type_document(allow("s3:GetObject", resource="arn:aws:s3:::acme-reports/*"))
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Policy name").fill("read-reports")
    page.get_by_role("button", name="Create policy").click()
    expect(page.get_by_text("Policy read-reports created.")).to_be_visible()


def test_a_student_solves_the_first_lab_in_the_console(page: Page) -> None:
    log_in(page)
    page.get_by_role("link", name=LAB, exact=True).first.click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1, name=LAB)).to_be_visible()
    expect(page.get_by_text("Not solved yet")).to_be_visible()
    expect(page.get_by_text("dev cannot come in.")).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Sign in as admin").click()
    account_id = page.get_by_text(re.compile(r"^\d{12}$")).first.inner_text()
    create_reader(opened.value, account_id)
    opened.value.close()
    # The lab's page asks for its state by itself.
    expect(page.get_by_text("You solved this lab")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", name="The official solution")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="1 of 1 task solved.")).to_be_attached()


def test_the_pages_of_labs_have_no_serious_fault_in_light_and_dark(page: Page) -> None:
    log_in(page)
    page.goto("/labs/external-id/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Be the rival")).to_be_visible()
    attempt = f"/labs/a/{Attempt.objects.get().public_id}/"
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for url in ("/labs/", "/labs/external-id/", attempt, f"{attempt}restart"):
            page.goto(url)
            found += faults(page)
    assert found == [], "\n".join(found)


def test_an_attempts_page_fits_a_phone(page: Page) -> None:
    log_in(page)
    page.goto("/labs/external-id/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Be the rival")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})
    assert wider <= 0
