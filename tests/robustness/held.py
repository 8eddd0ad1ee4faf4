"""What holds a browser back: the headers of a page, and that its markup has no script or style.

And whether a page's links to the site itself lead by the proxy that is in front of it.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from ipaddress import ip_network
from typing import Any

from django.test import Client

_TAG = re.compile(r"""<[a-zA-Z](?>(?:"[^"]*"|'[^']*'|[^>])*)>""")
_SUSPECT = re.compile(r"<s(?:tyle|cript)\b|\b(?:on\w+|style)\b|javascript:", re.IGNORECASE)


def suspects(page: str) -> str:
    """Return the few tags of a page that can be such: to parse all takes half as long as a page."""
    return "".join(tag for tag in _TAG.findall(page) if _SUSPECT.search(unescape(tag)))


class Inline(HTMLParser):
    """Collects what a strict content security policy would stop."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(suspects(page))

    def set_cdata_mode(self, *_: Any, **__: Any) -> None:
        """Go on behind a script's tag as behind any: what it holds is not fed."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        ):
            self.found.append(f"<{tag}>")
        wrong = [name for name in given if name.startswith("on") or name == "style"]
        wrong += [name for name, value in attrs if (value or "").startswith("javascript:")]
        self.found += [f"{tag} {name}" for name in wrong]


PROXIED = "https://school.example"
_SELF = re.compile(r"https?:\\?/\\?/(?:testserver|school\.example)[^\s\"'<]*")


def behind_a_proxy(client: Client, settings: Any) -> None:
    """Let all that a browser asks for come by a proxy, which ends TLS for the site."""
    scheme, _, host = PROXIED.partition("://")
    settings.PROXIES = [ip_network("127.0.0.0/8")]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host]
    client.defaults |= {"HTTP_X_FORWARDED_PROTO": scheme, "HTTP_X_FORWARDED_HOST": host}


def own_links(response: Any) -> list[str]:
    """Return the absolute links of a response to the site itself."""
    texts = [response.headers.get("Location", "")]
    if not response.streaming:
        texts.append(response.content.decode("utf-8", "replace"))
    return [link for text in texts for link in _SELF.findall(text)]


def unheld(response: Any) -> Iterator[str]:
    """Yield what a response lacks of that."""
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-inline" in policy:
        yield f"Content-Security-Policy: {policy}"
    for header, value in (("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY")):
        if response.headers.get(header) != value:
            yield f"no {header}"
    if response.headers.get("Content-Type", "").startswith("text/html"):
        yield from Inline(response.content.decode()).found
