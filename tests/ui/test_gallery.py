"""Every component in one page, under the site's own policy."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("gallery_settings")


@pytest.fixture
def gallery(client: Client):
    return client.get("/?flash&errors").content.decode()


def test_the_gallery_shows_every_component(gallery: str):
    assert "Access denied" in gallery
    assert "Rolecall is a teaching tool, not an AWS product." in gallery


def test_nothing_is_inline_that_a_strict_policy_forbids(gallery: str):
    assert not re.search(r"\son\w+=", gallery)
    assert not re.search(r"\sstyle=", gallery)
    assert not re.search(r"<script(?![^>]*(\bsrc=|application/json))", gallery)


def test_the_typed_text_of_a_user_is_escaped_in_a_flash_bar(gallery: str):
    assert "Role &lt;S3Role&gt; created." in gallery


def test_no_form_stands_inside_another(gallery: str):
    depth = deepest = 0
    for tag in re.findall(r"<(/?)form\b", gallery):
        depth += -1 if tag else 1
        deepest = max(deepest, depth)
    assert deepest == 1


def test_every_form_of_the_console_carries_the_identity_it_was_shown_to(gallery: str):
    for form in re.findall(r'<form method="post".*?</form>', gallery, re.DOTALL):
        assert 'name="identity" value="AKIAEXAMPLE"' in form
        assert "csrfmiddlewaretoken" in form


def test_no_two_elements_share_an_id(gallery: str):
    ids = re.findall(r'\sid="([^"]+)"', gallery)
    assert sorted(ids) == sorted(set(ids))


def test_an_error_stands_at_its_field_and_is_announced_with_it(gallery: str):
    control = re.search(r'<input[^>]*id="id_name"[^>]*>', gallery)
    assert control
    assert 'aria-invalid="true"' in control[0]
    assert "id_name-error" in control[0]
    assert 'value="bad name!"' in control[0]


def test_the_account_menu_of_a_role_shows_both_identities(client: Client):
    page = client.get("/?color=blue").content.decode()
    menu = page[page.index('id="account-menu"') :]
    for words in ("Currently active as", "1111-2222-3333", "Signed in as", "9750-5005-9573"):
        assert words in menu
    for button in ("Switch back", "Switch role", "Sign out", "Role history"):
        assert button in menu
    assert "topbar__account is-role role-blue" in page


def test_the_wizard_says_where_one_is(client: Client):
    page = client.get("/wizard?step=permissions").content.decode()
    assert "Step 2 of 3" in page
    assert '<a href="/wizard?step=trust">Select trusted entity</a>' in page
    assert re.search(r"<h1[^>]*>Add permissions", page)


def test_chosen_display_comes_from_cookies_and_nothing_else_does(client: Client):
    client.cookies["rolecall_theme"] = "dark"
    client.cookies["rolecall_density"] = 'compact" onload="x'
    page = client.get("/").content.decode()
    assert '<html lang="en" data-theme="dark">' in page
