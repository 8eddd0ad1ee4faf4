"""Pictures of every page, and what axe finds on each: `make shots`, no part of the tests.

The pages are found by following links from the start page as a visitor, a student, a teacher who
is the administrator, and the root of the demo's account, and by every address of the site with
names that exist. Each route is opened once for each tab, step and help topic. Its HTML is kept
beside its pictures, for a validator.
"""

import html
import os
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

from django.contrib.auth.models import User
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from console.classes.demo import make_demo_class
from console.classes.models import Enrollment
from tests.browser.site_login import hand_over
from tests.browser.test_accessibility import faults
from tests.robustness.cast import Demo, Guest, furnished
from tests.robustness.test_every_get import existing

FOLDER = Path(os.environ.get("ROLECALL_SCREENSHOTS") or "var/screenshots")
LOOKS = [(width, scheme) for width in (1440, 390) for scheme in ("light", "dark")]
TELLING = ("tab", "step", "kind")
"""What a query says that makes another page of one route."""
OF_OTHERS = {"api_docs"}
"""Pages that Swagger UI draws: its buttons within buttons and its colors are its own."""
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)', re.DOTALL)

CONTRAST = """() => axe.run({runOnly: ["color-contrast"], resultTypes: ["violations"]})
    .then(({violations}) => violations)"""

Key = tuple[str, ...]


def key_of(address: str) -> Key | None:
    """Return what makes a page another one: its route, kind, help topic, tab and step."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    query = parse_qs(parts.query)
    named = [str(found.kwargs[one]) for one in ("topic", "kind") if one in found.kwargs]
    return (found.url_name or parts.path, *named, *(query.get(one, [""])[0] for one in TELLING))


def pages(client: Client, starts: list[str], seen: set[Key]) -> Iterator[tuple[str, Key, str]]:
    """Yield the pages that a browser can open, each key once, with their HTML: follow links."""
    waiting = deque(starts)
    while waiting:
        address = waiting.popleft()
        key = key_of(address)
        if key is None or key in seen:
            continue
        response = client.get(address)
        if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
            continue
        body = response.content.decode()
        if "<html" not in body:
            continue
        seen.add(key)
        yield address, key, body
        links = (urljoin(address, html.unescape(link)) for link in _LINK.findall(body))
        waiting.extendleft(link for link in links if link.startswith("/"))


def visitors(demo: Demo) -> dict[str, tuple[Client, str]]:
    """Return who looks, each with the page they begin at."""
    boss = User.objects.create_superuser("boss")
    course_class = make_demo_class(
        boss, students=8, name="Cloud roles", labs=["same-account-role"], seed=1
    )
    root, student, teacher = Guest(), Client(), Client()
    root.client.force_login(demo.seeded.sandbox.owner)
    student.force_login(Enrollment.objects.order_by("pk")[2].user)
    teacher.force_login(boss)
    root.enter(demo, "")
    return {
        "root": (root.client, "/"),
        "teacher": (teacher, f"/teach/{course_class.public_id}/"),
        "student": (student, f"/classes/{course_class.public_id}/"),
        "nobody": (Client(), "/"),
    }


def dark_faults(page: Page) -> list[str]:
    """Return what axe finds after `faults`: only colors can differ in the dark."""
    found = page.evaluate(CONTRAST)
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def shoot(page: Page, address: str, name: str) -> list[str]:
    """Take the page in every look; return what axe finds there."""
    page.goto(address)
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
        seen = faults(page) if scheme == "light" else dark_faults(page)
        found += [f"{width} {scheme}: {one}" for one in seen]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{width}: {address} is {wide} px too wide"] if wide > 0 else []
    return found


def write_index(names: dict[str, str]) -> None:
    figures = [
        f"<h2>{html.escape(address)}</h2>"
        + "".join(f'<img src="{name}-{w}-{s}.png" alt="{w} {s}" loading="lazy">' for w, s in LOOKS)
        for name, address in names.items()
    ]
    style = "<style>img { height: 480px; margin: 4px; vertical-align: top }</style>"
    (FOLDER / "index.html").write_text(f"<!doctype html>{style}{''.join(figures)}")


def test_every_page_is_pictured_and_axe_finds_nothing(page: Page, live_server: LiveServer) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.set_default_timeout(120_000)  # a picture of a long page takes as long as the machine does
    demo = furnished()
    starts, seen = existing(demo), set[Key]()
    names: dict[str, str] = {}
    found = []
    for who, (client, first) in visitors(demo).items():
        for address, key, body in pages(client, [first, *starts], seen):
            name = re.sub(r"[^\w.-]+", "_", "-".join([who, *filter(None, key)]))
            names[name] = f"{who}: {address}"
            (FOLDER / f"{name}.html").write_text(body)
            hand_over(page, client, live_server)
            faulty = [f"{who}: {one}" for one in shoot(page, address, name)]
            found += [] if key[0] in OF_OTHERS else faulty
            write_index(names)
    assert found == [], "\n".join(found)
