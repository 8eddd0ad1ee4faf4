"""What teachers read about a lab, and nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from console.labs.catalog import all_labs
from tests.pages.teach.author.conftest import browser_of
from tests.pages.visitor import text_of


@pytest.mark.parametrize("slug", all_labs())
def test_every_lab_has_notes_without_an_unfilled_name(tess, slug):
    lab = all_labs()[slug]
    page = text_of(tess.get(reverse("teach_lab", args=[slug])))
    assert f"{lab.minutes} minutes" in page
    names = [*(one.name for one in lab.wrong), *(one.name for one in lab.alternatives)]
    assert all(name.split("`")[0] in page for name in names)
    assert "{you}" not in page


def test_a_wrong_answer_stands_with_what_the_student_reads(tess):
    lab = all_labs()["same-account-role"]
    page = text_of(tess.get(reverse("teach_lab", args=[lab.slug])))
    failing = [name for one in lab.wrong for name in one.fails]
    checks = {f"{task.id}.{one.name}": one for task in lab.tasks for one in task.checks}
    messages = {checks[name].message for name in failing} - {""}
    assert messages
    assert any(lab.messages[one].split("`")[0].split("{")[0] in page for one in messages)


@pytest.mark.parametrize("slug", ["none", "..", "same-account-role~draft", "%00"])
def test_no_other_lab_has_notes(tess, slug):
    assert tess.get(f"/teach/labs/{slug}/").status_code == 404


def test_notes_are_for_instructors_alone(db):
    url = reverse("teach_lab", args=["same-account-role"])
    assert browser_of("sam", "students").get(url).status_code == 404
    assert Client().get(url)["Location"].startswith("/login?next=")


def test_a_lab_s_page_leads_instructors_to_its_notes(tess):
    page, notes = reverse("lab", args=["external-id"]), reverse("teach_lab", args=["external-id"])
    assert notes in tess.get(page).content.decode()
    assert notes not in browser_of("sam", "students").get(page).content.decode()
