"""The pages around the console: help without a panel, a phone's frame, who is locked out."""

from playwright.sync_api import Page, expect

from tests.browser.student import MAIN, Arrive, Student
from tests.worlds import World


def test_info_opens_the_topics_page_where_there_is_no_panel(student: Student) -> None:
    page = student.page
    for url in ("/signin", "/signin/root", "/login"):
        page.goto(url)
        page.get_by_role("link", name="Info").first.click()
        page.wait_for_url("**/help/**")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_page_without_navigation_begins_at_the_top_of_a_phone(
    page: Page, world: World, arrive: Arrive
) -> None:
    arrive(world, "admin")
    page.set_viewport_size({"width": 390, "height": 844})
    for url in ("/sandbox/clock", "/sandbox/restart", "/switchrole", "/help/role"):
        page.goto(url)
        box = page.get_by_role("heading", level=1).bounding_box()
        assert box is not None
        assert box["y"] < 150, url


def test_an_owner_without_an_administrator_restarts_on_the_start_page(owner: Student) -> None:
    page = owner.page
    page.goto("/")
    page.get_by_role("button", name="Sign in as root").first.click()
    expect(page.get_by_role("heading", name="IAM Dashboard")).to_be_visible()
    page.goto("/iam/users/admin")
    page.get_by_role("link", name="Delete").or_(page.get_by_role("button", name="Delete")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("admin")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("User admin deleted.")).to_be_visible()
    owner.sign_out()
    page.goto("/")
    page.get_by_role("link", name="Start again").click()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("The sandbox was started again.")).to_be_visible()
    page.get_by_role("button", name="Sign in as admin").first.click()
    expect(page.get_by_role("heading", name="IAM Dashboard")).to_be_visible()


def test_a_roles_long_name_leaves_the_rest_of_the_bar_whole(
    world: World, student: Student, arrive: Arrive
) -> None:
    page = student.page
    world.add_role("S3Access")
    arrive(world, "admin")
    student.switch_role(MAIN, "S3Access", color="Orange")
    student.expect_active(f"S3Access @ {MAIN}")
    for label in ("Rolecall", "The course", "Global", f"S3Access @ {MAIN}"):
        shown = page.locator(".topbar").get_by_text(label, exact=True).first
        width, needed, lines = shown.evaluate(
            "e => [e.clientWidth, e.scrollWidth, e.getClientRects().length]"
        )
        assert (needed <= width, lines) == (True, 1), label
        box = shown.bounding_box()
        assert box is not None
        assert box["height"] < 32, label
