"""A class's file uploaded: a job makes the class; what is wrong with a file stands at it."""

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from console.administration import class_imports
from console.administration.models import AdministratorAction, ClassImport
from console.classes.models import Class
from console.classes.staff import new_class
from console.classes.transfer import (
    document_of,
    exported_worlds,
    import_worlds,
    judge_worlds,
    write_class,
)
from console.labs.models import Attempt
from tests.classes.conftest import instructor
from tests.classes.transferred import full_class, grades
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db
URL = reverse("admin_class_import")


@pytest.fixture
def tess():
    return instructor("tess")


@pytest.fixture
def taught(tess):
    return full_class(tess)


def file_of(course_class, change=lambda document: None):
    stream = BytesIO()
    judge_worlds(course_class)
    document = document_of(course_class)
    change(document)
    write_class(stream, document, exported_worlds(course_class))
    return stream.getvalue()


def upload(manager, content, owner="tess", **more):
    file = SimpleUploadedFile("class.zip", content)
    return manager.post(URL, {"file": file, "owner": owner, **more})


def test_a_job_makes_the_class_of_a_file_with_its_worlds(manager, taught):
    sent = upload(manager, file_of(taught))
    assert "The class is being made" in manager.get(sent.url).text
    perform_jobs("long")
    found = ClassImport.objects.select_related("course_class").get()
    made = found.course_class
    assert made
    assert grades(made) == grades(taught)
    assert [one.user.username for one in made.teachings.select_related("user")] == ["tess"]
    worlds = Attempt.objects.filter(assignment__course_class=made, world_gone_at=None).count()
    assert (found.content, found.fault, found.different, worlds) == (None, "", [], found.worlds)
    shown = manager.get(sent.url).text
    assert reverse("teach_class", args=[made.public_id]) in shown
    assert "3 new logins" in shown
    assert "hx-get" not in manager.get(sent.url, {"part": "yes"}).text
    assert AdministratorAction.objects.get().action == "imported a class"


def test_students_may_be_the_people_who_are_here(manager, taught):
    people = User.objects.count()
    upload(manager, file_of(taught), match_logins="on")
    perform_jobs("long")
    assert ClassImport.objects.get().matched_logins >= 3
    assert User.objects.count() == people


FAULTS = {
    "no zip": ({"content": b"PK"}, "file", "no zip file"),
    "no file": ({"content": b""}, "file", "empty"),
    "nobody": ({"owner": "nobody"}, "owner", "Nobody has this login"),
    "a student": ({"owner": "sam"}, "owner", "may not teach"),
}


@pytest.mark.parametrize(("sent", "field", "sentence"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_stands_where_it_was_entered(manager, tess, sent, field, sentence):
    User.objects.create_user("sam")
    page = upload(manager, **{"content": file_of(new_class(tess, "7b", "UTC")), **sent})
    assert page.status_code == 400
    assert sentence in str(page.context["form"].errors[field])
    assert not ClassImport.objects.exists()


def test_a_file_that_is_too_large_for_a_page_names_the_command(manager, tess, monkeypatch):
    monkeypatch.setattr("console.pages.admin.class_import.LARGEST", 10)
    assert "class import FILE" in upload(manager, file_of(new_class(tess, "7b", "UTC"))).text


def without_terms(document):
    document["attempts"][0]["terms"] = {"mode": "exam", "opens": 7}


def with_odd_results(document):
    document["attempts"][0]["results"] = {"build": [{"status": "fine"}]}


@pytest.mark.parametrize("change", [without_terms, with_odd_results])
def test_work_that_no_page_could_show_is_refused_whole(manager, taught, change):
    classes = Class.objects.count()
    sent = upload(manager, file_of(taught, change))
    perform_jobs("long")
    assert "Nothing was imported" in manager.get(sent.url).text
    assert Class.objects.count() == classes
    assert ClassImport.objects.get().content is None


def test_an_import_that_was_stopped_goes_on_with_the_worlds_that_are_left(
    manager, taught, monkeypatch
):
    upload(manager, file_of(taught))
    whole = import_worlds

    def stopped(course_class, worlds):
        whole(course_class, [next(iter(worlds))])
        raise SystemExit

    monkeypatch.setattr(class_imports, "import_worlds", stopped)
    with pytest.raises(SystemExit):
        class_imports.perform_import(ClassImport.objects.get())
    monkeypatch.setattr(class_imports, "import_worlds", whole)
    class_imports.perform_import(ClassImport.objects.get())
    found = ClassImport.objects.get()
    assert class_imports.worlds_made(found) == found.worlds
    assert Class.objects.count() == 2
