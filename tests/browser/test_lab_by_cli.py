"""A lab solved with the real AWS CLI, by the lines of the drawer, while the drawer follows."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from console.labs.attempts import values_of
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from tests.browser.test_labs import log_in
from tests.endpoint.command_line import aws
from tests.worlds import document

LAB = "external-id"


def run(drawer: Locator, *words: str) -> None:
    """Run the AWS CLI in the environment that the drawer gives a shell of Linux."""
    # Once it is unfolded it stays so on the pages that follow.
    lines = drawer.get_by_role("region", name="macOS and Linux", include_hidden=True)
    given: dict[str, Any] = dict(re.findall(r"export (\w+)='([^']*)'", lines.text_content() or ""))
    region = given.pop("AWS_DEFAULT_REGION")
    done = aws(given.pop("AWS_ENDPOINT_URL"), None, *words, "--region", region, **given)
    assert done.returncode == 0, done.stderr


def test_a_lab_is_solved_by_the_aws_cli_and_the_drawer_follows(page: Page) -> None:
    log_in(page)
    page.goto(f"/labs/{LAB}/")
    page.get_by_role("button", name="Start").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Sign in as svc").click()
    drawer = opened.value.get_by_role("complementary", name="Lab", exact=True)
    known = values_of(Attempt.objects.get(), all_labs()[LAB])

    drawer.get_by_text("Use the AWS CLI").click()
    role = f"arn:aws:iam::{known['you']}:role/VendorAccess"
    asked = ("--role-arn", role, "--role-session-name", "export")
    run(drawer, "sts", "assume-role", *asked, "--external-id", known["rival_ext"])
    expect(drawer.get_by_text("Solved: Be the rival", exact=True)).to_be_visible(timeout=20_000)

    drawer.get_by_text("You act as svc").click()
    drawer.get_by_role("button", name="Sign in as lab-admin").click()
    expect(drawer.get_by_text("You act as lab-admin")).to_be_visible()
    vendor_with_our_id = {
        "Effect": "Allow",
        "Principal": {"AWS": known["vendor"]},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": known["ext"]}},
    }
    policy = ("--policy-document", document(vendor_with_our_id))
    run(drawer, "iam", "update-assume-role-policy", "--role-name", "VendorAccess", *policy)
    expect(drawer.get_by_text("You solved this lab")).to_be_visible(timeout=20_000)
    opened.value.close()
