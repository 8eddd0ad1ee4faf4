"""What a student has to do in a class: what is solved is done, what is gone is looked at."""

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
