"""What somebody typed or sent is text on every page that shows it, in SVG and in CSV.

Pages come from the URL configuration, columns from the models: a new column is on one of the
lists, or a test fails.
"""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from console.administration.models import ClassImport
from tests.robustness.addresses import address, routes
from tests.robustness.estates import LAB, Estate, estate_of
from tests.robustness.hostile import CLOSED, OPEN, becomes_markup, columns, spoil

LEAVES = {"lti_enter", "site_logout", "signout", "open_world", "join_class", "login", "logout"}


@pytest.fixture(scope="module")
def bob(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Estate]:
    with django_db_blocker.unblock(), transaction.atomic():
        estate = estate_of("bob")
        made = ClassImport.objects.create(owner=estate.owner, finished_at=timezone.now())
        estate.values["import_id"] = made.public_id
        assert spoil() > 400
        yield estate
        transaction.set_rollback(True)


def wrong_in(response: Any) -> str:
    """Return what is wrong with how a response shows the texts; empty if nothing is."""
    if response.status_code >= 500:
        return f"{response.status_code} {response.exc_info}"
    content_type = response.get("Content-Type", "").partition(";")[0]
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode("utf-8", "replace")
    if content_type == "text/csv":
        cells = (cell for row in csv.reader(text.splitlines()) for cell in row)
        return "a formula" if any(cell.startswith(("=", "+", "@")) for cell in cells) else ""
    markup = content_type in {"text/html", "image/svg+xml"}
    return "markup" if markup and becomes_markup(text) else ""


def responses(client: Client, urls: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for name, url in urls.items():
        if name not in LEAVES:
            yield name, client.get(url)


def test_each_column_is_tried_or_holds_no_markup() -> None:
    missing = [
        f"{label} {field.name}"
        for label, field in columns()
        if field.name not in CLOSED and field.name not in OPEN.get(label, "").split()
    ]
    known = {(label, field.name) for label, field in columns()}
    gone = {(label, name) for label, names in OPEN.items() for name in names.split()} - known
    assert (missing, gone) == ([], set())


def test_no_page_of_the_site_makes_markup_of_it(bob: Estate, db: None) -> None:
    urls = {name: f"{address(route, bob.named(route))}?{urlencode(bob.query(route))}"
            for name, route in routes().items() if not route.startswith("api/")}  # fmt: skip
    found = {name: wrong_in(one) for name, one in responses(bob.browser(), urls)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_no_page_of_the_administration_makes_markup_of_it(bob: Estate, db: None) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.create_superuser("ada"))
    own = {"number": bob.owner.pk, "lab_slug": LAB, "object_id": 1}
    values = {**bob.values, **own}
    urls = {name: address(route, values) for name, route in routes(admin=True).items()}
    found, shown = {}, 0
    for name, response in responses(browser, urls):
        found[name] = wrong_in(response)
        shown += not response.streaming and b"data-hostile" in response.content
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert shown > 20
