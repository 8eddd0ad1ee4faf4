"""A teacher with a class in a real browser: roster, labs, the live matrix, a copy, grades."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from console.classes.joins import join_class
from console.classes.models import Assignment, Class, Enrollment, HelpRequest
from console.classes.staff import new_class
from console.classes.talk import ask_for_help
from console.classes.work import begin_assigned
from console.labs.attempts import bring_up_to_date
from console.labs.catalog import all_labs
from tests.browser.site_login import log_in_as
from tests.browser.test_accessibility import faults
from tests.classes.conftest import instructor
from tests.classes.test_matrix import seen
from tests.pages.labs.test_attempt import solve

LABS = {
    "First role, same account": "same-account-role",
    "The two halves of trust": "two-halves-of-trust",
    "Stop the confused deputy": "external-id",
}
FAULTY = "name;login;reference\nAda;ada;1\nBo;bo smith!;2\nCleo;cleo;3\n;;4\n"
CORRECTED = "name;login;reference\nAda;ada;1\nBo;bo;2\nCleo;cleo;3\n"
POLLED = 20_000


@pytest.fixture
def teacher(page: Page, live_server: LiveServer) -> User:
    """Return Tess, whom the browser is logged in as."""
    tess = instructor("tess")
    log_in_as(page, tess, live_server)
    return tess


def follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).first.click()


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()


def make_class(page: Page) -> None:
    page.goto("/teach/")
    follow(page, "New class")
    page.get_by_label("Name of the class").fill("Cloud roles")
    here = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(page.get_by_role("combobox", name="Time zone")).to_have_value(here)
    page.get_by_role("main").get_by_role("button", name="Create class").dblclick()
    expect(page.get_by_role("heading", level=1, name="Cloud roles")).to_be_visible()
    assert Class.objects.count() == 1


def assign_three_labs(page: Page) -> None:
    follow(page, "Live")
    follow(page, "Assign labs")
    for title in LABS:
        page.get_by_role("checkbox", name=title, exact=True).check()
    press(page, "Assign")
    for title in LABS:
        expect(page.get_by_role("main").get_by_role("link", name=title, exact=True)).to_be_visible()


def import_roster(page: Page) -> None:
    """Import a roster whose faulty lines are shown, and corrected; nothing comes in before."""
    follow(page, "Roster")
    follow(page, "Import roster")
    pasted = page.get_by_label("Or paste the cells of a spreadsheet")
    pasted.fill(FAULTY)
    press(page, "Check")
    expect(page.get_by_text("2 lines cannot be imported.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="not imported")).to_have_count(2)
    assert not Enrollment.objects.exists()
    pasted.fill(CORRECTED)
    press(page, "Check")
    press(page, "Import")
    expect(page.get_by_role("heading", name="Login cards (3)")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("term").filter(has_text="Password")).to_have_count(3)
    expect(page.get_by_role("link", name="Gradebook", exact=True)).to_have_count(0)
    page.emulate_media(media="screen")


def row_of(page: Page, name: str) -> Locator:
    link = page.get_by_role("link", name=name, exact=True)
    return page.get_by_role("row").filter(has=link)


def students() -> dict[str, Enrollment]:
    rows = Enrollment.objects.select_related("user__profile", "course_class")
    return {one.user.profile.display_name: one for one in rows}


def watch(page: Page) -> None:
    """See two students solve and one get stuck, in an open matrix that is not loaded again.

    The last in order asks for help, and rises to the top.
    """
    follow(page, "Live")
    first = Assignment.objects.get(lab=LABS["First role, same account"])
    attempts = {name: begin_assigned(one, first) for name, one in students().items()}
    for name in ("Ada", "Bo"):
        solve(attempts[name])
        bring_up_to_date(attempts[name], all_labs()[first.lab])
        seen(attempts[name])
    seen(attempts["Cleo"], quiet=timedelta(minutes=30))
    expect(page.locator("tbody tr").last).to_contain_text("Cleo")
    ask_for_help(attempts["Cleo"], students()["Cleo"], "Why?")
    for name in ("Ada", "Bo"):
        expect(row_of(page, name).get_by_text("Finished")).to_be_visible(timeout=POLLED)
    expect(row_of(page, "Cleo").get_by_text("no progress for 30 min")).to_be_visible()
    expect(page.get_by_text("Asking for help:")).to_be_visible()
    expect(page.locator("tbody tr").first).to_contain_text("Cleo")


def open_a_copy(page: Page) -> None:
    follow(page, "Cleo")
    page.get_by_role("button", name="Open a copy of the world of First role").click()
    expect(page.get_by_text("nothing affects the student")).to_be_visible()
    page.get_by_role("button", name="Sign in as admin").click()
    expect(page.locator("#account-button")).to_contain_text("admin")


def grant_an_extension(page: Page) -> None:
    """Give Cleo two days more."""
    first = Assignment.objects.get(lab=LABS["First role, same account"])
    first.due = timezone.now() + timedelta(days=1)
    first.save()
    page.goto(f"/teach/{first.course_class.public_id}/assignments")
    follow(page, "First role, same account")
    extensions = page.get_by_role("region", name="Extensions")
    extensions.get_by_label("Student", exact=True).select_option("Cleo")
    later = timezone.now() + timedelta(days=3)
    extensions.get_by_label("Due").fill(later.strftime("%Y-%m-%dT%H:%M"))
    extensions.get_by_role("button", name="Grant").click()
    taken_back = extensions.get_by_role("button", name="Take back the extension of Cleo")
    expect(taken_back).to_be_visible()


def export_points(page: Page, folder: Path) -> dict[str, dict[str, str]]:
    follow(page, "Gradebook")
    with page.expect_download() as download:
        follow(page, "CSV, a line per student")
    file = folder / "gradebook.csv"
    download.value.save_as(file)
    rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    return {row["name"]: row for row in rows}


def test_a_teacher_prepares_watches_helps_and_grades(
    page: Page, teacher: User, tmp_path: Path
) -> None:
    make_class(page)
    import_roster(page)
    assign_three_labs(page)
    watch(page)
    open_a_copy(page)
    grant_an_extension(page)
    points = export_points(page, tmp_path)
    column = "same-account-role: points"
    assert {name: row[column] for name, row in points.items()} == {
        "Ada": "100",
        "Bo": "100",
        "Cleo": "0",
    }


def faults_at(page: Page, address: str) -> list[str]:
    """Return what axe finds on a page, what is too wide, and IDs that stand twice."""
    page.goto(address)
    found = faults(page)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found += [f"{address} is {wider} px too wide"] if wider > 0 else []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    twice = {one for one in ids if one and ids.count(one) > 1}
    return found + [f"{address} has {one} twice" for one in twice]


def test_the_pages_of_a_class_have_no_serious_fault_and_fit_a_phone(
    page: Page, teacher: User
) -> None:
    course_class = new_class(teacher, "Cloud roles", "UTC")
    sam = join_class(User.objects.create_user("sam"), course_class)
    assert sam
    assignment = course_class.assignments.create(lab="same-account-role")
    HelpRequest.objects.create(enrollment=sam, attempt=begin_assigned(sam, assignment), text="?")
    base = f"/teach/{course_class.public_id}/"
    addresses = [
        base,
        f"{base}students/{sam.public_id}/",
        f"{base}students/{sam.public_id}/points/{assignment.public_id}",
        f"{base}gradebook",
        f"{base}roster",
        f"{base}assignments/{assignment.public_id}/",
        f"{base}platforms",
        "/teach/scenarios/",
    ]
    found = []
    for width, scheme in ((1440, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for address in addresses:
            found += [f"{scheme}, {width}: {one}" for one in faults_at(page, address)]
    assert found == [], "\n".join(found)


def test_a_student_joins_by_code_on_a_phone_in_six_steps(page: Page) -> None:
    course_class = new_class(instructor("tess"), "Cloud roles", "UTC")
    course_class.assignments.create(lab="same-account-role")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/join/")
    page.get_by_label("Join code").fill(course_class.join_code.lower())
    press(page, "Next")
    expect(page.get_by_role("heading", name="Join Cloud roles?")).to_be_visible()
    expect(page.get_by_text("Your teacher: tess")).to_be_visible()
    page.get_by_label("Username").fill("sam")
    press(page, "Join the class")
    expect(page.get_by_text("You are in Cloud roles as sam.")).to_be_visible()
    follow(page, "I have written it down")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    press(page, "Start First role, same account")
    expect(page.get_by_role("heading", name="Your world")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
