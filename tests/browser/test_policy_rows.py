"""What a policy permits, opened below its row: as a summary and as JSON."""

from playwright.sync_api import Page, expect

from tests.browser.student import Arrive
from tests.pages.visitor import open_world
from tests.worlds import allow


def test_two_open_rows_are_each_seen_as_summary_or_as_json(page: Page, arrive: Arrive) -> None:
    world = open_world()
    world.do("CreateUser", UserName="ada")
    for name, action in (("reader", "s3:GetObject"), ("switcher", "sts:AssumeRole")):
        words = {"UserName": "ada", "PolicyName": name}
        world.do("PutUserPolicy", **words, PolicyDocument=allow(action))
    arrive(world)
    page.goto("/iam/users/ada")
    # What opens moves the rows below it: nobody clicks one of those before it stands still.
    for name, service in (("reader", "S3"), ("switcher", "STS")):
        page.get_by_role("button", name=f"Show {name}").click()
        expect(page.get_by_role("rowheader", name=service)).to_be_visible()
    page.get_by_role("radio", name="JSON").last.check()
    expect(page.get_by_text('"sts:AssumeRole"')).to_be_visible()
    expect(page.get_by_role("rowheader", name="STS")).to_be_hidden()
    expect(page.get_by_role("rowheader", name="S3")).to_be_visible()
    expect(page.get_by_text('"s3:GetObject"')).to_be_hidden()
