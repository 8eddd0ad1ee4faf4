"""A second factor from the first click to the role that asks for it, with no phone at hand."""

import re

import pytest
from playwright.sync_api import Page, expect

from console.labs.scenarios import seed_scenario
from console.labs.site_users import site_student
from tests.browser.student import MAIN, Student

SCENARIO = """
schema: 1
world:
  accounts: {you: {id: "975050059573"}}
  users:
    - account: you
      name: ann
      console_password: auto
      managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]
    - account: you
      name: bob
      console_password: auto
      mfa: auto
      managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]
  roles:
    - account: you
      name: Guarded
      trust:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: "975050059573"}
            Action: "sts:AssumeRole"
            Condition: {Bool: {"aws:MultiFactorAuthPresent": "true"}}
"""


@pytest.fixture
def student(page: Page) -> Student:
    seeded = seed_scenario(SCENARIO, site_student("alice"), public=True)
    (account,) = seeded.accounts
    return Student(page, {(MAIN, user.name): user.password for user in account.users})


def codes_of_the_authenticator(page: Page, device: str) -> list[str]:
    """Read a device's codes of now and next, on a tab of its own."""
    tab = page.context.new_page()
    tab.goto(f"/authenticator?account={MAIN}")
    codes = tab.get_by_role("row", name=device).locator(".mono").all_inner_texts()
    tab.close()
    return codes


def test_a_device_is_assigned_with_two_codes_and_then_asked_for(
    student: Student, page: Page
) -> None:
    student.sign_in("ann")
    student.open_account_menu().get_by_role("link", name="Security credentials").click()
    page.get_by_role("link", name="Assign MFA device").click()
    page.get_by_label("Device name", exact=True).fill("phone")
    page.get_by_label("Device name", exact=True).press("Enter")
    page.get_by_text("Show QR code", exact=True).last.click()
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    page.get_by_text("Show secret key", exact=True).click()
    expect(page.locator(".secret-key")).to_have_text(re.compile("[A-Z2-7]{64}"))
    first, second = codes_of_the_authenticator(page, "phone")
    page.get_by_label("MFA code 1").fill(first)
    page.get_by_label("MFA code 2").fill(second)
    page.get_by_role("button", name="Add MFA").click()
    expect(page.get_by_role("status").filter(has_text="MFA device assigned")).to_be_visible()
    page.get_by_role("radio", name="phone").check()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Remove MFA device?")).to_be_visible()
    page.keyboard.press("Escape")
    student.sign_out()
    _give_password(student, "ann")
    _give_code(page, first)  # used up by assigning the device
    expect(page.get_by_text("Your authentication information is incorrect.")).to_be_visible()


def test_a_code_at_sign_in_opens_a_role_that_requires_mfa(student: Student, page: Page) -> None:
    student.sign_in("ann")
    student.switch_role(MAIN, "Guarded")
    student.expect_refused()
    page.goto("/signin")
    page.get_by_label("Account ID or alias").fill(MAIN)
    _give_password(student, "bob")
    _give_code(page, codes_of_the_authenticator(page, "bob")[0])
    student.switch_role(MAIN, "Guarded")
    student.expect_active("Guarded")


def _give_password(student: Student, user: str) -> None:
    page = student.page
    page.get_by_label("IAM username").fill(user)
    page.get_by_label("Password", exact=True).fill(student.passwords[MAIN, user])
    page.get_by_role("button", name="Sign in").click()


def _give_code(page: Page, code: str) -> None:
    expect(page.get_by_role("heading", name="Multi-factor authentication")).to_be_visible()
    page.get_by_label("MFA code").fill(code)
    page.get_by_role("button", name="Submit").click()
