"""A class that arrives: in short transactions, and nobody sees a part of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from console.classes.access import enrollments_of
from console.classes.models import Class, Enrollment
from console.classes.transfer import (
    TransferRefused,
    arrivals,
    document_of,
    import_rows,
    importing,
    read_class,
    remove_abandoned,
    write_class,
)
from tests.classes.conftest import logged_in
from tests.classes.transferred import full_class, row_counts
from tests.transactions import longest_transaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(tess):
    return document_of(full_class(tess))


@pytest.fixture
def arrive(document, tess, tmp_path):
    """Import a class from its document; returns what was made."""

    def arrive(found=None, **options):
        path = tmp_path / "class.zip"
        with path.open("wb") as stream:
            write_class(stream, found or document)
        return import_rows(read_class(path), tess, **options)

    return arrive


def of_more(document, times):
    """Return a class with as many students and lines in its audit list again."""
    found = json.loads(json.dumps(document))
    del found["people"][len(found["students"]) :]  # authors stand after the students
    for number in range(times):
        found["people"].append({"login": f"more-{number}", "name": "More"})
        student = {"user": len(found["people"]) - 1, "reference": str(number)}
        found["students"].append({**found["students"][0], **student})
    found["audit"] *= times
    return found


def test_no_transaction_is_longer_in_a_larger_class(arrive, document, monkeypatch):
    monkeypatch.setattr(arrivals, "_AT_ONCE", 2)
    arrive()  # so that the lab is known
    usual = longest_transaction(arrive).values
    larger = of_more(document, 9)
    assert 0 < longest_transaction(lambda: arrive(larger)).values <= usual


def test_nobody_sees_it_before_all_of_it_is_there(arrive, document, tess, monkeypatch):
    seen: dict[str, Any] = {}
    admin = logged_in(User.objects.create_superuser("ada"))

    def look(course_class):
        page = reverse("teach_class", args=[course_class.public_id])
        students = Enrollment.objects.filter(course_class=course_class)
        seen["students"] = students.count()
        seen["statuses"] = {one.get(page).status_code for one in (admin, logged_in(tess))}
        seen["listed"] = admin.get(reverse("admin_classes")).text.count(str(course_class))
        seen["classes"] = Class.objects.filter(pk=course_class.pk).count()
        seen["studied"] = [
            one.course_class for one in enrollments_of(students[0].user) if one.removed_at is None
        ]
        return document_of(course_class)

    monkeypatch.setattr(importing, "document_of", look)
    before = logged_in(tess).get(reverse("teach")).text.count("Demo class")
    listed = admin.get(reverse("admin_classes")).text.count("Demo class")
    made = arrive()
    assert seen == {
        "students": 3,
        "statuses": {404},
        "listed": listed,
        "classes": 0,
        "studied": [],
    }
    assert logged_in(tess).get(reverse("teach")).text.count("Demo class") > before
    assert Class.objects.get(pk=made.course_class.pk).archived_at is None


@pytest.mark.parametrize("killed", [False, True])
def test_what_fails_at_the_end_leaves_nothing(arrive, monkeypatch, killed):
    before = row_counts()

    def fail(_course_class):
        raise ValueError

    monkeypatch.setattr(importing, "document_of", fail)
    if killed:  # the process ends, and nothing is done any more
        monkeypatch.setattr(importing, "remove_arrival", lambda _: None)
    with pytest.raises(TransferRefused):
        arrive()
    assert (row_counts() != before) is killed
    remove_abandoned()
    assert (row_counts() != before) is killed  # it may be going on
    Class._base_manager.filter(arrival__isnull=False).update(
        archived_at=timezone.now() - timedelta(days=2)
    )
    remove_abandoned()
    assert row_counts() == before
