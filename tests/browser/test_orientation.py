"""Where one is in the console, as whom, and whether what was done has worked."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from console.labs.sandboxes import move_clock
from tests.browser.student import MAIN, PRODUCTION, Arrive, Student, let_assume_roles
from tests.worlds import World


def test_the_navbar_tells_two_accounts_apart_and_a_role_from_both(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    button = with_role.page.locator("#account-button")
    for account, shown in ((PRODUCTION, "2109-8765-4321"), (MAIN, "9750-5005-9573")):
        arrive(world, "admin", account)
        expect(button).to_have_text(f"Account ID: {shown} admin", use_inner_text=True)
    with_role.switch_role(MAIN, "S3Access", "Files", "Red")
    expect(button).to_have_text("Files S3Access @ 9750-5005-9573", use_inner_text=True)


def test_a_switch_leads_on_where_the_role_may_be_and_home_where_not(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    page = with_role.page
    arrive(world, "admin")
    for begun, led in (("/iam/", "/console/"), ("/s3/", "/s3/")):
        page.goto(begun)
        with_role.switch_role(MAIN, "S3Access", "Files")
        expect(page).to_have_url(re.compile(f"{led}$"))
        sentence = "You are now S3Access. admin's own permissions are set aside."
        expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()
    page.get_by_role("link", name="Rolecall: Console Home").click()
    visited = page.get_by_role("region", name="Recently visited")
    expect(visited.get_by_role("link")).to_have_text(["S3", "IAM"])
    expect(page.get_by_role("region", name="You are acting as")).to_contain_text("59 minutes")
    page.goto("/iam/")
    expect(page.locator("main").get_by_text("not authorized to perform")).to_have_count(0)
    expect(page.locator("main").get_by_text("Access denied")).to_have_count(3)
    expect(page.locator("main").get_by_role("link", name="Why?")).to_have_count(3)


def test_a_session_shows_its_last_minutes_and_leads_back_from_its_end(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    page = with_role.page
    arrive(world, "admin")
    with_role.switch_role(MAIN, "S3Access", "Files")
    soon = page.locator("#account-button .topbar__soon")
    expect(soon).to_be_hidden()
    expect(with_role.open_account_menu().get_by_text("59 minutes")).to_be_visible()
    other_tab = page.context.new_page()
    move_clock(world.sandbox, timedelta(minutes=56))
    for tab in (page, other_tab):
        tab.goto("/s3/create")
        tab.get_by_label("Bucket name").fill("made-too-late")
    expect(soon).to_have_text(re.compile("3:[0-5][0-9] left"))
    move_clock(world.sandbox, timedelta(minutes=5))
    for tab, title in ((page, "The role session has ended"), (other_tab, "The session has ended")):
        tab.get_by_role("button", name="Create bucket").click()
        expect(tab.get_by_role("heading", name=title)).to_be_visible()
        expect(tab.get_by_text("Your session as Files has ended: its time is up.")).to_be_visible()
        expect(tab.locator("#account-button")).to_contain_text("admin")
        tab.get_by_role("link", name="Continue as admin").click()
        expect(tab).to_have_url(re.compile("/s3/create$"))


def write_a_policy(student: Student, name: str) -> None:
    """Fill in the visual editor for user1, and send it."""
    page = student.page
    student.open_inline_editor("user1")
    page.get_by_text("Write (6)", exact=True).click()
    page.get_by_role("checkbox", name="AssumeRole", exact=True).check()
    page.get_by_role("radio", name="All", exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Policy name").fill(name)
    page.get_by_role("button", name="Create policy").click()


def test_a_refused_form_keeps_what_was_typed(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    page = with_role.page
    panel = page.get_by_role("complementary", name="Help panel")
    arrive(world, "user1")
    with_role.switch_role(MAIN, "s3access", "Kept words")
    with_role.expect_refused()
    page.get_by_role("link", name="Why?").click()
    expect(panel.get_by_role("heading", name="Why?")).to_be_visible()
    expect(page.get_by_label("Display name")).to_have_value("Kept words")
    first, second = (panel.locator(".key-value").nth(number).bounding_box() for number in (0, 1))
    assert first is not None
    assert second is not None
    assert second["y"] >= first["y"] + first["height"], "side by side, values break within words"
    page.goto("/iam/roles")
    page.go_back()
    expect(page.get_by_label("Display name")).to_have_value("Kept words")

    write_a_policy(with_role, "kept-too")
    page.get_by_role("alert").get_by_role("link", name="Why?").click()
    expect(panel.get_by_role("heading", name="Why?")).to_be_visible()
    expect(page.get_by_label("Policy name")).to_have_value("kept-too")

    other_tab = page.context.new_page()
    let_assume_roles(world, "user1")
    other_tab.goto(f"/switchrole?account={MAIN}&roleName=S3Access")
    other_tab.get_by_role("button", name="Switch Role").click()
    expect(other_tab.get_by_text("You are now S3Access.")).to_be_visible()
    page.get_by_role("button", name="Create policy").click()
    expect(page.get_by_role("heading", name="Nothing was done")).to_be_visible()
    expect(page.get_by_role("textbox", name="Policy name")).to_have_value("kept-too")
    document = page.get_by_role("textbox", name="Policy document")
    expect(document).to_have_value(re.compile("sts:AssumeRole"))


def test_why_leads_back_to_what_it_names_and_to_what_can_be_done(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    page = with_role.page
    arrive(world, "user1")
    with_role.switch_role(MAIN, "s3access")
    page.get_by_role("link", name="Why?").click()
    panel = page.get_by_role("complementary", name="Help panel")
    expect(panel.get_by_text("Names are case-sensitive here.")).to_be_visible()
    expect(panel.get_by_text("add this statement to")).to_have_count(0)
    panel.get_by_role("link", name="Switch to S3Access").click()
    expect(page.get_by_label("IAM role name")).to_have_value("S3Access")

    page.goto("/s3/")
    page.get_by_role("link", name="Why?").click()
    crumbs = page.get_by_role("navigation", name="Breadcrumbs")
    expect(crumbs.get_by_role("link")).to_have_text(["CloudTrail", "Event history", "ListBuckets"])
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name=f"arn:aws:iam::{MAIN}:user/user1")).to_be_visible()
    apart = main.get_by_text("1 statement that does not apply")
    main.locator("summary", has_text="Identity-based policies").click()
    expect(apart).to_be_hidden()
    main.get_by_role("link", name="Identity-based policies: Does not allow").click()
    apart.click()
    expect(main.get_by_role("link", name="IAMReadOnlyAccess").first).to_be_visible()
    main.get_by_role("link", name="Add this statement…").click()
    expect(page).to_have_url(re.compile("/iam/users/user1/inline/create"))
    expect(page.get_by_text("ListAllMyBuckets").first).to_be_visible()
    page.go_back()
    main.get_by_role("link", name="Go back").click()
    expect(page).to_have_url(re.compile("/s3/$"))


COVERED = """() => {
    const focused = document.activeElement;
    const box = focused.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const covered = [box.bottom - 3, box.top + 3].some((y) => {
        const top = document.elementFromPoint(x, y);
        return top && !focused.contains(top) && !top.contains(focused);
    });
    return covered ? focused.outerHTML : "";
}"""


def test_nothing_covers_what_has_the_focus_and_the_editor_has_the_width(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    page = with_role.page
    arrive(world, "admin")
    page.goto("/iam/roles/create")
    page.get_by_role("radio", name="AWS account", exact=True).focus()
    covered = set()
    while not page.evaluate("document.activeElement === document.body"):
        covered.add(page.evaluate(COVERED))
        page.keyboard.press("Tab")
    assert covered == {""}

    navigation = page.get_by_role("navigation", name="Identity and Access Management (IAM)")
    page.goto("/iam/roles/S3Access/trust")
    expect(navigation).to_be_hidden()
    page.get_by_role("button", name="Close Edit statement").click()
    expect(page.get_by_role("heading", name="Edit statement")).to_be_hidden()
    editor = page.locator(".ace_editor").bounding_box()
    assert editor is not None
    assert editor["width"] > 1000

    page.goto("/iam/policies")
    expect(navigation).to_be_visible()
    head = page.get_by_role("columnheader", name="Policy name")
    assert page.locator(".table__scroll").evaluate("box => box.scrollHeight <= box.clientHeight")
    page.evaluate("window.scrollTo(0, 700)")
    bar = page.locator(".toolbar").bounding_box()
    at = head.bounding_box()
    assert bar is not None
    assert at is not None
    assert abs(at["y"] - bar["y"] - bar["height"]) <= 1


def test_two_identities_keep_their_tabs(owner: Student, world: World) -> None:
    page = owner.page
    page.goto("/")
    page.get_by_role("button", name="Sign in as admin").first.click()
    expect(page.get_by_role("heading", name="IAM Dashboard")).to_be_visible()
    tab = page.context.new_page()
    tab.goto("/")
    tab.get_by_role("button", name="Sign in as admin").last.click()
    expect(tab.get_by_role("heading", name="Keep admin signed in?")).to_be_visible()
    tab.get_by_role("button", name="Turn on multi-session support").click()
    for one, account in ((tab, "2109-8765-4321"), (page, "9750-5005-9573")):
        one.get_by_role("link", name="Roles", exact=True).first.click()
        expect(one.locator("#account-button")).to_contain_text(account)
    menu = owner.open_account_menu()
    expect(menu.get_by_text("9750-5005-9573 · this tab")).to_be_visible()
    expect(menu.get_by_role("link", name="Add session")).to_be_visible()


def test_delete_waits_for_the_name(world: World, with_role: Student, arrive: Arrive) -> None:
    page = with_role.page
    arrive(world, "admin")
    page.goto("/iam/roles/S3Access")
    page.get_by_role("link", name="Delete", exact=True).or_(
        page.get_by_role("button", name="Delete", exact=True)
    ).first.click()
    dialog = page.get_by_role("dialog")
    delete = dialog.get_by_role("button", name="Delete")
    expect(delete).to_be_disabled()
    dialog.get_by_role("textbox").fill("S3Access")
    delete.click()
    expect(page.get_by_text("Role S3Access deleted.")).to_be_visible()
