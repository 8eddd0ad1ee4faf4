"""`/signup`: who makes a login here, and how."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.signin import site_throttle
from console.signin.throttle import Limit
from tests.signin.browsing import PASSWORD, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def _open(settings):
    settings.SIGN_UP = "open"


def sign_up(client=None, **typed):
    return (client or Client()).post("/signup", {"username": "ann", "password": PASSWORD, **typed})


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [("code", "Your teacher shows a code."), ("closed", "Ask your teacher for yours.")],
)
def test_where_it_is_not_open_the_page_shows_how_else_one_gets_a_login(settings, setting, sentence):
    settings.SIGN_UP = setting
    for page in (Client().get("/signup"), sign_up()):
        assert sentence in text_of(page)
    assert not User.objects.exists()
    assert "Sign up" not in text_of(Client().get("/login"))


@pytest.mark.usefixtures("_open")
def test_where_it_is_open_name_and_password_make_a_student_who_is_logged_in():
    assert "Sign up" in text_of(Client().get("/login"))
    client = Client()
    assert sign_up(client).url == "/labs/"
    assert "You are logged in as ann." in text_of(client.get("/labs/"))
    user = User.objects.get(username="ann")
    assert [group.name for group in user.groups.all()] == ["students"]
    assert (user.is_staff, user.is_superuser) == (False, False)


@pytest.mark.usefixtures("_open")
def test_a_password_is_made_where_none_is_chosen_and_shown_once():
    page = sign_up(password="")
    assert page.context["password"] in text_of(page)
    assert Client().login(username="ann", password=page.context["password"])


@pytest.mark.usefixtures("_open")
def test_nobody_makes_oneself_a_teacher_or_an_administrator():
    sign_up(is_superuser="on", is_staff="on", groups="1")
    user = User.objects.get(username="ann")
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert [group.name for group in user.groups.all()] == ["students"]


@pytest.mark.usefixtures("_open")
def test_a_crowd_of_new_logins_from_one_address_waits(monkeypatch):
    monkeypatch.setattr(site_throttle, "GUESTS", Limit(1, timedelta(minutes=1)))
    sign_up()
    page = sign_up(username="bob")
    assert page.status_code == 400
    assert "Try again in 2 seconds." in text_of(page)
    assert not User.objects.filter(username="bob").exists()


@pytest.mark.usefixtures("_open")
def test_whoever_has_a_login_needs_no_other():
    client = Client()
    sign_up(client)
    assert client.get("/signup")["Location"] == "/"
