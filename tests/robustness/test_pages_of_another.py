"""Each address with another's identifiers is answered as one with identifiers of nobody.

The addresses come from the URL configuration: a new one is tried without a line here, and fails
until an estate has something under the names in it. Bob, whose they are, is shown each page first.
The API's, an administrator's and a class's outsiders have tests of their own beside theirs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from pytest_django import DjangoDbBlocker

from console.classes.staff import new_class
from console.signin.models import FailedSignIn
from iam.models import Sandbox
from tests.classes.conftest import instructor
from tests.consoles import console_behind
from tests.pages.visitor import text_of
from tests.robustness.addresses import address, arguments, routes
from tests.robustness.estates import Estate, browser_of, estate_of
from tests.robustness.test_every_post import FIELDS
from tests.worlds import ACCOUNT_ID, make_world

_CHOSEN = "asks about what was chosen on the page before"
_OF_ROOT = "root has no such credentials; a user's page shows them"
NOT_SHOWN = {
    "assignment_hand_in": "the work is still to do",
    "attempt_answer_why": "no question was answered",
    "audiences_remove": _CHOSEN,
    "certificate": "a track is certified when it is done",
    "cloudtrail_download": _CHOSEN,
    "entity_policies_remove": _CHOSEN,
    "function_test": "leads to the function, whose form runs it",
    "group_users_remove": _CHOSEN,
    "idp_assertion": "shows what a person asked for at its provider",
    "idp_token": "shows what a person asked for at its provider",
    "instance_connect": "leads to the console of the instance",
    "join_class": "leads a student into the class",
    "lti_enter": "leads a student of a platform into the class, once",
    "mfa_remove": _CHOSEN,
    "mfa_resync": _CHOSEN,
    "own_credential_upload": _OF_ROOT,
    "own_ssh_key": _OF_ROOT,
    "policy_detach": _CHOSEN,
    "provider_delete": _CHOSEN,
    "teach_scenario_seed": "leads back to the scenario",
    "user_groups_remove": _CHOSEN,
}
"""What is not answered with a page even to Bob, and why."""
REFUSED = {403, 404, 405}
FOR_WHO_HAS_IT = {"join_class", "lti_enter", "open_world"}
"""A code or a link, which lets in whoever was given it."""
PUBLISHED = {"idp_discovery", "idp_jwks", "idp_metadata"}
"""What an identity provider publishes, for AWS to read."""
ENDED_BY_A_FORM = {
    "my_token_revoke": "token_id",
    "teach_platform_remove": "platform_id",
    "teach_webhook_remove": "webhook_id",
}
"""What no page names, and its owner ends by a form."""
NAMES_NOBODY = {"action", "kind", "path", "region", "service", "task_id", "topic", "track_slug",
                "verb"}  # fmt: skip


@dataclass(frozen=True)
class Request:
    """An address of the site with what names something of Bob's, and with what names nobody."""

    name: str
    route: str
    url: str
    unknown: str
    twins: list[tuple[str, str]]


def unknown(value: Any) -> Any:
    """Return an identifier of the same shape that nobody has."""
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, int):
        return 987_654
    if ACCOUNT_ID in (text := str(value)):
        return text.replace(ACCOUNT_ID, "975050059570")
    return text[:-1] + ("y" if text[-1:] != "y" else "z")


def is_bobs(name: str, route: str) -> bool:
    """Return whether a name in a route stands for something of somebody's."""
    if name == "lab_slug":  # labs are everybody's, drafts their author's
        return route.startswith("teach/author/")
    return name not in NAMES_NOBODY and not (name == "slug" and route.startswith("iam/"))


def requests_to(estate: Estate) -> Iterator[Request]:
    """Yield what names something in an address or its query, of every route but the API's."""
    for name, route in routes().items():
        named, query = estate.named(route), estate.query(route)
        if route.startswith("api/") or not (arguments(route) or query):
            continue
        assert set(named) == set(arguments(route)), f"an estate has nothing for {route}"
        of_nobody = {n: unknown(v) if is_bobs(n, route) else v for n, v in named.items()}
        about_nobody = {n: unknown(v) if n in {"arn", "principal"} else v for n, v in query.items()}
        yield Request(
            name,
            route,
            f"{address(route, named)}?{urlencode(query)}",
            f"{address(route, of_nobody)}?{urlencode(about_nobody)}",
            [(str(v), str(of_nobody[n])) for n, v in named.items() if of_nobody[n] != v]
            + [(v, about_nobody[n]) for n, v in query.items()],
        )


@pytest.fixture(scope="module")
def bob(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Estate]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield estate_of("bob")
        transaction.set_rollback(True)


def test_every_page_is_shown_to_whose_the_identifiers_are(bob: Estate, db: None) -> None:
    browser, answered, others = bob.browser(), set(), {}
    for one in requests_to(bob):
        if one.name in FOR_WHO_HAS_IT:
            continue
        status = browser.get(one.url).status_code
        if status == 200:
            answered |= set(arguments(one.route))
        elif status != 405:  # a form alone, whose page is another
            others[one.name] = status
    assert set(others) == set(NOT_SHOWN) - FOR_WHO_HAS_IT
    named = {n for one in requests_to(bob) for n in arguments(one.route) if is_bobs(n, one.route)}
    assert named - answered == {"code", "token", *ENDED_BY_A_FORM.values()}
    for one in requests_to(bob):
        if one.name in ENDED_BY_A_FORM:
            assert browser.post(one.url).status_code == 302, one.name


def rows_of_others(user: User) -> dict[str, Any]:
    """Return every row of the site but a browser's own and those of a user's sandboxes."""
    found: dict[str, Any] = {}
    for model in set(apps.get_models()) - {Session, FailedSignIn}:
        rows = model._base_manager.all()
        if model is Sandbox:
            rows = rows.exclude(owner=user)
        elif "sandbox" in {one.name for one in model._meta.concrete_fields}:
            rows = rows.exclude(sandbox__owner=user)
        key = model._meta.pk.attname
        found |= {f"{model._meta.label} {row[key]}": row for row in rows.values()}
    return found


def plain_text(response: Any, one: Request) -> str:
    """Return what a page says, with nobody's identifiers in the place of Bob's."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return repr(response.getvalue()) if response.streaming else repr(response.content)
    text = text_of(response)
    for own, of_nobody in one.twins:
        text = text.replace(own, of_nobody)
    return text


def test_to_another_each_page_is_one_about_nobody(bob: Estate, db: None) -> None:
    user, world = instructor("alice"), make_world("alice", "444455556666")
    new_class(user, "8a", "UTC")
    browser = browser_of(user, world)
    fields = dict.fromkeys(FIELDS, "x") | {"identity": console_behind(browser).identity}
    before, found = rows_of_others(user), []
    asked = [one for one in requests_to(bob) if one.name not in FOR_WHO_HAS_IT | PUBLISHED]
    for one in asked:
        response = browser.get(one.url)
        if response.status_code not in REFUSED:
            of_nobody = browser.get(one.unknown)
            if plain_text(response, one) != plain_text(of_nobody, one):
                found.append(f"get {one.name}")
    for one in asked:
        status = browser.post(one.url, fields).status_code
        if status not in REFUSED and status != browser.post(one.unknown, fields).status_code:
            found.append(f"post {one.name}: {status}")
    assert found == []
    after = rows_of_others(user)
    assert {key for key, row in before.items() if after.get(key) != row} == set()
