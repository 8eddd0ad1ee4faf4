"""Who sees a class: its teachers by their role, its students, nobody else."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from console.classes.models import Teaching, TeachingRole
from tests.classes.conftest import instructor, logged_in

pytestmark = pytest.mark.django_db


def pages(course_class):
    names = ("teach_class", "teach_join_code", "teach_settings")
    return [reverse(name, args=[course_class.public_id]) for name in names]


def test_to_anybody_else_a_class_is_not_there(course_class, sam):
    other = instructor("olga")
    for client in (logged_in(other), logged_in(sam.user)):
        assert [client.get(url).status_code for url in pages(course_class)] == [404] * 3
    assert {Client().get(url).headers["Location"].split("?")[0] for url in pages(course_class)} == {
        "/login"
    }


def test_a_student_has_no_teachers_pages(sam):
    assert logged_in(sam.user).get(reverse("teach")).status_code == 404
    assert logged_in(sam.user).post(reverse("teach_class_create")).status_code == 404


def test_an_administrator_of_the_site_owns_every_class(course_class):
    root = User.objects.create_superuser("ada")
    assert logged_in(root).get(pages(course_class)[2]).status_code == 200


ROLES = {
    TeachingRole.OBSERVER: (403, 403),
    TeachingRole.ASSISTANT: (403, 403),
    TeachingRole.TEACHER: (302, 403),
    TeachingRole.OWNER: (302, 302),
}


@pytest.mark.parametrize(("role", "statuses"), ROLES.items())
def test_each_role_may_do_what_it_may(course_class, role, statuses):
    olga = instructor("olga")
    Teaching.objects.create(course_class=course_class, user=olga, role=role)
    client = logged_in(olga)
    names = ("teach_join_code_rotate", "teach_class_archive")
    urls = [reverse(name, args=[course_class.public_id]) for name in names]
    answers = [client.post(url) for url in urls]
    assert tuple(one.status_code for one in answers) == statuses
    for one in answers:
        told = f"You are {role.value} of this class. This takes the role"
        assert (told in one.content.decode()) is (one.status_code == 403)


def test_a_class_keeps_an_owner(course_class, tess):
    client, own = logged_in(tess), Teaching.objects.get(user=tess)
    url = reverse("teach_teacher_remove", args=[course_class.public_id, own.pk])
    page = client.post(url, follow=True)
    assert "A class needs an owner" in page.content.decode()
    assert Teaching.objects.filter(pk=own.pk).exists()


def test_only_an_instructor_becomes_a_teacher(course_class, tess, sam):
    url = reverse("teach_teacher_add", args=[course_class.public_id])
    page = logged_in(tess).post(url, {"username": "sam", "role": "teacher"})
    assert page.status_code == 400
    assert "No instructor has this login" in page.content.decode()


def test_a_class_is_made_with_its_code_to_show(tess):
    client = logged_in(tess)
    page = client.post(
        reverse("teach_class_create"), {"name": "8a", "time_zone": "Asia/Tokyo"}, follow=True
    )
    code = tess.teachings.get().course_class.join_code
    assert code in page.content.decode()


def test_a_new_class_is_offered_the_zone_of_the_last_and_before_it_the_browsers(tess):
    client, url = logged_in(tess), reverse("teach_class_create")
    assert "data-own-zone" in client.get(url).text
    client.post(url, {"name": "8a", "time_zone": "Asia/Tokyo"})
    page = client.get(url).text
    assert "data-own-zone" not in page
    assert '<option value="Asia/Tokyo" selected>' in page


def test_zones_have_todays_names_and_a_class_keeps_its_older_one(tess, course_class):
    client = logged_in(tess)
    offered = re.findall(r'<option value="([^"]*)"', client.get(reverse("teach_class_create")).text)
    assert {"UTC", "Asia/Kolkata", "America/New_York", "Europe/Oslo"} <= set(offered)
    assert not {"US/Eastern", "Asia/Calcutta", "GB-Eire", "Brazil/East"} & set(offered)
    url = reverse("teach_settings", args=[course_class.public_id])
    sent = client.post(url, {"name": "7b", "time_zone": "Asia/Calcutta"})  # as browsers call it
    assert sent.status_code == 302
    assert '<option value="Asia/Calcutta" selected>' in client.get(url).text
    assert client.post(url, {"name": "7b", "time_zone": "Mars/Base"}).status_code == 400
