"""What a policy permits, opened below its row: as a summary and as JSON."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.pages.visitor import Visitor, open_world
from tests.worlds import allow


def test_two_open_rows_are_each_seen_as_summary_or_as_json(
    page: Page, live_server: LiveServer
) -> None:
    world = open_world()
    world.do("CreateUser", UserName="ada")
    for name, action in (("reader", "s3:GetObject"), ("switcher", "sts:AssumeRole")):
        words = {"UserName": "ada", "PolicyName": name}
        world.do("PutUserPolicy", **words, PolicyDocument=allow(action))
    cookies = Visitor(world).client.cookies
    page.context.add_cookies(
        [{"name": n, "value": m.value, "url": live_server.url} for n, m in cookies.items()]
    )
    page.goto("/iam/users/ada")
    for name in ("reader", "switcher"):
        page.get_by_role("button", name=f"Show {name}").click()
    expect(page.get_by_role("rowheader", name="STS")).to_be_visible()
    page.get_by_role("radio", name="JSON").last.check()
    expect(page.get_by_text('"sts:AssumeRole"')).to_be_visible()
    expect(page.get_by_role("rowheader", name="STS")).to_be_hidden()
    expect(page.get_by_role("rowheader", name="S3")).to_be_visible()
    expect(page.get_by_text('"s3:GetObject"')).to_be_hidden()
