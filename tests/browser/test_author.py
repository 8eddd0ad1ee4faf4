"""A lab written in a real browser: what is typed is checked at its line, and shown."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from console.labs.authoring.draft_files import files_of
from console.labs.authoring.drafts import begin_draft
from console.labs.files.new_lab import scaffold_files
from console.labs.models import LabDraft
from console.labs.site_users import INSTRUCTORS


@pytest.fixture
def draft(page: Page, live_server: LiveServer) -> LabDraft:
    """Return a draft of Tess, whom the browser is logged in as."""
    tess = User.objects.create_user("tess")
    tess.groups.add(Group.objects.get_or_create(name=INSTRUCTORS)[0])
    client = Client()
    client.force_login(tess)
    page.context.add_cookies(
        [{"name": n, "value": m.value, "url": live_server.url} for n, m in client.cookies.items()]
    )
    return begin_draft(tess, "our-lab", scaffold_files())


def test_a_text_is_checked_and_shown_while_it_is_typed_then_saved(
    page: Page, draft: LabDraft
) -> None:
    page.goto("/teach/author/our-lab/")
    page.get_by_role("link", name="text/debrief.md", exact=True).click()
    page.locator(".ace_content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Now **you** know, {nobody}.")

    expect(page.get_by_text("stands for nothing here")).to_be_visible()
    expect(page.locator(".ace_gutter-cell.ace_error")).to_have_count(1)
    expect(page.get_by_role("strong").filter(has_text="you")).to_be_visible()
    for _ in "{nobody}.":
        page.keyboard.press("Backspace")
    expect(page.get_by_text("stands for nothing here")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("text/debrief.md is saved.")).to_be_visible()
    assert files_of(draft)["text/debrief.md"] == "Now **you** know, "


def test_lab_yaml_has_its_faults_at_their_lines(page: Page, draft: LabDraft) -> None:
    page.goto("/teach/author/our-lab/edit/lab.yaml")
    expect(page.get_by_text("still to do: the task, in a few words")).to_be_visible()
    expect(page.locator(".ace_gutter-cell.ace_error").first).to_be_visible()
