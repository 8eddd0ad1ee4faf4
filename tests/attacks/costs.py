"""What requests cost that are made to cost much: CPU seconds of each, without a socket.

Run by `manage.py shell` on a database of its own.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from time import process_time
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from console.labs.authoring.drafts import begin_draft
from console.labs.catalog import all_labs
from console.labs.files.limits import LARGEST
from console.labs.scenarios import DEMO, seed_scenario
from console.labs.site_users import INSTRUCTORS
from console.tokens.issuing import LONGEST, issue_token
from console.tokens.scopes import known_scopes
from iam.models import Account
from iam.perform import perform
from iam.wire.errors import AwsError
from tests.consoles import console_behind
from tests.worlds import World, document

_MARKDOWN = {
    "brackets": "[",
    "stars": "*a ",
    "quotes": "> ",
    "lists": "- a\n  ",
    "links": "[a](b) ",
    "code": "`a",
    "pictures": "![",
    "items": "- a\n",
    "cells": "a|b\n-|-\n",
    "short rows": "a|b|c|d\n-|-|-|-\n" + "|\n" * 6 + "\n",
    "entities": "&#x",
}


@dataclass(frozen=True)
class Site:
    """A site with an instructor, who has a draft, a world and a token."""

    browser: Client
    world: World
    lab_slug: str
    token: str

    def send(self, name: str, *args: str, **fields: str) -> Any:
        identity = console_behind(self.browser).identity
        return self.browser.post(reverse(name, args=args), {"identity": identity, **fields})


def _site() -> Site:
    owner = User.objects.create_user("mallory")
    owner.groups.add(Group.objects.get_or_create(name=INSTRUCTORS)[0])
    sandbox = seed_scenario(DEMO.read_text(encoding="utf-8"), owner).sandbox
    world = World(sandbox, Account.in_sandbox(sandbox)[0])
    browser = Client(raise_request_exception=False)
    browser.force_login(owner)
    browser.post(reverse("enter_as"), {"account": world.account_id, "user": ""})
    begin_draft(owner, "our-lab", dict(all_labs()["same-account-role"].files))
    _, secret = issue_token(owner, "program", known_scopes(), LONGEST)
    return Site(browser, world, "our-lab", secret)


def _simulate(site: Site, *, actions: int, resources: int, patterns: int) -> None:
    names = [f"arn:aws:s3:::*a{number}*b?{number}*" for number in range(patterns)]
    asked = {
        "PolicyInputList": [document({"Effect": "Allow", "Action": "s3:*", "Resource": names})],
        "ActionNames": [f"s3:GetObject{n}" for n in range(actions)],
        "ResourceArns": [f"arn:aws:s3:::bucket-{n}/{'a' * 400}" for n in range(resources)],
    }
    perform(site.world.root(), "iam:SimulateCustomPolicy", asked)


def _labs(site: Site) -> Iterator[tuple[str, str]]:
    """Yield files of a lab that are as long as they may be, in words and as text."""
    own = all_labs()["same-account-role"].files["lab.yaml"]
    said = "".join(f"  q{number}: '{{a}} {{b}} {{c}}'\n" for number in range(5_000))
    assert "\nmessages:\n" in own
    yield "lab.yaml of names without meaning", own.replace("\nmessages:\n", f"\nmessages:\n{said}")
    yield "lab.yaml of numbers", f"a: [{'1,' * LARGEST['yaml']}"
    yield "lab.yaml of keys", "".join(f"a{number}: x\n" for number in range(12_000))


def _requests(site: Site) -> Iterator[tuple[str, Any]]:
    """Yield what is sent, in words, with a function that sends it."""
    yield (
        "SimulateCustomPolicy of 40 by 160 by 1,500",
        lambda: _simulate(site, actions=40, resources=160, patterns=1_500),
    )
    saml = "PHNhbWw+" * 393_216
    yield "3 MB to /signin/saml", lambda: site.browser.post("/signin/saml", {"SAMLResponse": saml})
    for name, text in (("brackets", "["), ("mappings", "{a: "), ("lists", "- ")):
        typed = {"do": "check", "text": text * 50_000}
        yield (
            f"50,000 {name} of YAML",
            lambda typed=typed: site.send("teach_scenario_create", **typed),
        )
    deep = '{"Version":"2012-10-17","Statement":' + "[" * 60_000
    for route in ("policy_create", "user_create"):
        yield (
            f"60,000 brackets to {route}",
            lambda route=route: site.send(route, do="next", mode="json", document=deep),
        )
    for name, text in _labs(site):
        typed = {"text": text[: LARGEST["yaml"]]}
        yield (
            name,
            lambda typed=typed: site.send("author_check", site.lab_slug, "lab.yaml", **typed),
        )
    for name, text in _MARKDOWN.items():
        most = (text * LARGEST["md"])[: LARGEST["md"]]
        yield (
            f"Markdown at its limit: {name}",
            lambda most=most: site.send("author_check", site.lab_slug, "teacher.md", text=most),
        )
    for name, text in (("brackets", "[" * 1_000_000), ("numbers", "9" * 1_000_000)):
        yield (
            f"1 MB of {name} to the API",
            lambda text=text: site.browser.post(
                "/api/classes",
                text,
                content_type="application/json",
                headers={"Authorization": f"Bearer {site.token}"},
            ),
        )


def _cost(send: Any) -> float:
    begun = process_time()
    with suppress(AwsError):  # refused, as it may be
        send()
    return process_time() - begun


def print_costs() -> None:
    """Print what each request costs (seconds), as JSON; nothing stays behind."""
    import_module("console.wsgi")  # a worker's: it searches for garbage less often
    with transaction.atomic():
        site = _site()
        for page in ("/", "/iam/", "/teach/author/", "/teach/scenarios/new", "/api/classes"):
            site.browser.get(page)  # what only the first request of a worker pays
        costs = {name: round(_cost(send), 3) for name, send in _requests(site)}
        transaction.set_rollback(True)
    print(json.dumps(costs))
