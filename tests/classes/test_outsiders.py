"""To whom a class is none of their business, none of its addresses is there, whatever the method.

The addresses come from the URL configuration: a new page of a class is tried without a line here.
"""

import pytest
from django.test import Client

from console.classes.models import Class, ClassWorld, Enrollment, Seeding, Team
from console.classes.work import begin_assigned
from tests.classes.conftest import logged_in
from tests.classes.outsiders import OUTSIDERS, another_classes_teacher
from tests.robustness.addresses import address, arguments, routes

pytestmark = pytest.mark.django_db
LAB, SECRET = "same-account-role", "Zebra-7"


@pytest.fixture
def values(course_class, sam):
    """A class with something under each name that an address of a class takes."""
    Class.objects.filter(pk=course_class.pk).update(name=SECRET)
    Enrollment.objects.filter(pk=sam.pk).update(
        team=Team.objects.create(course_class=course_class, name=SECRET)
    )
    sam.refresh_from_db()
    assignment = course_class.assignments.create(lab=LAB)
    attempt = begin_assigned(sam, assignment)
    seeding = Seeding.objects.create(course_class=course_class, name=SECRET, scenario="")
    world = ClassWorld.objects.create(seeding=seeding, enrollment=sam)
    return {
        "class_id": course_class.public_id,
        "student_id": sam.public_id,
        "assignment_id": assignment.public_id,
        "attempt_id": attempt.public_id,
        "seeding_id": seeding.public_id,
        "world_id": world.public_id,
        "team_id": sam.team.public_id,
        "number": "1",
    }


def addresses(values):
    """Return every address of a class and of an attempt in it, by the name of its route."""
    return {
        name: address(route, values)
        for name, route in routes().items()
        if "class_id" in arguments(route) or "attempt_id" in arguments(route)
    }


@pytest.mark.parametrize("make", OUTSIDERS, ids=lambda make: make.__name__.replace("_", "-"))
def test_an_outsider_finds_nothing_and_does_nothing(sam, values, make):
    client, found = logged_in(make(sam)), []
    before = (Enrollment.objects.count(), Class.objects.values_list("join_code", flat=True)[0])
    for name, url in addresses(values).items():
        for method in ("get", "post"):
            response = getattr(client, method)(url)
            if response.status_code not in {401, 404, 405} or SECRET in response.content.decode():
                found.append(f"{method} {name}: {response.status_code}")
    assert found == []
    codes = Class.objects.values_list("join_code", flat=True)
    assert (Enrollment.objects.count(), codes[0]) == before


def test_nobody_who_is_logged_out_learns_more_than_where_to_log_in(sam, values):
    client, found = Client(), []
    for name, url in addresses(values).items():
        response = client.get(url)
        if response.status_code not in {302, 401, 404, 405} or SECRET in response.content.decode():
            found.append(f"{name}: {response.status_code}")
    assert found == []


def test_what_is_in_another_class_is_not_found_through_ones_own(sam, values):
    olga = another_classes_teacher(sam)
    own = Class.objects.get(teachings__user=olga).public_id
    client, found = logged_in(olga), []
    urls = addresses({**values, "class_id": own})
    nested = {name: url for name, url in urls.items() if len(arguments(routes()[name])) > 1}
    assert len(nested) > 20
    for name, url in nested.items():
        for method in ("get", "post"):
            response = getattr(client, method)(url)
            if response.status_code not in {401, 404, 405} or SECRET in response.content.decode():
                found.append(f"{method} {name}: {response.status_code}")
    assert found == []
