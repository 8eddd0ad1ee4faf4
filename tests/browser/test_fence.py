"""An attack lab cannot be short-cut, and opens what it promises once the attack is done."""

import json

from playwright.sync_api import Page, expect

from console.labs.models import Attempt
from tests.browser.test_labs import log_in
from tests.labs.fence.student import Student

LATER = "You can use sec after the task “Become the administrator”."


def attack(student: Student) -> None:
    """Do as dev by the AWS CLI what the lab is about."""
    keys, account = student.keys("you/dev"), student.accounts["you"]
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:user/dev"},
        "Action": "sts:AssumeRole",
    }
    student.aws("iam", keys).update_assume_role_policy(
        RoleName="Admin",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    role = f"arn:aws:iam::{account}:role/Admin"
    student.aws("sts", keys).assume_role(RoleArn=role, RoleSessionName="mine")


def test_the_administrator_of_an_attack_lab_is_no_way_in_until_the_attack(page: Page) -> None:
    log_in(page)
    page.goto("/labs/update-assume-role-policy/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Sign in as dev")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in as sec")).to_have_count(0)
    expect(page.get_by_text(LATER)).to_be_visible()
    lab, student = page.url, Student(Attempt.objects.get())

    page.goto(f"/signin?account={student.accounts['you']}")
    page.get_by_label("IAM username").fill("sec")
    page.get_by_label("Password", exact=True).fill(student.password("you/sec"))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(LATER)).to_be_visible()

    page.goto("/signin/root")
    email = student.root_email("you")
    page.get_by_label("Root user email address").fill(email)
    page.get_by_label("Password", exact=True).fill(student.password("root:you"))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You cannot use what the root user has from the start")).to_be_visible()

    page.goto(lab)
    attack(student)
    # The lab's page asks for its state by itself.
    expect(page.get_by_role("button", name="Sign in as sec")).to_be_visible(timeout=20_000)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Sign in as sec").click()
    expect(opened.value.locator("#account-button")).to_contain_text("sec")
    opened.value.close()
