"""An exam in a real browser: nobody learns what is right before the teacher shows the results."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from console.classes.joins import join_class
from console.classes.models import Assignment, Mode
from console.classes.staff import new_class
from console.classes.work import begin_assigned
from console.labs.models import Attempt
from iam.models import Event
from tests.browser.site_login import log_in_as
from tests.classes.conftest import instructor
from tests.pages.labs.test_attempt import solve

LAB = "same-account-role"
CORRECTNESS = re.compile(r"\b(solved|passes|not yet|should be|finished|well done)\b", re.IGNORECASE)
"""Words that pages have for what is right or wrong."""


@pytest.fixture
def exam(page: Page) -> Assignment:
    del page
    course_class = new_class(instructor("tess"), "Cloud roles", "UTC")
    return course_class.assignments.create(lab=LAB, mode=Mode.EXAM)


@pytest.fixture
def attempt(exam: Assignment) -> Attempt:
    """Return the work of Sam, who has everything right."""
    sam = join_class(User.objects.create_user("sam"), exam.course_class)
    assert sam
    attempt = begin_assigned(sam, exam)
    solve(attempt)
    return attempt


def expect_no_correctness(page: Page, address: str) -> None:
    page.goto(address)
    text = page.locator("body").inner_text()
    assert not CORRECTNESS.findall(text), page.url


def be_denied(page: Page, attempt: Attempt) -> str:
    """Act as dev, who may list no instances; return the address of the reason."""
    page.goto(f"/labs/a/{attempt.public_id}/")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Sign in as dev").click()
    opened.value.close()
    page.goto("/ec2/")
    expect(page.get_by_role("complementary", name="Lab", exact=True)).to_be_visible()
    event = Event.in_sandbox(attempt.sandbox).filter(error_code="AccessDenied").latest("pk")
    return f"/why/{event.event_id}"


def test_an_exam_shows_what_is_right_when_the_teacher_shows_the_results(
    page: Page, exam: Assignment, attempt: Attempt, live_server: LiveServer
) -> None:
    class_id = exam.course_class.public_id
    log_in_as(page, attempt.owner, live_server)
    why = be_denied(page, attempt)
    lab = f"/labs/a/{attempt.public_id}/"
    for address in (lab, f"/classes/{class_id}/", "/iam/roles", "/cloudtrail/", why):
        expect_no_correctness(page, address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Why")

    log_in_as(page, User.objects.get(username="tess"), live_server)
    for address in (f"/teach/{class_id}/", f"/teach/{class_id}/projector"):
        page.goto(address)
        expect(page.get_by_text("1 begun").or_(page.get_by_text("Working")).first).to_be_visible()
        expect(page.get_by_text("finished")).to_have_count(0)
    page.goto(f"/teach/{class_id}/assignments/{exam.public_id}/")
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("button", name="Hide results")).to_be_visible()
    page.goto(f"/teach/{class_id}/")
    expect(page.get_by_role("cell", name="Finished", exact=True)).to_be_visible()
    page.goto(f"/teach/{class_id}/projector")
    expect(page.get_by_text("1 of 1")).to_have_count(2)

    log_in_as(page, attempt.owner, live_server)
    page.goto(lab)
    expect(page.get_by_text("You solved this lab")).to_be_visible()
