"""The picker of a service for whom is faster than the line: the list comes when one types."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.student import Arrive
from tests.pages.visitor import open_world


@pytest.fixture(autouse=True)
def _root_of_a_world(arrive: Arrive) -> None:
    arrive(open_world())


def test_a_service_typed_before_the_scripts_run_is_listed_too(page: Page) -> None:
    held: list[Route] = []
    page.route(re.compile(r"htmx.*\.js"), lambda route: held.append(route))  # noqa: PLW0108
    page.goto("/iam/policies/create", wait_until="commit")
    page.get_by_placeholder("Choose a service").fill("STS")
    held[0].continue_()
    expect(page.get_by_role("button", name="STS Security Token")).to_be_visible()


ENTER_AS_IT_COMES = """document.addEventListener("htmx:afterSwap", () =>
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {
        key: "Enter", bubbles: true, cancelable: true })), {once: true})"""


def test_enter_in_the_moment_the_list_comes_takes_what_was_typed(page: Page) -> None:
    held: list[Route] = []
    page.route("**/actions/services?*", lambda route: held.append(route))  # noqa: PLW0108
    page.goto("/iam/policies/create")
    with page.expect_request("**/actions/services?*"):
        page.get_by_placeholder("Choose a service").press_sequentially("STS")
    page.evaluate(ENTER_AS_IT_COMES)
    held[0].continue_()
    expect(page.get_by_text("Write (6)")).to_be_visible()
