"""Every page carries the headers that hold a browser back, and no script or style of its own."""

from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.robustness.addresses import address, routes
from tests.robustness.cast import Demo, Guest, visitors


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


@pytest.mark.parametrize("who", ["nobody", "admin", "user2"])
def test_every_page_is_held_by_its_headers(demo: Demo, who: str) -> None:
    guest = visitors(demo, who)[who]
    for name, route in routes().items():
        response = guest.get(address(route, demo.values()) + f"?arn={quote(demo.policy_arn)}")
        policy = response.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, name
        assert "unsafe-inline" not in policy, name
        assert response.headers.get("X-Content-Type-Options") == "nosniff", name
        assert response.headers.get("X-Frame-Options") == "DENY", name
        if response.headers.get("Content-Type", "").startswith("text/html"):
            assert Inline(response.content.decode()).found == [], name


def test_an_objects_download_runs_nothing(demo: Demo) -> None:
    admin = Guest().enter(demo, "admin")
    typed = {"kind": "text", "name": "x.html", "text": "<script>alert(1)</script>"}
    admin.send(reverse("object_upload", args=[demo.bucket]), **typed)
    for key in ("x.html", "welcome.txt"):
        url = reverse("object_download", args=[demo.bucket])
        response = admin.get(f"{url}?key={key}")
        assert response.status_code == 200
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Disposition"].startswith("attachment")


def test_the_errors_pages_are_held_too(demo: Demo) -> None:
    del demo
    for url in ("/nothing/here", "/iam/%00", "/c/abcdefgh/nothing"):
        response = Guest().get(url)
        assert response.status_code == 404
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert Inline(response.content.decode()).found == []
