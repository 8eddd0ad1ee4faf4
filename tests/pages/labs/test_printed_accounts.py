"""In a world with other account IDs than the course prints, the pages offer the right one."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from console.labs.printed_accounts import account_meant, text_meant
from console.labs.worlds import own_names
from tests.consoles import console_behind
from tests.pages.labs.conftest import logged_in
from tests.pages.visitor import text_of

PRINTED = "975050059573"
LAB = "the-course-2"


@pytest.fixture
def course(db):
    """Alice's world of the course's second part, whose account has another ID."""
    logged_in("alice")
    attempt = begin_attempt(get_user_model().objects.get(username="alice"), all_labs()[LAB])
    assert own_names(attempt.sandbox)["main"] != PRINTED
    return attempt.sandbox


@pytest.fixture
def console(course):
    """Alice, signed in as admin."""
    client = logged_in("alice")
    found = {"account": own_names(course)["main"], "user": "admin"}
    assert client.post(reverse("enter_as"), found).status_code == 302
    return client


def post(client, url, **fields):
    identity = console_behind(client).identity
    return client.post(url, {"identity": identity, **fields}, follow=True)


@pytest.mark.parametrize("typed", [PRINTED, "9750-5005-9573", " Root Account ID "])
def test_what_the_notes_print_means_the_worlds_first_account(course, typed):
    assert account_meant(course, typed) == own_names(course)["main"]


@pytest.mark.parametrize("typed", ["", "123456789012", "course-alias", "97505005957"])
def test_what_the_notes_do_not_print_means_nothing_else(course, typed):
    assert account_meant(course, typed) == ""
    assert text_meant(course, f'{{"AWS": "{typed}"}}') == (f'{{"AWS": "{typed}"}}', [])


def test_the_printed_account_is_offered_on_switch_role_and_filled_in(course, console):
    own = own_names(course)["main"]
    page = post(console, reverse("switchrole"), account=PRINTED, roleName="S3Access")
    assert "In your world this account is" in text_of(page)
    filled = post(console, reverse("switchrole"), account=PRINTED, roleName="S3Access", fill=own)
    assert filled.context["form"]["account"].value() == own
    assert filled.context["form"]["roleName"].value() == "S3Access"


def test_the_printed_account_is_offered_in_the_trust_policy_and_filled_in(course, console):
    own, url = own_names(course)["main"], reverse("trust_edit", args=["S3Access"])
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{PRINTED}:root"},
        "Action": "sts:AssumeRole",
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    page = post(console, url, document=text, do="check")
    assert f"In your world this account is {own}." in text_of(page)
    filled = post(console, url, document=text, do="fill")
    assert "Nothing is saved yet." in text_of(filled)
    assert filled.context["draft"].text == text.replace(PRINTED, own)
