"""What the kit's scripts add, in a real browser, on the gallery of components."""

import re
from typing import Literal

import pytest
from django.conf import settings as site
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.bundled import AXE
from tests.ui.gallery_settings import TEMPLATES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.ui.gallery")]
SEARCH = "Search (Permissions policies)"


@pytest.fixture(autouse=True)
def gallery_templates(settings):
    settings.TEMPLATES = [{**site.TEMPLATES[0], "DIRS": TEMPLATES[0]["DIRS"]}]


AT_REST = """() => document.getAnimations().every(
    one => one.playState !== "running" || !one.effect.target.matches(".table__loading")
)"""


def test_a_table_narrows_while_typing_and_the_field_keeps_the_focus(page: Page):
    page.goto("/")
    field = page.get_by_role("searchbox", name=SEARCH)
    field.press_sequentially("S3 Full access")
    expect(page.get_by_text("16 matches")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("S3 Full access")
    expect(page).to_have_url(re.compile("q=S3"))
    page.wait_for_function(AT_REST)  # else an open page would be laid out sixty times a second


def test_a_filter_typed_before_the_scripts_run_narrows_the_table_too(page: Page):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"htmx.*\.js"), hold)
    page.goto("/", wait_until="commit")
    field = page.get_by_role("searchbox", name=SEARCH)
    field.fill("S3 Full access")
    held[0].continue_()
    expect(page.get_by_text("16 matches")).to_be_visible()
    expect(field).to_have_value("S3 Full access")


def test_ticks_survive_filtering_and_paging_in_a_wizard(page: Page):
    page.goto("/wizard")
    page.get_by_label("Select AdministratorAccess2", exact=True).check()
    page.get_by_role("link", name="Page 3", exact=True).click()
    expect(page).to_have_url(re.compile("page=3"))
    expect(page.locator("#table-policies .counter").first).to_have_text("(2/64)")
    page.get_by_role("searchbox", name=SEARCH).press_sequentially("Administrator")
    expect(page.get_by_label("Select AdministratorAccess2", exact=True)).to_be_checked()


def test_shift_click_ticks_what_lies_between(page: Page):
    page.goto("/")
    remove = page.get_by_role("button", name="Remove", exact=True)
    expect(remove).to_be_disabled()
    page.get_by_label("Select AmazonS3FullAccess", exact=True).click()
    page.get_by_label("Select AWSCloudTrail_FullAccess3").click(modifiers=["Shift"])
    expect(page.locator("#table-policies .counter").first).to_have_text("(4/64)")
    expect(remove).to_be_enabled()


def test_a_menu_is_walked_with_arrows_and_left_with_escape(page: Page):
    page.goto("/")
    opener = page.get_by_role("button", name="Add permissions")
    opener.press("ArrowDown")
    expect(page.get_by_role("link", name="Attach policies")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Create inline policy")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_a_modal_gives_the_focus_back(page: Page):
    page.goto("/")
    opener = page.locator(".page-header").get_by_role("button", name="Delete")
    opener.click()
    expect(page.get_by_role("dialog", name="Delete S3Role?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_info_opens_the_help_panel_and_escape_closes_it(page: Page):
    page.goto("/")
    page.get_by_role("link", name="Info about Gallery").click()
    expect(page.get_by_role("heading", name="What a role is")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Info about Gallery")).to_be_focused()


def test_alt_s_searches_services_and_pages(page: Page):
    page.goto("/")
    page.keyboard.press("Alt+s")
    page.keyboard.type("cloudt")
    expect(page.get_by_role("link", name=re.compile("CloudTrail Track"))).to_be_visible()


def test_the_editor_marks_errors_keeps_the_field_in_step_and_lets_one_out(page: Page):
    page.goto("/")
    expect(page.locator(".ace_gutter-cell.ace_error, .ace_gutter-cell .ace_error")).to_have_count(1)
    page.get_by_role("button", name="Ln 9, Col 7").click()
    page.keyboard.type("x")
    expect(page.locator("#id_document")).to_have_value(re.compile('x"MaxAge'))
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.ace_editor')")


def test_a_narrow_page_starts_with_the_navigation_closed(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    navigation = page.get_by_role("navigation", name="Identity and Access Management (IAM)")
    expect(navigation).to_be_hidden()
    page.get_by_role("button", name="Navigation", exact=True).click()
    expect(navigation).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_what_stands_for_no_rows_stays_in_view_when_the_columns_are_scrolled(page: Page):
    page.set_viewport_size({"width": 280, "height": 844})
    page.goto("/?roles-q=nobody-has-this-name")
    empty = page.locator(".table__scroll .empty").first
    before = empty.bounding_box()
    scroller = empty.locator("xpath=ancestor::*[contains(@class, 'table__scroll')]")
    scroller.evaluate("element => element.scrollTo(element.scrollWidth, 0)")
    assert scroller.evaluate("element => element.scrollLeft") > 0
    after = empty.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"], abs=1)


def test_the_tab_one_is_on_is_in_view_on_a_narrow_page(page: Page):
    page.set_viewport_size({"width": 340, "height": 844})
    page.goto("/?tab=tags")
    row = page.get_by_role("list").filter(has=page.locator(".tabs__link")).bounding_box()
    tab = page.locator(".tabs__link[aria-current]").bounding_box()
    assert row is not None
    assert tab is not None
    assert tab["x"] + tab["width"] <= row["x"] + row["width"] + 1


def test_dark_mode_is_kept(page: Page):
    page.goto("/")
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Dark", exact=True).check()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_columns_width_is_dragged_or_typed_and_remembered(page: Page):
    page.goto("/")
    handle = page.get_by_role("separator", name="Resize Policy name")
    head = page.locator("th").filter(has=handle)
    before = _width(head)
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 4 - 60, box["y"] + 8)
    page.mouse.up()
    assert abs(_width(head) - (before - 60)) < 3
    page.reload()
    assert abs(_width(head) - (before - 60)) < 3
    handle.press("ArrowRight")
    assert abs(_width(head) - (before - 44)) < 3
    page.get_by_role("link", name="Page 2", exact=True).first.click()
    expect(page).to_have_url(re.compile("page=2"))
    assert abs(_width(head) - (before - 44)) < 3
    handle.dblclick()
    assert not page.evaluate("localStorage.length")


def _width(head: Locator) -> float:
    box = head.bounding_box()
    assert box is not None
    return box["width"]


def test_columns_are_put_in_another_order(page: Page):
    page.goto("/")
    heads = page.locator("#table-policies th[data-column]")
    first, second, third = (text.strip() for text in heads.all_inner_texts()[:3])
    page.locator("#table-policies").get_by_role("button", name="Preferences").click()
    dialog = page.get_by_role("dialog", name="Preferences").first
    dialog.get_by_role("button", name=f"Move {third} up").click()
    dialog.get_by_role("button", name="Confirm").click()
    expect(heads.nth(1)).to_have_text(third)
    expect(heads.nth(2)).to_have_text(second)
    expect(heads.first).to_have_text(first)


def test_times_are_those_of_the_browsers_zone_unless_utc_is_chosen(page: Page):
    page.goto("/")
    time = page.get_by_role("main").locator("time[data-time=minute]").first
    expect(time).to_have_text("November 23, 2026, 09:30 (UTC)")
    kathmandu = {"timezoneId": "Asia/Kathmandu"}
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTimezoneOverride", kathmandu)
    page.reload()
    expect(time).to_have_text("November 23, 2026, 15:15 (UTC+05:45)")
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("UTC", exact=True).check()
    expect(time).to_have_text("November 23, 2026, 09:30 (UTC)")
    page.reload()
    expect(time).to_have_text("November 23, 2026, 09:30 (UTC)")


@pytest.mark.parametrize("address", ["/?flash&errors&color=orange", "/wizard", "/signin-page"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(
    page: Page, address: str, scheme: Literal["light", "dark"]
):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    editors = page.locator("[data-code-editor]")  # by scripts that come later
    expect(page.locator(".ace_content")).to_have_count(editors.count())
    page.add_script_tag(url=f"/static/{AXE}")
    found = page.evaluate("axe.run().then(({violations}) => violations)")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
