"""What holds a browser back: the headers of a page, and that its markup has no script or style."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any


class Inline(HTMLParser):
    """Collects what a strict content security policy would stop."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        ):
            self.found.append(f"<{tag}>")
        wrong = [name for name in given if name.startswith("on") or name == "style"]
        wrong += [name for name, value in attrs if (value or "").startswith("javascript:")]
        self.found += [f"{tag} {name}" for name in wrong]


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
