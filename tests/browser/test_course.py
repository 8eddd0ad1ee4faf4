"""The course of the notes, walked through the pages as a person would, by labels and roles."""

import json
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from console.labs.sandboxes import move_clock
from console.labs.scenarios import DEMO, Seeded, seed_scenario
from console.labs.site_users import site_student
from iam.models import Account, Sandbox
from tests.browser.student import MAIN, PRODUCTION, Arrive, Student, let_assume_roles
from tests.worlds import World

PRINTED = """{
  {
    "Sid": "one",
    "Effect": "Allow",
    "Principal": {
      "AWS":
        "arn:aws:iam::975050059573:root"
    },
    "Action": "sts:AssumeRole",
    "Condition": {}
  },
  {
    "Sid": "two",
    "Effect": "Deny",
    "Principal": {
      "AWS": "arn:aws:iam::975050059573:user/User3"
    },
    "Action": "sts:AssumeRole",
    "Condition": {}
  }
}
"""
S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
IAM_READ = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
BUCKET, FOREIGN_BUCKET = "rolecall-dev-files", "rolecall-prod-files"


@pytest.fixture
def seeded(page: Page) -> Seeded:
    return seed_scenario(DEMO.read_text(encoding="utf-8"), site_student("alice"), public=True)


@pytest.fixture
def world(seeded: Seeded) -> World:
    return World(seeded.sandbox, Account.in_sandbox(seeded.sandbox).get(account_id=MAIN))


@pytest.fixture
def student(page: Page, seeded: Seeded) -> Student:
    passwords = {
        (account.account_id, user.name): user.password
        for account in seeded.accounts
        for user in account.users
    }
    return Student(page, passwords)


@pytest.fixture
def with_role(world: World, student: Student) -> Student:
    """Return a student in whose account the role S3Access is."""
    world.add_role("S3Access")
    world.do("AttachRolePolicy", RoleName="S3Access", PolicyArn=S3_FULL)
    return student


def test_before_sts_is_granted_a_user_is_denied_and_told_why(student: Student) -> None:
    page = student.page
    student.sign_in("admin")
    student.create_role("S3Access", "AmazonS3FullAccess", "S3 Full access")
    student.sign_out()
    student.sign_in("user1")
    page.goto("/s3/")
    sentence = (
        "is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy "
        "allows the s3:ListAllMyBuckets action"
    )
    expect(page.get_by_role("alert").get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("link", name=BUCKET)).to_have_count(0)
    student.switch_role(MAIN, "S3Access", "Hero", "Green")
    student.expect_refused()
    expect(page.get_by_label("IAM role name")).to_have_value("S3Access")
    page.get_by_role("link", name="Why?").click()
    expect(page.get_by_text("Because no identity-based policy").last).to_be_visible()


def test_a_student_grants_sts_switches_and_comes_back(with_role: Student) -> None:
    student, page = with_role, with_role.page
    student.sign_in("admin")
    student.allow_assume_role("user1")
    student.sign_out()

    student.sign_in("user1")
    student.expect_users_listed()
    student.switch_role("9750-5005-9573", "S3Access", "Hero", "Green")
    student.expect_active("Hero")
    menu = student.open_account_menu()
    expect(menu.get_by_text("Currently active as")).to_be_visible()
    expect(menu.get_by_text("Signed in as")).to_be_visible()
    page.goto("/s3/")
    page.get_by_role("link", name=BUCKET).click()
    expect(page.get_by_role("link", name="welcome.txt")).to_be_visible()
    page.goto("/iam/users")
    denied = "is not authorized to perform: iam:ListUsers"
    expect(page.get_by_role("alert").get_by_text(denied)).to_be_visible()
    expect(page.get_by_role("link", name="User3", exact=True)).to_have_count(0)
    student.switch_back()
    student.expect_users_listed()


def test_the_visual_editor_writes_the_documents_of_the_notes(
    world: World, student: Student, arrive: Arrive
) -> None:
    page = student.page
    arrive(world, "admin")
    student.open_inline_editor("user2")
    page.get_by_text("Read (5)", exact=True).wait_for()
    page.get_by_text("Write (6)", exact=True).click()
    page.get_by_role("checkbox", name="AssumeRole", exact=True).check()
    page.get_by_role("radio", name="All", exact=True).check()
    expect(page.get_by_text("may be overly permissive for the selected actions")).to_be_visible()
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.locator(".ace_editor")).to_be_visible()
    written = json.loads(page.locator("textarea[name='document']").input_value())
    assert written == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "VisualEditor0",
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Resource": "*",
            }
        ],
    }


def test_a_user_switches_between_two_roles_and_the_history_and_link_remember(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    student, page = with_role, with_role.page
    world.add_role("ReadUsers")
    world.do("AttachRolePolicy", RoleName="ReadUsers", PolicyArn=IAM_READ)
    let_assume_roles(world, "user2")
    arrive(world, "user2")
    student.switch_role("rolecall-dev", "S3Access")
    student.expect_active("S3Access @ rolecall-dev")
    student.switch_role(MAIN, "ReadUsers", "Reader", "Blue")
    student.expect_active("Reader")
    student.expect_users_listed()
    student.switch_back()
    student.open_account_menu().get_by_role("button", name="S3Access @ rolecall-dev").click()
    student.expect_active("S3Access @ rolecall-dev")
    page.goto(f"/switchrole?roleName=ReadUsers&account={MAIN}&displayName=R&color=83d4e8")
    expect(page.get_by_label("IAM role name")).to_have_value("ReadUsers")
    expect(page.get_by_label("Display color")).to_have_value("blue")


@pytest.mark.parametrize(
    ("example", "enters"),
    [
        ("Two named users", {"user1": True, "User3": False}),
        ("Deny of two users", {"user1": False, "User3": False}),
        ("Root allowed, one user denied", {"user1": True, "User3": False}),
    ],
)
def test_the_notes_trust_policies_decide_who_enters(
    world: World, with_role: Student, arrive: Arrive, example: str, enters: dict[str, bool]
) -> None:
    student, page = with_role, with_role.page
    if example.startswith("Root"):
        let_assume_roles(world, *enters)
    arrive(world, "admin")
    page.goto("/iam/roles/S3Access?tab=trust")
    page.get_by_role("link", name="Edit trust policy").click()
    page.get_by_role("button", name="Insert example from the notes").click()
    page.get_by_role("button", name=example).click()
    expect(page.locator("#trust-note")).to_be_visible()
    if example.startswith("Deny"):
        expect(page.get_by_text("No Allow statement: nobody can assume this role")).to_be_visible()
    page.get_by_role("button", name="Update policy").click()
    expect(page.get_by_text("Trust policy updated.")).to_be_visible()
    for user, allowed in enters.items():
        arrive(world, user)
        student.switch_role(MAIN, "S3Access", "Hero")
        (lambda: student.expect_active("Hero"), student.expect_refused)[not allowed]()


def test_the_fourth_document_as_printed_is_marked_explained_and_repaired(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    student, page = with_role, with_role.page
    arrive(world, "admin")
    student.save_trust("S3Access", PRINTED)
    expect(page.get_by_text("Trust policy updated.")).to_have_count(0)
    expect(page.get_by_text("Ln 2, Col 3").first).to_be_visible()
    page.get_by_role("button", name="repair").click()
    expect(page.get_by_text("The document was repaired. Nothing is saved yet.")).to_be_visible()
    page.get_by_role("button", name="Update policy").click()
    expect(page.get_by_text("Trust policy updated.")).to_be_visible()


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
    move_clock(Sandbox.objects.get(), timedelta(hours=1))
    page.get_by_label("Bucket name").fill("made-too-late")
    page.get_by_role("button", name="Create bucket").click()
    expect(page.get_by_text("has ended: its time is up")).to_be_visible()
    expect(page.get_by_role("textbox", name="name")).to_have_value("made-too-late")
    page.get_by_role("link", name="Continue as admin").click()
    page.goto("/s3/")
    expect(page.get_by_role("link", name=BUCKET)).to_be_visible()
    expect(page.get_by_role("link", name="made-too-late")).to_have_count(0)


def test_the_event_history_tells_the_story(
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


def test_the_owner_moves_the_clock_and_the_sign_in_ends(student: Student) -> None:
    page = student.page
    student.sign_in("admin")
    student.open_account_menu().get_by_role("link", name="Sandbox clock").click()
    page.get_by_role("button", name="Move forward 12 hours").click()
    expect(page.get_by_text("its time is up")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="IAM user sign in")).to_be_visible()


def test_root_has_no_switch_role_and_is_told_why(student: Student) -> None:
    page = student.page
    page.goto("/")
    page.get_by_role("button", name="Sign in as root").first.click()
    expect(student.open_account_menu().get_by_role("link", name="Switch role")).to_have_count(0)
    page.goto("/switchrole")
    expect(page.get_by_text("Roles may not be assumed by root accounts.")).to_be_visible()
