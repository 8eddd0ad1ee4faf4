"""From the identity provider to the console: nobody makes an IAM user for alice."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.student import MAIN, Student
from tests.browser.test_accessibility import faults

ROLE = f"arn:aws:iam::{MAIN}:role/Developers"
PROVIDER = f"arn:aws:iam::{MAIN}:saml-provider/Corporation"


def add_provider(page: Page, metadata: Path) -> None:
    page.goto("/iam/")
    page.get_by_role("navigation").get_by_role("link", name="Identity providers").first.click()
    page.get_by_role("link", name="Add provider").first.click()
    page.get_by_role("radio", name="SAML", exact=True).check()
    page.get_by_label("Provider name").fill("Corporation")
    page.get_by_label("Metadata document", exact=True).set_input_files(metadata)
    page.get_by_role("button", name="Add provider").click()
    expect(
        page.get_by_role("status").filter(has_text="Corporation provider was added.")
    ).to_be_visible()


def create_role(page: Page) -> None:
    page.goto("/iam/roles/create")
    page.get_by_role("radio", name="SAML 2.0 federation").check()
    page.get_by_label("SAML 2.0-based provider").select_option("Corporation")
    page.get_by_role("radio", name=re.compile("programmatic and AWS Management Console")).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("searchbox", name="Search (Permissions policies)").fill("S3 full access")
    page.get_by_role("checkbox", name="Select AmazonS3FullAccess").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("sts:AssumeRoleWithSAML").first).to_be_visible()
    page.get_by_label("Role name").fill("Developers")
    page.get_by_role("button", name="Create role").click()
    expect(page.get_by_role("status").filter(has_text="Role Developers created.")).to_be_visible()


def offer_role(page: Page, portal: str) -> None:
    page.goto(portal)
    page.get_by_role("link", name="Roles of groups").click()
    page.get_by_label("Group").fill("Developers")
    page.get_by_label("Role ARN").fill(ROLE)
    page.get_by_label("SAML provider ARN").fill(PROVIDER)
    page.get_by_role("button", name="Offer role").click()
    expect(page.get_by_text("The role is offered to Developers.")).to_be_visible()


def test_alice_opens_the_console_without_an_iam_user(student: Student, tmp_path: Path) -> None:
    page, portal = student.page, student.portal
    page.goto(portal)
    found = faults(page)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="metadata.xml").click()
    metadata = tmp_path / "metadata.xml"
    downloading.value.save_as(metadata)
    student.sign_in("admin")
    add_provider(page, metadata)
    found += faults(page)
    page.get_by_role("link", name="Corporation").first.click()
    found += faults(page, "Corporation")
    create_role(page)
    offer_role(page, portal)
    found += faults(page)
    page.get_by_role("link", name="Home").click()
    page.get_by_role("button", name="Sign in as alice").click()
    onward = page.get_by_role("button", name="Open the console")
    expect(onward).to_be_visible()
    found += faults(page)
    onward.click()
    expect(page.get_by_role("heading", name="IAM Dashboard")).to_be_visible()
    expect(page.locator("#account-button")).to_contain_text("Developers/alice")
    menu = student.open_account_menu()
    expect(menu).to_contain_text("Federated user")
    page.goto("/s3/")
    expect(page.get_by_role("link", name="rolecall-dev-files")).to_be_visible()
    page.goto("/iam/users")
    expect(page.get_by_text("is not authorized to perform: iam:ListUsers").first).to_be_visible()
    assert found == [], "\n".join(found)


def test_the_way_to_the_console_works_without_script(student: Student, browser: Browser) -> None:
    page = student.page
    page.goto(student.portal)
    student.sign_in("admin")
    bare = browser.new_context(java_script_enabled=False, base_url=page.url)
    try:
        there = bare.new_page()
        there.goto(student.portal)
        there.get_by_role("button", name="Sign in as alice").click()
        expect(there.get_by_text("You have no roles")).to_be_visible()
        there.get_by_role("link", name="Tokens for programs").click()
        there.get_by_role("button", name="Issue token").click()
        expect(there.get_by_text("assume-role-with-web-identity").first).to_be_visible()
    finally:
        bare.close()


def test_people_are_added_to_the_directory(student: Student) -> None:
    page = student.page
    page.goto(f"{student.portal}people")
    found = faults(page)
    page.get_by_label("User name").fill("carol")
    page.get_by_label("Email").fill("carol@corp.example.com")
    page.get_by_label("Groups").fill("Developers, Auditors")
    page.get_by_label("Password").fill("Secret-Password-1")
    page.get_by_role("button", name="Add person").click()
    expect(page.get_by_text("carol was saved.")).to_be_visible()
    found += faults(page)
    assert found == [], "\n".join(found)
