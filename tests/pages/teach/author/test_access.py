"""Who sees a lab that is written on the site; and nothing that is sent to its pages breaks one."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from console.labs.authoring.draft_files import files_of
from console.labs.models import LabDraft
from tests.pages.teach.author.conftest import FILES, browser_of
from tests.robustness.addresses import address, arguments, routes

ROUTES = {name: route for name, route in routes().items() if route.startswith("teach/author/")}
FIELDS = (
    "name", "start", "path", "text", "revision", "seen", "note", "enabled", "shared", "from", "to",
)  # fmt: skip


def url_of(name, path="teacher.md"):
    return address(ROUTES[name], {"lab_slug": "our-lab", "path": path})


def guest():
    client = Client()
    client.post(reverse("lab_start", args=["same-account-role"]))
    return client


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_student_and_no_other_instructor_has_a_page_of_authors(draft, name):
    sam, ines, nobody = browser_of("sam", "students"), browser_of("ines", "instructors"), Client()
    for method in ("get", "post"):
        assert getattr(sam, method)(url_of(name)).status_code == 404
        assert getattr(nobody, method)(url_of(name))["Location"].startswith("/login?next=")
        if arguments(ROUTES[name]):
            assert getattr(ines, method)(url_of(name)).status_code == 404
    assert files_of(draft) == FILES


def test_no_guest_has_one_and_who_no_longer_teaches_has_none_any_more(tess, draft, settings):
    settings.GUESTS = True
    visitor = guest()
    assert tess.get(url_of("author_lab")).status_code == 200
    User.objects.get(username="tess").groups.remove(Group.objects.get(name="instructors"))
    for client in (visitor, tess):
        found = {name: client.get(url_of(name)).status_code for name in ROUTES}
        assert set(found.values()) == {404}
        assert client.post(url_of("author_file"), {"text": "x", "revision": "1"}).status_code == 404
    assert files_of(draft) == FILES


def test_a_shared_draft_is_no_longer_there_when_its_author_keeps_it(tess, ines, draft):
    LabDraft.objects.update(shared=True)
    assert ines.get(url_of("author_file")).status_code == 200
    tess.post(url_of("author_share"), {"shared": "no"})
    assert ines.get(url_of("author_file")).status_code == 404
    assert ines.post(url_of("author_file"), {"text": "x", "revision": "1"}).status_code == 404


@pytest.mark.parametrize("odd", ["", "x" * 5000, "\x00", "-1", "9" * 30, "../", "²"])
def test_nothing_odd_breaks_a_page_of_authors(tess, draft, odd):
    broken = []
    for name, route in ROUTES.items():
        paths = ("teacher.md", odd or "lab.yaml") if "path" in arguments(route) else ("",)
        for path in paths:
            url = url_of(name, path)
            answers = [tess.post(url, dict.fromkeys(FIELDS, odd)), tess.get(url, {"from": odd})]
            broken += [f"{name} {path[:20]}" for one in answers if one.status_code >= 500]
    assert broken == []
