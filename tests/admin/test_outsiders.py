"""To everybody but administrators nothing of the administration is there, whatever the method.

The addresses come from the URL configuration: a new page is tried without a line here.
"""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.labs.guests import new_guest
from tests.classes.conftest import instructor, logged_in
from tests.robustness.addresses import address, routes

pytestmark = pytest.mark.django_db
SECRET = "Zebra-7"
FOR_ANYBODY = {"login", "logout", "password_change", "password_change_done"}
"""Pages of Django's that lead to those of the site."""


def addresses() -> dict[str, str]:
    person = User.objects.create_user(SECRET)
    values = {"number": person.pk, "lab_slug": "external-id", "job_id": uuid4()}
    found = routes(admin=True)
    assert len(found) > 100
    return {n: address(r, values) for n, r in found.items() if n not in FOR_ANYBODY}


def methods(url: str) -> list[str]:
    """Return what is tried; one decorator guards all of *Look inside*, before any method."""
    return ["get"] if url.startswith("/admin/inside/") else ["get", "post"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: User.objects.create_user("mallory"),
        lambda: instructor("tess"),
        lambda: User.objects.create_user("stan", is_staff=True),
    ],
    ids=["a-student", "an-instructor", "the-staff-of-old"],
)
def test_nothing_is_there_for_who_is_logged_in(make):
    client, found = logged_in(make()), []
    before = User.objects.count() + 1
    for name, url in addresses().items():
        for method in methods(url):
            response = getattr(client, method)(url)
            if response.status_code not in {404, 405} or SECRET in response.content.decode():
                found.append(f"{method} {name}: {response.status_code}")
    assert found == []
    assert User.objects.count() == before


@pytest.mark.parametrize("guest", [False, True], ids=["logged-out", "a-guest"])
def test_who_has_no_login_is_asked_for_one(guest):
    client, found = Client(), []
    if guest:
        client.force_login(new_guest())
        session = client.session
        session["guest"] = 1e12
        session.save()
    for name, url in addresses().items():
        for method in methods(url):
            response = getattr(client, method)(url)
            leads_away = response.status_code == 302 and response["Location"].startswith("/login?")
            if not leads_away and response.status_code != 405:
                found.append(f"{method} {name}: {response.status_code}")
    assert found == []
