"""The rest of the course: other accounts, the end of a session, what is on record, and root."""

import json
import re
from datetime import timedelta

from playwright.sync_api import Route, expect

from console.labs.sandboxes import move_clock
from tests.browser.student import MAIN, PRODUCTION, Arrive, Student
from tests.worlds import World

BUCKET, FOREIGN_BUCKET = "rolecall-dev-files", "rolecall-prod-files"


def test_a_role_of_another_account_is_entered_without_another_password(student: Student) -> None:
    page = student.page
    student.sign_in("admin", PRODUCTION)
    student.create_role("Visitors", "AmazonS3ReadOnlyAccess", "S3 Read Only", account=MAIN)
    student.sign_out()
    student.sign_in("admin")
    student.switch_role(PRODUCTION, "Visitors", "Production", "Red")
    student.expect_active("Production")
    menu = student.open_account_menu()
    expect(menu.get_by_text("2109-8765-4321").first).to_be_visible()
    expect(menu.get_by_text("9750-5005-9573").first).to_be_visible()
    page.goto("/s3/")
    expect(page.get_by_role("link", name=FOREIGN_BUCKET)).to_be_visible()


def test_a_role_that_requires_an_external_id_cannot_be_entered(
    world: World, student: Student, arrive: Arrive
) -> None:
    page = student.page
    arrive(world, "admin")
    page.goto("/iam/roles/create")
    page.get_by_role("radio", name="AWS account", exact=True).check()
    page.get_by_role("checkbox", name=re.compile("Require external ID")).check()
    expect(page.get_by_text("does not support using an external ID")).to_be_visible()
    page.get_by_role("textbox", name="External ID").fill("course-2026")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Role name").fill("Vendor")
    page.get_by_role("button", name="Create role").click()
    student.switch_role(MAIN, "Vendor")
    student.expect_refused()


def test_a_bucket_policy_gives_the_same_access_and_nothing_is_given_up(
    world: World, student: Student, arrive: Arrive
) -> None:
    page = student.page
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{MAIN}:root"},
        "Action": ["s3:ListBucket", "s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{FOREIGN_BUCKET}", f"arn:aws:s3:::{FOREIGN_BUCKET}/*"],
    }
    arrive(world, "admin", PRODUCTION)
    page.goto(f"/s3/{FOREIGN_BUCKET}/policy")
    student.type_document(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", name=FOREIGN_BUCKET)).to_be_visible()
    for user, allowed in (("admin", True), ("user2", False)):
        arrive(world, user)
        page.goto("/s3/")
        page.get_by_label("Bucket name").fill(FOREIGN_BUCKET)
        page.get_by_role("button", name="Open bucket").click()
        expect(page.get_by_role("link", name="welcome.txt")).to_have_count(int(allowed))
    arrive(world, "admin")
    student.expect_users_listed()


def test_a_session_ends_when_its_time_is_up_and_nothing_is_done_as_the_user(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    student, page = with_role, with_role.page
    arrive(world, "admin")
    student.switch_role(MAIN, "S3Access", "Hero")
    student.expect_active("Hero")
    page.goto("/s3/create")
    move_clock(world.sandbox, timedelta(hours=1))
    page.get_by_label("Bucket name").fill("made-too-late")
    page.get_by_role("button", name="Create bucket").click()
    expect(page.get_by_text("has ended: its time is up")).to_be_visible()
    expect(page.get_by_role("textbox", name="Bucket name")).to_have_value("made-too-late")
    page.get_by_role("link", name="Continue as admin").click()
    expect(page.get_by_role("heading", name="Create bucket")).to_be_visible()
    page.goto("/s3/")
    expect(page.get_by_role("link", name=BUCKET)).to_be_visible()
    expect(page.get_by_role("link", name="made-too-late")).to_have_count(0)


def test_the_event_history_shows_the_calls_of_the_course(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    student, page = with_role, with_role.page
    arrive(world, "admin")
    student.switch_role(MAIN, "S3Access", "Hero")
    page.goto(f"/s3/{BUCKET}/")
    page.get_by_role("link", name="welcome.txt").click()
    student.switch_back()
    page.goto("/cloudtrail/")
    expect(page.get_by_role("link", name="SwitchRole")).to_be_visible()
    expect(page.get_by_role("link", name="AssumeRole", exact=True)).to_have_count(0)
    page.get_by_role("link", name="SwitchRole").click()
    expect(page.get_by_text('"SwitchRole": "Success"')).to_be_visible()
    page.goto("/cloudtrail/?attribute=&value=")
    expect(page.get_by_role("link", name="AssumeRole", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="GetObject")).to_have_count(0)


def test_what_is_looked_up_by_may_be_chosen_before_htmx_has_read_the_page(
    world: World, student: Student, arrive: Arrive
) -> None:
    page, held = student.page, list[Route]()
    arrive(world, "admin")
    page.route(re.compile(r"htmx.*\.js"), lambda route: held.append(route))  # noqa: PLW0108
    page.goto("/cloudtrail/", wait_until="commit")
    page.get_by_role("combobox", name="Lookup attributes").select_option("Event name")
    held[0].continue_()
    value = page.get_by_role("searchbox", name="Value of the lookup attribute")
    expect(value).to_have_attribute("placeholder", "Enter event name")


def test_the_owner_moves_the_clock_and_the_sign_in_ends(owner: Student) -> None:
    page = owner.page
    owner.sign_in("admin")
    owner.open_sandbox_menu().get_by_role("link", name="Sandbox clock").click()
    page.get_by_role("button", name="Move forward 12 hours").click()
    expect(page.get_by_text("its time is up")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="IAM user sign in")).to_be_visible()


def test_root_has_no_switch_role_and_sees_why(owner: Student) -> None:
    page = owner.page
    page.goto("/")
    page.get_by_role("button", name="Sign in as root").first.click()
    expect(owner.open_account_menu().get_by_role("link", name="Switch role")).to_have_count(0)
    page.goto("/switchrole")
    expect(page.get_by_text("Roles may not be assumed by root accounts.")).to_be_visible()
