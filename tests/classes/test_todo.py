"""What a student has to do in a class: what is solved is done, what is gone is looked at."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from console.classes.exams import show_results
from console.classes.models import Mode
from console.classes.todo import assigned_to, next_thing
from console.classes.work import begin_assigned
from console.labs.attempts import bring_up_to_date
from console.labs.catalog import all_labs
from tests.classes.conftest import logged_in
from tests.classes.working import assign, work
from tests.pages.visitor import text_of

pytestmark = pytest.mark.django_db


def solved(sam, assignment):
    attempt = begin_assigned(sam, assignment)
    work(attempt)
    bring_up_to_date(attempt, all_labs()[attempt.lab])
    return attempt


def next_assignment(sam):
    following = next_thing(sam)
    assert following
    return following.assignment


def test_what_is_solved_says_so_and_the_next_lab_comes_next(course_class, sam):
    first, second = assign(course_class), assign(course_class, "external-id", position=1)
    assert next_assignment(sam) == first
    solved(sam, first)
    assert [one.state[1] for one in assigned_to(sam)] == ["Solved", "Not begun"]
    assert next_assignment(sam) == second


def test_a_solved_exam_is_only_begun_until_its_results_are_shown(course_class, sam):
    exam = assign(course_class, mode=Mode.EXAM)
    solved(sam, exam)
    assert [one.state[1] for one in assigned_to(sam)] == ["Begun"]
    assert next_assignment(sam) == exam
    show_results(exam)
    assert not any(one.state[1] == "Begun" for one in assigned_to(sam))


def test_an_attempt_without_its_world_is_looked_at_and_not_handed_in(course_class, sam):
    attempt = begin_assigned(sam, assign(course_class))
    attempt.world_gone_at = timezone.now()
    attempt.save()
    page = logged_in(sam.user).get(reverse("my_class", args=[course_class.public_id]))
    assert "Look First role, same account" in text_of(page)
    assert "Hand in" not in text_of(page)


def test_the_class_page_says_what_counts_how_much_and_what_late_work_costs(course_class, sam):
    due = timezone.now() + timedelta(days=2)
    assign(course_class, mode=Mode.GRADED, weight=2, late_percent=10, due=due)
    assign(course_class, "external-id", position=1)
    page = text_of(logged_in(sam.user).get(reverse("my_class", args=[course_class.public_id])))
    assert "0 of 100 points · weight 2" in page
    assert "· 10 % off for each day late" in page
    assert "Graded" in page
    assert "Practice" in page


def test_the_start_page_shows_a_students_classes_before_the_labs(course_class, sam):
    """Who logs in by a card finds the class there, with what comes next."""
    assign(course_class)
    page = text_of(logged_in(sam.user).get("/"))
    first = f"My classes {course_class.name} Next: First role, same account"
    assert first in page
    assert page.index(first) < page.index("Walk through the course notes")
