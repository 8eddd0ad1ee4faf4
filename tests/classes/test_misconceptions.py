"""What a class misunderstands is counted together, whatever each student called it."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from console.classes.joins import join_class
from console.classes.misconceptions import misconceptions_of
from console.classes.models import AuditEntry
from console.classes.work import begin_assigned
from console.labs.attempts import bring_up_to_date, values_of
from console.labs.attempts.failures import in_common_words
from console.labs.attempts.start_data import start_from
from console.labs.catalog import all_labs
from console.labs.models import CheckFailure
from console.labs.trials.steps import perform_step
from console.labs.trials.trial import Trial
from iam.models import Sandbox
from tests.classes.conftest import instructor, logged_in

pytestmark = pytest.mark.django_db
LAB = "same-account-role"
WORDS = [
    ("allowed by role/MyReader of 123456789012", "allowed by role/{new role} of {you}"),
    ("allowed by role/Known", "allowed by role/Known"),
    ("user/team/eve may", "user/team/{new user} may"),
    ("no statement allows it", "no statement allows it"),
]


@pytest.mark.parametrize(("decisive", "common"), WORDS)
def test_ids_and_own_names_give_way_to_common_words(decisive, common):
    values = {"you": "123456789012", "x": "a"}
    assert in_common_words(decisive, values, frozenset({"Known"})) == common


def work_wrongly(enrollment, assignment, lab):
    attempt = begin_assigned(enrollment, assignment)
    bring_up_to_date(attempt, lab)
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    trial = Trial(lab, sandbox, values_of(attempt, lab), start_from(attempt.start))
    for step in lab.wrong[0].steps:
        perform_step(trial, step, lab.student.starts)
    bring_up_to_date(attempt, lab)
    return attempt


def test_the_same_mistake_of_two_students_is_one_line(tess, course_class, sam):
    lab = all_labs()[LAB]
    assignment = course_class.assignments.create(lab=LAB)
    other = join_class(User.objects.create_user("amy"), course_class)
    for student in (sam, other):
        work_wrongly(student, assignment, lab)
    wanted = lab.wrong[0].fails[0].partition(".")[2]
    found = {one.check: one for one in misconceptions_of(assignment)}
    assert (found[wanted].ever, found[wanted].now) == (2, 2)
    beginner = join_class(User.objects.create_user("bo"), course_class)
    assert beginner
    begin_assigned(beginner, assignment)
    assert all(one.now <= one.ever for one in misconceptions_of(assignment))
    assert all(number == 2 for _, number in found[wanted].statements[:1])
    assert found[wanted].question.startswith("Can user dev as Reader do s3:PutObject")
    assert found[wanted].question.endswith("? Should be: denied")
    url = reverse("teach_misconceptions", args=[course_class.public_id])
    page = logged_in(tess).get(url).content.decode()
    assert wanted in page
    course_class.assignments.update(mode="exam")
    assert wanted not in logged_in(tess).get(url).content.decode()


def test_nothing_is_noted_before_anybody_works_or_outside_a_class(course_class, sam):
    lab = all_labs()[LAB]
    assignment = course_class.assignments.create(lab=LAB)
    bring_up_to_date(begin_assigned(sam, assignment), lab)
    assert not CheckFailure.objects.exists()


def test_the_audit_lists_what_teachers_did_to_teachers_alone(tess, course_class):
    AuditEntry.objects.create(course_class=course_class, by=tess, action="awarded points")
    url = reverse("teach_audit", args=[course_class.public_id])
    assert "Awarded points" in logged_in(tess).get(url).content.decode()
    assert logged_in(instructor("olga")).get(url).status_code == 404
