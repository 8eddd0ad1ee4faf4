"""Downloads run nothing, and what is not found is held as every page is."""

import pytest
from django.urls import reverse

from tests.robustness.cast import Demo, Guest
from tests.robustness.held import Inline, unheld


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
        assert list(unheld(response)) == []


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<p title="a > b" OnClick="x()">', "p onclick"),
        ("<img src=x onerror = y>", "img onerror"),
        ('<a href="java&#115;cript:x">', "a href"),
        ('<div STYLE="x">', "div style"),
        ("<script>x</script>", "<script>"),
        ('<script type="application/json">{}</script><b style="x">', "b style"),
        ("<style>", "<style>"),
        ("<b title=it's onclick=x>", "b onclick"),
        ('<script src="/x.js"></script><p title="on style, >">', None),
    ],
)
def test_what_a_policy_would_stop_is_found(markup: str, found: str | None) -> None:
    assert Inline(f"<p>it's a < b</p>{markup}").found == ([found] if found else [])
