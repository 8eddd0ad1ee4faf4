"""The policy editor in a real browser: what JavaScript adds to its forms."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from iam.perform import perform
from tests.browser.student import Arrive
from tests.pages.policy_editor.test_trust_page import AS_PRINTED
from tests.pages.visitor import open_world
from tests.worlds import World, trust


@pytest.fixture
def world(arrive: Arrive) -> World:
    """Return a world with user1 and S3Role; the page's browser is signed in as its root."""
    world = open_world()
    for name in ("user1", "user2", "User3"):
        perform(world.root(), "iam:CreateUser", {"UserName": name})
    role = {"RoleName": "S3Role", "AssumeRolePolicyDocument": trust(world.account_id)}
    perform(world.root(), "iam:CreateRole", role)
    arrive(world)
    return world


@pytest.fixture
def editor(page: Page, world: World) -> Page:
    page.goto("/iam/users/user1/inline/create")
    page.get_by_placeholder("Choose a service").fill("STS")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Write (6)")).to_be_visible()
    return page


def document(page: Page) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(page.locator("#id_document").input_value())
    return loaded


def hold_the_first(page: Page) -> list[Route]:
    """Let the editor's next request wait, until it is continued, and no other."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/inline/create", hold)
    return held


def write(page: Page, text: str) -> None:
    """Replace what stands in the JSON editor, by the keyboard."""
    page.locator(".ace_content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_a_missing_service_shows_its_error_and_the_list_waits(page: Page, world: World) -> None:
    page.goto("/iam/policies/create")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Choose a service.")).to_be_visible()
    expect(page.get_by_placeholder("Choose a service")).to_be_focused()
    expect(page.get_by_role("button", name="STS Security Token")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="STS Security Token")).to_be_visible()


def test_counts_follow_each_tick(editor: Page) -> None:
    editor.get_by_text("Write (6)").click()
    editor.get_by_label("AssumeRole", exact=True).check()
    expect(editor.get_by_text("Write (Selected 1/6)")).to_be_visible()
    expect(editor.get_by_text("Allow 1 action")).to_be_visible()
    expect(
        editor.get_by_text("Specify role resource ARN for the AssumeRole action.")
    ).to_be_visible()
    editor.get_by_label("All write actions").check()
    expect(editor.get_by_text("Write (Selected 6/6)")).to_be_visible()
    expect(editor.get_by_label("SetContext")).to_be_checked()
    editor.get_by_label("Deny", exact=True).check()
    expect(editor.get_by_text("Actions denied")).to_be_visible()
    editor.get_by_label("All STS actions (sts:*)").check()
    expect(editor.get_by_text("Deny all actions")).to_be_visible()
    editor.get_by_label("All STS actions (sts:*)").uncheck()
    expect(editor.get_by_text("Deny 6 actions")).to_be_visible()


def test_a_choice_made_while_a_response_is_on_its_way_stays(editor: Page) -> None:
    held = hold_the_first(editor)
    editor.get_by_text("Write (6)").click()
    with editor.expect_request("**/inline/create"):
        editor.get_by_label("AssumeRole", exact=True).check()
    editor.get_by_label("All", exact=True).check()
    held[0].continue_()
    expect(editor.get_by_text("may be overly permissive")).to_be_visible()
    expect(editor.get_by_label("All", exact=True)).to_be_checked()


def test_expand_all_and_the_filter_find_actions(editor: Page) -> None:
    editor.get_by_role("button", name="Expand all").click()
    expect(editor.get_by_label("GetCallerIdentity")).to_be_visible()
    editor.get_by_role("button", name="Collapse all").click()
    expect(editor.get_by_label("GetCallerIdentity")).to_be_hidden()
    editor.get_by_placeholder("Filter Actions").fill("caller")
    expect(editor.get_by_text("1 match")).to_be_visible()
    editor.get_by_label("GetCallerIdentity").check()
    editor.get_by_placeholder("Filter Actions").fill("nothing")
    expect(editor.get_by_text("No actions match.")).to_be_visible()
    editor.get_by_role("button", name="Clear filter").click()
    expect(editor.get_by_text("Read (Selected 1/5)")).to_be_visible()


def test_a_level_is_loaded_when_it_is_opened_and_loses_nothing(editor: Page) -> None:
    editor.get_by_role("button", name="Add more permissions").click()
    editor.get_by_placeholder("Choose a service").fill("EC2")
    editor.keyboard.press("Enter")
    block = editor.locator("#b1-card")
    block.get_by_text("Tagging (2)").click()
    block.get_by_label("CreateTags", exact=True).check()
    block.get_by_text("List (").click()
    block.get_by_label("All list actions").click()
    expect(block.get_by_label("DescribeVpcs", exact=True)).to_be_checked()
    block.get_by_placeholder("Filter Actions").fill("run instances")
    block.get_by_label("RunInstances", exact=True).check()
    block.get_by_placeholder("Filter Actions").fill("")
    expect(block.get_by_text("Tagging (Selected 1/2)")).to_be_visible()
    editor.get_by_role("button", name="Remove the STS permissions").click()
    expect(editor.locator("#b0-card")).to_have_count(0)
    editor.get_by_role("button", name="JSON", exact=True).click()
    expect(editor.locator(".ace_content")).to_be_visible()
    editor.emulate_media(color_scheme="dark")  # as the desktop changes at dusk
    expect(editor.locator(".ace-cloud_editor_dark")).to_be_visible()
    actions = [s["Action"] for s in document(editor)["Statement"]]  # type: ignore[attr-defined]
    flat = {action for some in actions for action in some}
    assert {"ec2:CreateTags", "ec2:DescribeVpcs", "ec2:RunInstances"} <= flat


def test_an_arn_is_previewed_while_it_is_typed(editor: Page, world: World) -> None:
    editor.get_by_text("Write (6)").click()
    editor.get_by_label("AssumeRole", exact=True).check()
    editor.get_by_role("button", name="Add ARNs").click()
    dialog = editor.get_by_role("dialog", name="Specify ARNs")
    dialog.get_by_label("Resource role name with path", exact=True).fill("S3Role")
    arn = f"arn:aws:iam::{world.account_id}:role/S3Role"
    expect(dialog.get_by_text(arn)).to_be_visible()
    editor.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(editor.get_by_role("button", name="Add ARNs")).to_be_focused()
    editor.keyboard.press("Enter")
    dialog.get_by_label("Resource role name with path", exact=True).fill("S3Role")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("list", name="ARNs of role").get_by_text(arn)).to_be_visible()


def test_visual_and_json_stay_in_step(editor: Page) -> None:
    editor.get_by_text("Write (6)").click()
    editor.get_by_label("AssumeRole", exact=True).check()
    editor.get_by_label("All", exact=True).check()
    editor.get_by_role("button", name="JSON", exact=True).click()
    expect(editor.locator(".ace_content")).to_be_visible()
    written = document(editor)
    written["Statement"][0]["Action"] = ["sts:AssumeRole", "sts:AssumeRoot"]  # type: ignore[index]
    write(editor, json.dumps(written))
    editor.get_by_role("button", name="Visual", exact=True).click()
    manual = editor.get_by_role("list", name="Manual actions")
    expect(manual.get_by_text("sts:AssumeRoot")).to_be_visible()
    expect(editor.get_by_label("AssumeRole", exact=True)).to_be_checked()


def test_a_stale_answer_takes_no_waiting_click_away(editor: Page) -> None:
    """The answer to the first tick knows nothing of the second: its part asks again."""
    held = hold_the_first(editor)
    editor.get_by_text("Write (6)").click()
    with editor.expect_request("**/inline/create"):
        editor.get_by_label("AssumeRole", exact=True).check()
    editor.get_by_label("All", exact=True).check()
    editor.get_by_role("button", name="JSON", exact=True).click()
    held[0].continue_()
    expect(editor.locator(".ace_content")).to_be_visible()
    assert document(editor)["Statement"][0]["Resource"] == "*"  # type: ignore[index]


def test_a_check_of_what_is_typed_takes_no_waiting_click_away(editor: Page) -> None:
    """As on a slow line: the first check is on its way, the click waits, a second check is due."""
    editor.get_by_role("button", name="JSON", exact=True).click()
    expect(editor.locator(".ace_content")).to_be_visible()
    held = hold_the_first(editor)
    with editor.expect_request("**/inline/create"):
        write(editor, json.dumps({"Version": "2012-10-17", "Statement": []}))
    editor.evaluate(
        """() => { window.due = new Promise((go) => document.addEventListener("htmx:trigger",
            (event) => event.target.matches("[hx-vals*=check]") && go())) }"""
    )
    editor.locator(".ace_content").click()
    editor.keyboard.insert_text(" ")
    editor.get_by_role("button", name="Visual", exact=True).click()
    editor.evaluate("() => window.due")
    held[0].continue_()
    expect(editor.get_by_role("button", name="Add more permissions")).to_be_visible()
    expect(editor.locator(".ace_content")).to_be_hidden()


def test_findings_follow_what_is_typed(editor: Page) -> None:
    editor.get_by_role("button", name="JSON", exact=True).click()
    expect(editor.locator(".ace_content")).to_be_visible()
    write(editor, '{"Version": "2012-10-17", "Statement": [')
    expect(editor.get_by_role("tab", name="Errors: 1")).to_be_visible()
    editor.get_by_role("button", name="Visual", exact=True).click()
    expect(editor.get_by_role("alert").filter(has_text="Ln 1")).to_be_visible()
    expect(editor.locator(".ace_content")).to_be_visible()


def test_info_of_an_action_opens_in_the_help_panel(editor: Page) -> None:
    editor.get_by_text("Write (6)").click()
    editor.get_by_role("link", name="Info about AssumeRole", exact=True).click()
    panel = editor.get_by_role("complementary", name="Help panel")
    expect(panel.get_by_role("heading", name="sts:AssumeRole")).to_be_visible()


def test_the_fourth_document_is_pasted_marked_and_repaired(page: Page, world: World) -> None:
    page.goto("/iam/roles/S3Role/trust")
    expect(page.locator(".ace_content")).to_be_visible()
    write(page, AS_PRINTED.replace("ACCOUNT", world.account_id))
    expect(page.get_by_role("button", name="Use the repaired document")).to_be_visible()
    expect(page.get_by_role("button", name="Ln 2, Col 3")).to_be_visible()
    page.get_by_role("button", name="Use the repaired document").click()
    expect(page.get_by_role("tab", name="Errors: 0")).to_be_visible()
    page.get_by_role("button", name="Update policy").click()
    expect(page.get_by_text("Trust policy updated.")).to_be_visible()


def test_the_pane_follows_the_cursor_and_writes_into_the_editor(page: Page, world: World) -> None:
    page.goto("/iam/roles/S3Role/trust")
    pane = page.get_by_role("region", name="Edit statement")
    expect(pane.get_by_text("Select a statement", exact=True).first).to_be_visible()
    pane.get_by_role("button", name="Add new statement").click()
    expect(pane.get_by_role("heading", name="Edit statement Statement1")).to_be_visible()
    pane.get_by_label("ARN", exact=True).fill("111122223333")
    page.keyboard.press("Enter")
    expect(pane.get_by_role("list", name="Principals")).to_contain_text("111122223333")
    pane.get_by_label("TagSession").check()
    included = pane.get_by_role("list", name="Included actions")
    expect(included).to_contain_text("sts:TagSession")
    expect(page.locator(".ace_content")).to_contain_text("sts:TagSession")
    made = document(page)["Statement"][1]  # type: ignore[index]
    assert made["Principal"] == {"AWS": "111122223333"}
    page.locator(".ace_content").click(position={"x": 5, "y": 5})
    page.keyboard.press("Control+Home")
    expect(pane.get_by_role("heading", name="Edit statement", exact=True)).to_be_visible()
    page.keyboard.press("Control+End")
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(pane.get_by_role("heading", name="Edit statement Statement1")).to_be_visible()
    write(page, '{"Statement": [')
    expect(pane.get_by_text("once the document is valid JSON")).to_be_visible()


def test_the_pane_loads_what_is_opened_and_keeps_what_is_ticked(editor: Page) -> None:
    editor.get_by_role("button", name="JSON", exact=True).click()
    expect(editor.locator(".ace_content")).to_be_visible()
    pane = editor.get_by_role("region", name="Edit statement")
    pane.get_by_role("button", name="Add new statement").click()
    pane.get_by_placeholder("Choose a service").fill("EC2")
    editor.keyboard.press("Enter")
    expect(pane.get_by_label("StopInstances", exact=True)).to_have_count(0)
    pane.get_by_text("Tagging (2)").click()
    pane.get_by_label("CreateTags", exact=True).check()
    included = pane.get_by_role("list", name="Included actions")
    expect(included).to_contain_text("ec2:CreateTags")
    expect(pane.get_by_label("CreateTags", exact=True)).to_be_focused()
    pane.get_by_placeholder("Filter Actions").fill("stop instances")
    pane.get_by_label("StopInstances", exact=True).check()
    expect(included).to_contain_text("ec2:StopInstances")
    pane.get_by_placeholder("Filter Actions").fill("")
    expect(pane.get_by_text("Tagging (Selected 1/2)")).to_be_visible()
    held = hold_the_first(editor)
    pane.get_by_text("Permissions management (").click()
    pane.get_by_label("All permissions management actions").check()
    held[0].continue_()
    expect(included).to_contain_text("ec2:ModifySnapshotAttribute")
    written = re.compile("CreateTags.*StopInstances.*ModifySnapshotAttribute", re.DOTALL)
    expect(editor.locator("#id_document")).to_have_value(written)
