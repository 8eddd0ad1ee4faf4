"""No address of the site breaks, whoever asks and whatever stands in it."""

from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.robustness.addresses import address, arguments, routes
from tests.robustness.cast import Demo, Guest, visitors
from tests.robustness.held import PROXIED, behind_a_proxy, own_links, unheld
from tests.robustness.markup import malformed
from tests.robustness.page_parts import lacking
from tests.robustness.written import writes_of

ODD_NAMES = ("üñ 名\u2028", "\x00", "x" * 500, "..", "a/b'\"<script>", "9" * 30)
STORED_BY_BROWSERS = {
    *("api_docs", "api_schema", "healthz", "help", "help_topics"),
    *("idp_discovery", "idp_jwks", "idp_metadata", "lti_keys"),  # published for other systems
}
"""Pages that show nothing of anybody: of all others a browser keeps no copy, passwords or not."""
LONG, NUL = "x" * 2100, "\x00"  # an ARN, the longest that AWS names, has 2048 characters
OWN, AWS = "arn:aws:iam::975050059573:policy/Readers", "arn:aws:iam::aws:policy/IAMFullAccess"
# What every page reads, and what only some do, by how the names of their routes begin.
ODD_QUERIES: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {"page": "abc", "sort": "x", "tab": "x", "step": "9", "arn": "garbage", "selected": "x",
     "from": "-1", "to": "x", "after": "x", "key": "../", "prefix": "../", "color": "x",
     "action": "x:y", "resource": "x", "principal": "x", "everyone": "1", "source": "x"}),
    ("", {"page": "9" * 30, "size": "-1", "sort": NUL, "tab": NUL, "arn": NUL, "key": NUL,
     "step": NUL, "prefix": NUL, "search": NUL, "q": NUL, "selected": NUL, "version": NUL,
     "from": NUL}),
    ("", {"page": "-1", "q": LONG, "arn": LONG, "key": LONG, "version": "v0", "next": "//x",
     "to": LONG, "account": LONG, "search": LONG, "prefix": LONG, "selected": LONG, "after": LONG}),
    ("access", {"tab": "who", "action": NUL + ":", "resource": LONG, "mfa": "x"}),
    ("access", {"tab": "who", "action": "sts:AssumeRole", "resource": "arn:aws:iam::9:role/x"}),
    ("access", {"tab": "admin", "principal": LONG, "everyone": "1"}),
    ("policy", {"arn": OWN, "version": "v9", "step": "3", "tab": "versions"}),
    ("cloudtrail", {"from": "2026-13-45", "attribute": "EventId", "value": "x"}),
    ("policy", {"arn": AWS, "version": "v1", "step": "2", "tab": "entities"}),
    ("object", {"key": "welcome.txt", "version": "v1"}),
)  # fmt: skip


def broken(guest: Guest, urls: list[str]) -> list[str]:
    """Return those addresses that answer 500, and what went wrong."""
    found = []
    for url in urls:
        response = guest.get(url)
        if response.status_code >= 500:
            found.append(f"{url[:150]}: {getattr(response, 'exc_info', '')!r}"[:500])
    return found


def existing(demo: Demo) -> list[str]:
    """Return every address of the site, with names that exist."""
    values, found = demo.values(), []
    for name, route in routes().items():
        per_kind = "kind" in arguments(route) and route.startswith("iam/")
        kinds = ("users", "groups", "roles") if per_kind else ("events",)
        query = f"?arn={quote(demo.policy_arn, safe='')}" if name.startswith("policy") else ""
        found += [address(route, {**values, "kind": kind}) + query for kind in kinds]
    return found + [f"/s3/{demo.bucket}/{page}?key=welcome.txt" for page in ("object", "download")]


@pytest.mark.parametrize("who", ["nobody", "root", "admin", "user2", "role", "teacher"])
def test_every_address_is_only_read_and_answers_with_what_holds_a_browser_back(
    demo: Demo, who: str, settings: Any
) -> None:
    guest, wrong, links = visitors(demo, who)[who], {}, list[str]()
    behind_a_proxy(guest.client, settings)
    for url in existing(demo):
        with CaptureQueriesContext(connection) as asked:
            response = guest.get(url)
        broke = [f"{response.status_code}"] if response.status_code >= 500 else []
        name = response.resolver_match.url_name
        stored = response.status_code == 200 and "no-store" not in response.get("Cache-Control", "")
        if stored and name not in STORED_BY_BROWSERS:
            broke.append(f"a browser may store {name}")
        own = own_links(response)
        links += own
        past = [f"leads past the proxy: {link}" for link in own if not link.startswith(PROXIED)]
        pieces = [*lacking(response), *malformed(response)]
        written = writes_of(asked) if who != "teacher" else ()
        wrong[url] = [*broke, *unheld(response), *past, *pieces, *written]
    assert {url: found for url, found in wrong.items() if found} == {}
    if who == "root":
        assert any(link.startswith(f"{PROXIED}/switchrole?") for link in links)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_no_name_in_an_address_breaks_it(demo: Demo, name: str) -> None:
    guest = Guest().enter(demo, "")
    values = {**demo.values(), "event_id": uuid4()}
    urls = []
    for route in routes().values():
        wanted = [one for one in arguments(route) if one != "event_id"]
        urls += [address(route, {**values, one: name}) for one in wanted]
        urls += [address(route, values)] if "event_id" in route else []
    assert broken(guest, urls) == []


@pytest.mark.parametrize(("start", "query"), ODD_QUERIES, ids=range(len(ODD_QUERIES)))
def test_no_query_breaks_an_address(demo: Demo, start: str, query: dict[str, str]) -> None:
    guest = Guest().enter(demo, "")
    values = demo.values()
    asked = [route for name, route in routes().items() if name.startswith(start)]
    urls = [f"{address(route, values)}?{urlencode(query)}" for route in asked]
    assert urls
    assert broken(guest, urls) == []


def test_no_address_under_another_console_breaks(demo: Demo) -> None:
    guest = Guest().enter(demo, "")
    urls = [f"/c/abcdefgh{url}" for url in existing(demo)[::5]]
    urls += [f"/c/{odd}/iam/" for odd in ("x", "%00", "abcdefg%0a", "ABCDEFGH")]
    assert broken(guest, urls) == []


def test_no_page_of_the_admin_breaks(demo: Demo) -> None:
    guest = Guest()
    guest.client.force_login(get_user_model().objects.create_superuser("manager"))
    found = {name: route for name, route in routes(admin=True).items() if "(?P" not in route}
    values = dict.fromkeys((one for route in found.values() for one in arguments(route)), "1")
    urls = [address(route, values) for route in found.values()]
    odd = [f"{url}?{urlencode({'q': NUL, 'p': 'x', 'o': 'x'})}" for url in urls[::3]]
    assert broken(guest, [*urls, *odd, "/admin/inside/iam/event/%00/change/"]) == []
    assert broken(Guest(), urls[::5]) == []
