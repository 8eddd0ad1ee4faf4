"""Timelines, federation and the map of a change: both themes and widths, paper, no script."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.student import Arrive, Student, let_assume_roles
from tests.browser.test_accessibility import faults
from tests.pages.visitor import Visitor
from tests.worlds import World, document

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
TIMELINE, SESSIONS = "/cloudtrail/timeline?attribute=", "/iam/users/user1?tab=sessions"
TRUST, EDITOR = "/iam/roles/Federated?tab=trust", "/iam/roles/Helper/trust"
PREVIEW = "Show who gains or loses access"


@pytest.fixture(autouse=True)
def scene(world: World, arrive: Arrive) -> None:
    world.add_role("Helper")
    let_assume_roles(world, "user1")
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": "accounts.google.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"accounts.google.com:aud": "app"}},
    }
    text = document(statement)
    world.do("CreateRole", RoleName="Federated", AssumeRolePolicyDocument=text)
    user1 = Visitor(world, "user1")
    user1.get("/s3/")
    user1.post("/switchrole", account=world.account_id, roleName="Helper")
    arrive(world, "admin")


def test_every_picture_is_sound_in_both_themes_and_widths_and_prints(student: Student) -> None:
    page, found = student.page, []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            for address in (TIMELINE, SESSIONS, TRUST):
                page.goto(address)
                drawn = page.locator("main svg[role=group]")
                listed = size is NARROW and address != TRUST
                expect(drawn).to_have_count(1)
                expect(drawn).to_be_visible(visible=not listed)
                found += faults(page)
            page.goto(EDITOR)
            page.get_by_role("button", name=PREVIEW).click()
            changes = page.locator("#access-changes")
            expect(changes.get_by_text("Nobody in the accounts that you can see")).to_be_visible()
            found += faults(page)
    assert found == [], "\n".join(found)
    page.set_viewport_size(NARROW)
    page.goto(TIMELINE)
    page.emulate_media(media="print")
    expect(page.locator("main svg[role=group]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="screen")
    page.set_viewport_size(WIDE)


def test_the_pictures_are_there_without_javascript(
    browser: Browser, page: Page, live_server: LiveServer
) -> None:
    plain = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
    )
    try:
        bare = plain.new_page()
        for address, words in (
            (TIMELINE, "ListBuckets of s3 by user1: denied"),
            (SESSIONS, "Helper/user1: Switched role"),
        ):
            bare.goto(address)
            mark = bare.locator("a", has=bare.locator("title", has_text=words)).first
            mark.click()
            expect(bare.get_by_role("heading", name="Event record")).to_be_visible()
        bare.goto(EDITOR)
        text = bare.get_by_label("Trust policy document")
        typed = text.input_value().replace(":root", ":user/user2")
        text.fill(typed)
        bare.get_by_role("button", name=PREVIEW).click()
        expect(bare.get_by_text("access to the role Helper").first).to_be_visible()
        assert "user/user2" in bare.get_by_label("Trust policy document").input_value()
    finally:
        plain.close()
