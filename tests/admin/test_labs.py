"""The administrator's pages of labs, scenarios and classes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from console.administration.models import AdministratorAction
from console.classes.models import Class, Enrollment
from console.classes.staff import new_class
from console.classes.work import NotNow, begin_assigned
from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from console.labs.models import Attempt, Lab
from console.labs.scenarios.shelf import add_scenario
from console.labs.site_users import set_display_name
from console.labs.tracks import all_tracks
from tests.admin.conftest import count_queries
from tests.classes.conftest import instructor, logged_in

pytestmark = pytest.mark.django_db
LAB = "same-account-role"
SMALL = "schema: 1\ntitle: Small\nworld: {accounts: {you: {}}}\n"


def page(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


def done() -> list[tuple[str, str]]:
    return list(AdministratorAction.objects.order_by("pk").values_list("action", "about"))


def names(response) -> list[str]:
    return [row.label for row in response.context["table"].rows]


def switch(client: Client, enabled: str) -> None:
    client.post(page("admin_lab_enable", LAB), {"enabled": enabled})


def test_a_lab_that_is_off_is_off_everywhere_and_attempts_go_on(manager):
    teacher, sam = logged_in(instructor("tess")), User.objects.create_user("sam")
    course_class = new_class(User.objects.get(username="tess"), "7b", "UTC")
    begun = begin_attempt(sam, all_labs()[LAB])
    visitor, student = logged_in(User.objects.create_user("val")), logged_in(sam)
    switch(manager, "no")
    title = all_labs()[LAB].title
    for url in ("/", "/labs/"):
        assert title not in visitor.get(url).text
    assert visitor.get(f"/labs/{LAB}/").status_code == 404
    assert visitor.post(f"/labs/{LAB}/start").status_code == 404
    add = page("teach_assignments_add", course_class.public_id)
    assert title not in teacher.get(add).text
    assert teacher.post(add, {"labs": [LAB]}).status_code == 400
    assert student.get(page("attempt", begun.public_id)).status_code == 200
    assert title in manager.get(page("admin_labs")).text
    switch(manager, "yes")
    assert title in visitor.get("/labs/").text
    assert done() == [("switched the lab off", title), ("switched the lab on", title)]


def test_nobody_begins_an_assignment_of_a_lab_that_is_off(manager):
    course_class = new_class(instructor("tess"), "7b", "UTC")
    sam = User.objects.create_user("sam")
    enrollment = Enrollment.objects.create(course_class=course_class, user=sam, source="code")
    assignment = course_class.assignments.create(lab=LAB)
    switch(manager, "no")
    with pytest.raises(NotNow, match="switched off"):
        begin_assigned(enrollment, assignment)
    assert not Attempt.objects.exists()
    switch(manager, "yes")
    assert begin_assigned(enrollment, assignment).lab == LAB


def order() -> list[str]:
    return [lab.slug for lab in all_tracks()[1].labs]


def test_labs_are_put_into_another_order(manager):
    first, second, *others = order()
    manager.post(page("admin_lab_move", first), {"do": "down"})
    assert order() == [second, first, *others]
    manager.post(page("admin_lab_move", second), {"do": "up"})
    assert order() == [second, first, *others]
    manager.post(page("admin_lab_move", first), {"do": "up"})
    assert order() == [first, second, *others]
    assert [action for action, _ in done()] == ["moved the lab"] * 2


def test_a_lab_that_is_off_keeps_its_place(manager):
    before = order()
    manager.post(page("admin_lab_move", before[0]), {"do": "down"})
    for enabled in (False, True):
        Lab.objects.filter(slug=before[0]).update(enabled=enabled)
    assert order() == [before[1], before[0], *before[2:]]


def test_a_labs_versions_are_listed_with_their_attempts(manager):
    begin_attempt(User.objects.create_user("sam"), all_labs()[LAB])
    shown = manager.get(page("admin_lab", LAB))
    assert [(one.number, one.attempts) for one in shown.context["versions"]] == [(1, 1)]
    assert "files" in shown.context["versions"][0].get_deferred_fields()


@pytest.mark.parametrize("lab", ["no-such-lab", "x%00y", "sameaccount~draft"])
def test_there_is_no_page_of_no_lab(manager, lab):
    assert manager.get(f"/admin/labs/{lab}/").status_code == 404
    assert manager.post(f"/admin/labs/{lab}/enable", {"enabled": "no"}).status_code == 404
    assert not Lab.objects.exists()


def test_scenarios_of_all_instructors_are_listed_changed_and_seeded(manager):
    mine = add_scenario(instructor("tess"), SMALL)
    add_scenario(instructor("olga"), SMALL, name="Larger")
    assert names(manager.get(page("admin_scenarios"))) == ["Larger", "Small"]
    assert names(manager.get(page("admin_scenarios"), {"q": "TESS"})) == ["Small"]
    assert manager.get(page("teach_scenario", mine.public_id)).status_code == 200
    assert manager.get(page("teach_scenario_edit", mine.public_id)).status_code == 200
    new = manager.get(page("admin_sandbox_create"), {"scenario": mine.public_id})
    assert f'value="{mine.public_id}" selected' in new.text
    other = logged_in(instructor("nils"))
    assert other.get(page("teach_scenario", mine.public_id)).status_code == 404


def test_classes_are_found_by_name_and_teacher_and_opened(manager):
    tess = instructor("tess")
    set_display_name(tess, "Theresa")
    first, second = new_class(tess, "7b", "UTC"), new_class(instructor("olga"), "8a", "UTC")
    Class.objects.filter(pk=second.pk).update(archived_at=timezone.now())
    cases: tuple[tuple[dict[str, str], list[str]], ...] = (
        ({}, ["8a", "7b"]),
        ({"q": "7B"}, ["7b"]),
        ({"q": "theresa"}, ["7b"]),
        ({"state": "archived"}, ["8a"]),
        ({"sort": "name"}, ["7b", "8a"]),
    )
    for query, expected in cases:
        assert names(manager.get(page("admin_classes"), query)) == expected, query
    assert manager.get(page("teach_settings", first.public_id)).status_code == 200


def test_a_class_shows_its_students_and_when_they_worked_last(manager):
    course_class = new_class(instructor("tess"), "7b", "UTC")
    assignment = course_class.assignments.create(lab=LAB)
    few = 0
    for number in range(3):
        sam = User.objects.create_user(f"sam{number}")
        enrollment = Enrollment.objects.create(course_class=course_class, user=sam, source="code")
        begin_assigned(enrollment, assignment)
        new_class(instructor(f"t{number}"), f"9{number}", "UTC")
        few = few or count_queries(manager, page("admin_classes"))
    assert count_queries(manager, page("admin_classes")) == few
    row = manager.get(page("admin_classes"), {"q": "7b"}).context["table"].rows[0].row
    assert (row.owners, row.students) == ("tess", 3)
    assert row.last_active
