"""The course of the notes, walked through the pages as a person would, by labels and roles."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.student import MAIN, Arrive, Student, let_assume_roles
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
IAM_READ = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
BUCKET = "rolecall-dev-files"


def test_before_sts_is_granted_a_user_is_denied_and_sees_why(student: Student) -> None:
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
    reasons = page.get_by_role("complementary", name="Help panel").get_by_role("strong")
    expect(reasons.get_by_text("Because no identity-based policy")).to_be_visible()


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
