"""Downloads run nothing, and what is not found is held as every page is."""

from django.urls import reverse

from tests.robustness.cast import Demo, Guest
from tests.robustness.held import unheld


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
