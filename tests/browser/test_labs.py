"""A student solves a lab in the console, and its page follows."""

import re

from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from console.labs.tracks import all_tracks
from tests.browser.student import Student
from tests.browser.test_accessibility import faults
from tests.labs.answering import right_parts
from tests.pages.labs.test_attempt import solve
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


def predict(page: Page, task: str, name: str) -> None:
    """Answer on the lab's page what is asked, until nothing is."""
    attempt = Attempt.objects.get()
    asked = page.locator(f"#question-{name}")
    while right := right_parts(attempt, all_labs()[attempt.lab], task, name):
        for part, value in right[1].items():
            asked.locator(f"[name={part}][value={value}]").check()
        asked.get_by_role("button", name="Answer").click()
        expect(asked.locator(f"[name=number][value='{right[0]}']")).to_have_count(0)
        expect(asked.get_by_text("Right", exact=True)).to_be_visible()


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
    news = page.get_by_role("status").filter(has_text="1 of 2 tasks solved.")
    expect(news).to_be_attached(timeout=20_000)
    predict(page, "replace", "verdicts")
    expect(page.get_by_text("You solved this lab")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", name="The official solution")).to_be_visible()


def begin(page: Page, slug: str) -> Attempt:
    page.goto(f"/labs/{slug}/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Your world")).to_be_visible()
    return Attempt.objects.get(lab=slug)


def complete_a_track() -> str:
    """Let everything of the shortest track be finished; return the track."""
    track = min(all_tracks(), key=lambda one: len(one.labs))
    user = get_user_model().objects.get(username="sam")
    for lab in track.labs:
        begin_attempt(user, lab)
    Attempt.objects.filter(lab__in=[lab.slug for lab in track.labs]).update(
        finished_at=timezone.now()
    )
    return track.slug


def test_the_pages_of_labs_have_no_serious_fault_and_fit_a_phone(page: Page) -> None:
    log_in(page)
    finished, asking = begin(page, "same-account-role"), begin(page, "who-am-i")
    solve(finished)
    page.goto(f"/labs/a/{asking.public_id}/")
    for question in ("version", "verdicts"):
        options = page.locator(f"#question-{question}")
        for part in ("chosen", "verdict", "layer"):
            if options.locator(f"[name={part}]").count():
                options.locator(f"[name={part}]").last.check()
        options.get_by_role("button", name="Answer").click()
        expect(options.get_by_text("Not right")).to_be_visible()
    urls = (
        "/labs/",
        "/labs/external-id/",
        f"/labs/a/{begin(page, 'external-id').public_id}/",
        f"/labs/a/{finished.public_id}/",
        f"/labs/a/{finished.public_id}/restart",
        f"/labs/a/{asking.public_id}/",
        "/labs/me/",
        f"/labs/me/certificate/{complete_a_track()}/",
    )
    found = []
    for width, dark in ((1440, False), (390, True)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        for url in urls:
            page.goto(url)
            found += faults(page)
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{url} is {wider} px too wide at {width}"] if wider > 0 else []
        paper = _paper(page)
        found += [f"printed on {paper}, dark: {dark}"] if paper != "rgb(255, 255, 255)" else []
    page.set_viewport_size({"width": 1440, "height": 900})
    assert found == [], "\n".join(found)


def _paper(page: Page) -> str:
    """Return the color behind a page's text when it is printed."""
    page.emulate_media(media="print")
    color = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(media="screen")
    return str(color)


def test_a_lab_needs_no_javascript(page: Page, browser: Browser, live_server: LiveServer) -> None:
    log_in(page)
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
        storage_state=page.context.storage_state(),
    )
    plain = context.new_page()
    begin(plain, "who-am-i")
    plain.get_by_role("button", name="Show hint 1 (free)").first.click()
    expect(plain.get_by_role("button", name="Show hint 2")).to_be_visible()
    question = plain.locator("#question-identity")
    for part in ("verdict", "layer"):
        question.locator(f"[name={part}]").last.check()
    question.get_by_role("button", name="Answer").click()
    expect(plain.locator("#question-identity").get_by_text("Decided by")).to_be_visible()

    solve(begin(plain, "same-account-role"))
    plain.reload()
    expect(plain.get_by_text("You solved this lab")).to_be_visible()
    plain.get_by_role("button", name="Undo").click()
    expect(plain.get_by_text("Solved, broken now")).to_be_visible()
    plain.get_by_role("link", name="Start again").click()
    plain.get_by_role("button", name="Start again").click()
    expect(plain.get_by_role("button", name="Undo")).to_have_count(0)
    expect(plain.get_by_text("There is no role.").first).to_be_visible()
    context.close()
