"""Joining a class by its code."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from console.classes.joins import class_by_code, join_class, rotate_code
from console.classes.models import Class, Enrollment
from console.labs.attempts import attempt_of, begin_attempt
from console.labs.catalog import all_labs
from console.labs.guests import new_guest
from console.labs.models import Guest
from console.signin.site_throttle import CODES, wait_after_wrong_code
from tests.classes.conftest import logged_in

pytestmark = pytest.mark.django_db


def url_of(course_class: Class) -> str:
    return reverse("join_class", args=[course_class.join_code])


def test_the_page_shows_the_class_and_the_teacher_before_anybody_joins(course_class):
    page = Client().get(url_of(course_class))
    assert page.status_code == 200
    assert "Join 7b?" in page.content.decode()
    assert "tess" in page.content.decode()
    assert Enrollment.objects.count() == 0


def test_code_name_and_password_are_all_that_is_asked_for(course_class):
    client = Client()
    fields = {"username": "mia", "password": "a quiet harbor"}
    assert client.post(url_of(course_class), fields).headers["Location"] == reverse(
        "my_class", args=[course_class.public_id]
    )
    assert client.get(reverse("my_class", args=[course_class.public_id])).status_code == 200
    assert client.login(username="mia", password="a quiet harbor")


def test_a_password_is_made_and_shown_once(course_class):
    client = Client()
    page = client.post(url_of(course_class), {"username": "mia", "password": ""})
    password = page.context["password"]
    assert password in page.content.decode()
    assert Client().login(username="mia", password=password)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": "Tess", "password": ""}, "Somebody has this name already"),
        ({"username": "", "password": ""}, "Enter a name"),
        ({"username": "a b", "password": ""}, "without spaces"),
        ({"username": "mia", "password": "12345678"}, "entirely numeric"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nobody_is_made(course_class, fields, sentence):
    page = Client().post(url_of(course_class), fields)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert not Enrollment.objects.exists()


def test_where_logins_come_from_teachers_alone_the_code_makes_none(course_class, settings):
    settings.SIGN_UP = "closed"
    page = Client().post(url_of(course_class), {"username": "mia", "password": ""})
    assert "logins come from the teacher" in page.content.decode()
    assert not User.objects.filter(username="mia").exists()
    logged_in(User.objects.create_user("mia")).post(url_of(course_class))
    assert Enrollment.objects.count() == 1


def test_a_guest_keeps_the_work_of_the_browser(course_class):
    guest = new_guest()
    lab = all_labs()["same-account-role"]
    attempt = begin_attempt(guest, lab)
    client = logged_in(guest)
    session = client.session
    session["guest"] = 0.0
    session.save()
    client.post(url_of(course_class), {"username": "mia", "password": ""})
    student = User.objects.get(username="mia")
    assert attempt_of(student, lab) == attempt
    assert not Guest.objects.exists()


def test_somebody_logged_in_joins_with_a_click(course_class):
    user = User.objects.create_user("mia")
    logged_in(user).post(url_of(course_class))
    assert Enrollment.objects.get().user == user


def test_a_code_is_read_as_people_type_it(course_class):
    typed = " " + course_class.join_code[:4].lower() + "-" + course_class.join_code[4:]
    assert class_by_code(typed) == course_class


@pytest.mark.parametrize(
    "changes",
    [
        {"join_open": False},
        {"join_until": timezone.now() - timedelta(seconds=1)},
        {"archived_at": timezone.now()},
    ],
    ids=["off", "expired", "archived"],
)
def test_a_code_that_is_closed_opens_nothing(course_class, changes):
    Class.objects.update(**changes)
    assert Client().get(url_of(course_class)).status_code == 404


def test_after_a_rotation_the_old_code_opens_nothing(course_class):
    old = url_of(course_class)
    rotate_code(course_class)
    assert Client().get(old).status_code == 404


def test_only_wrong_codes_are_slowed_down_and_not_before_many(course_class, rf):
    client = Client()
    page = client.post(reverse("join"), {"code": "WRONG234"})
    assert "No class has this code" in page.content.decode()
    for _ in range(CODES.free):
        wait_after_wrong_code(rf.get("/"))
    page = client.post(reverse("join"), {"code": "WRONG234"})
    assert "Too many wrong codes" in page.content.decode()
    found = client.post(reverse("join"), {"code": course_class.join_code})
    assert found.headers["Location"] == url_of(course_class)


def test_a_hundred_students_join_from_one_address_whatever_they_typed_before(course_class):
    for number in range(100):
        client = Client()
        client.post(reverse("join"), {"code": "WRONG234"})
        fields = {"username": f"student-{number}", "password": "a quiet harbor"}
        assert client.post(url_of(course_class), fields).status_code == 302
    assert Enrollment.objects.count() == 100


def test_whom_a_teacher_removed_does_not_come_back_by_the_code(course_class, sam):
    Enrollment.objects.update(removed_at=timezone.now())
    assert join_class(sam.user, course_class) is None
    client = logged_in(sam.user)
    assert client.post(url_of(course_class)).status_code == 404
    assert client.get(reverse("my_class", args=[course_class.public_id])).status_code == 404
