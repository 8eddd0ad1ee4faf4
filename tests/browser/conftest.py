"""A real browser on the live site; whatever it complains of on its console fails the test."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from console.labs.catalog import all_labs
from console.labs.scenarios import DEMO, SeededSandbox, seed_scenario
from console.labs.site_users import site_student
from iam.models import Account
from sts.built_in import name_of
from tests.browser.bundled import bundles_served
from tests.browser.chromium import NO_BROWSER, find_browser
from tests.browser.student import MAIN, Arrive, Student
from tests.pages.visitor import Visitor
from tests.worlds import World

S3_FULL_ACCESS = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
_FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = find_browser()
    if executable is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(NO_BROWSER)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*_FLAGS, "--no-sandbox"] if root else _FLAGS
    return {**browser_type_launch_args, "executable_path": executable, "args": flags}


@pytest.fixture(scope="session", autouse=True)
def kept_static_files() -> Iterator[None]:
    """Let the browser keep scripts and styles, as their hashed names do outside of tests."""
    with pytest.MonkeyPatch.context() as patched:
        serve = StaticFilesHandler.serve

        def serve_to_keep(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
            response: HttpResponseBase = serve(self, request)
            response["Cache-Control"] = "max-age=3600"
            return response

        patched.setattr(StaticFilesHandler, "serve", serve_to_keep)
        yield


@pytest.fixture(scope="package", autouse=True)
def bundled_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with bundles_served(tmp_path_factory.mktemp("bundled")):
        yield


@pytest.fixture(scope="session")
def shared_context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """Return the one context of all tests, since a new one for each costs a quarter of a second.

    All pages and labs are loaded before, since a first page's clock would run meanwhile.
    """
    resolve("/")
    all_labs()
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 1440, "height": 900},
        locale="en-US",
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    expect.set_options(timeout=15_000)  # a slow machine shares its cores
    yield context
    context.close()


@pytest.fixture
def page(shared_context: BrowserContext, live_server: LiveServer) -> Iterator[Page]:
    """Return a page signed in nowhere, on a site whose addresses may be given without a host."""
    complaints: list[str] = []

    def listen(page: Page) -> None:
        page.on("console", lambda message: complaints.extend(_complaint(message)))
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        page.on("response", lambda response: complaints.extend(_server_error(response)))
        page.on("popup", listen)

    page = shared_context.new_page()
    listen(page)
    yield page
    for popup in set(shared_context.pages) - {page}:
        popup.close()
    if page.url.startswith(live_server.url):
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.close()
    shared_context.clear_cookies()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def arrive(page: Page, live_server: LiveServer) -> Arrive:
    """Sign a user, or without a name root, in to the IAM dashboard with no page on the way."""

    def enter(world: World, user: str = "", account_id: str = "") -> None:
        cookies = Visitor(world, user, account_id).client.cookies
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": n, "value": m.value, "url": live_server.url} for n, m in cookies.items()]
        )
        page.goto("/iam/")

    return enter


@pytest.fixture
def seeded(page: Page) -> SeededSandbox:
    del page
    return seed_scenario(DEMO.read_text(encoding="utf-8"), site_student("alice"), public=True)


@pytest.fixture
def world(seeded: SeededSandbox) -> World:
    return World(seeded.sandbox, Account.in_sandbox(seeded.sandbox).get(account_id=MAIN))


@pytest.fixture
def student(page: Page, seeded: SeededSandbox) -> Student:
    """Return a person at the browser who knows the passwords of the notes' world."""
    passwords = {
        (account.account_id, user.name): user.password
        for account in seeded.accounts
        for user in account.users
    }
    return Student(page, passwords, f"/idp/{name_of(seeded.sandbox).slug}/")


@pytest.fixture
def owner(student: Student, seeded: SeededSandbox, live_server: LiveServer) -> Student:
    """Return the student in a browser that is logged in to the site as the sandbox's owner."""
    client = Client()
    client.force_login(seeded.sandbox.owner)
    student.page.context.add_cookies(
        [{"name": n, "value": m.value, "url": live_server.url} for n, m in client.cookies.items()]
    )
    return student


@pytest.fixture
def with_role(world: World, student: Student) -> Student:
    """Return a student in whose account the role S3Access is."""
    world.add_role("S3Access")
    world.do("AttachRolePolicy", RoleName="S3Access", PolicyArn=S3_FULL_ACCESS)
    return student


def _complaint(message: ConsoleMessage) -> list[str]:
    """Return what an error on the console says, unless it only repeats a page's own refusal."""
    refusals = ("Failed to load resource: the server responded with a status of 4", "Response Sta")
    if message.type != "error":
        return []
    address = message.location.get("url", "")
    if message.text.startswith(refusals) and "/static/" not in address.split("?")[0]:
        return []
    return [f"{message.text} ({address})"]


def _server_error(response: Response) -> list[str]:
    return [f"{response.status} {response.url}"] if response.status >= 500 else []
