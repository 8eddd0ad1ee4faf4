"""Signals of copying: found with their evidence, shown to the class's teachers, never a verdict."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from console.classes.copying import look_for_signals, signals_of
from console.classes.copying.floors import floor_of
from console.classes.joins import join_class
from console.classes.models import AuditEntry, CopySignal, Enrollment, SignalType, Team
from console.classes.work import begin_anew, begin_assigned
from console.labs.attempts import values_of
from console.labs.attempts.start_data import start_from
from console.labs.catalog import all_labs
from console.labs.models import Attempt, Solve
from console.labs.trials import Trial
from console.labs.trials.steps import perform_step
from iam.arns import role_arn
from iam.models import AccessKey, Account
from tests.classes.conftest import instructor, logged_in
from tests.classes.working import LAB, assign

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(course_class):
    return join_class(User.objects.create_user("tom"), course_class)


@pytest.fixture
def attempts(course_class, sam, tom):
    """Sam's attempt and Tom's."""
    assignment = assign(course_class)
    return tuple(begin_assigned(one, assignment) for one in (sam, tom))


def type_in(attempt, call):
    """Make a call in an attempt's world, whatever AWS answers."""
    attempt.refresh_from_db()
    lab = all_labs()[attempt.lab]
    trial = Trial(lab, attempt.sandbox, values_of(attempt, lab), start_from(attempt.start))
    perform_step(trial, {"call": call}, lab.student.starts)


def account_of(attempt):
    return Account.in_sandbox(attempt.sandbox).get().account_id


def access_key_of(attempt):
    return AccessKey.in_sandbox(attempt.sandbox).values_list("access_key_id", flat=True)[0]


def alias_of(attempt):
    return values_of(attempt, all_labs()[LAB])["alias"]


def calls_with(value):
    """Return steps that type a value, each in another kind of parameter."""
    return {
        "a role's ARN": {
            "sts:AssumeRole": {"RoleArn": role_arn(value, "R"), "RoleSessionName": "s"}
        },
        "a name": {"iam:GetUser": {"UserName": value}},
        "a document": {
            "iam:CreatePolicy": {
                "PolicyName": "p",
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Effect": "Deny", "Action": "s3:*", "Resource": f"arn:aws:s3:::{value}"}
                    ],
                },
            }
        },
    }


@pytest.mark.parametrize(
    ("value_of", "call"),
    [
        (account_of, "a role's ARN"),
        (account_of, "a document"),
        (access_key_of, "a name"),
        (alias_of, "a name"),
    ],
)
def test_what_only_anothers_world_has_is_noticed_in_a_call(attempts, sam, tom, value_of, call):
    sams, toms = attempts
    value = value_of(toms)
    for _ in range(2):
        type_in(sams, calls_with(value)[call])
    assert look_for_signals() == 1
    assert look_for_signals() == 0
    (one,) = signals_of(sam.course_class)
    assert (one.who, one.whose) == ("sam", "tom")
    assert (one.signal.type, one.signal.value) == (SignalType.FOREIGN, value)
    assert value in one.signal.parameter
    assert one.signal.call in {"sts:AssumeRole", "iam:CreatePolicy", "iam:GetUser"}
    assert signals_of(sam.course_class, tom) == []


def test_ones_own_ids_and_a_team_members_are_no_signal(course_class, sam, tom):
    team = Team.objects.create(course_class=course_class, name="Red")
    own = begin_assigned(sam, assign(course_class))
    Enrollment.objects.filter(pk__in=[sam.pk, tom.pk]).update(team=team)
    tom.refresh_from_db()
    shared = begin_assigned(tom, assign(course_class))
    for attempt, value in ((own, account_of(shared)), (shared, account_of(own))):
        type_in(attempt, calls_with(value)["a document"])
    assert look_for_signals() == 0


def test_another_classs_ids_are_none_of_this_class(course_class, sam, attempts):
    stranger = Attempt.objects.get(pk=attempts[1].pk)
    Attempt.objects.filter(pk=stranger.pk).update(assignment=None)
    type_in(attempts[0], calls_with(account_of(stranger))["a document"])
    assert look_for_signals() == 0


def solved(attempt, **after):
    Solve.objects.create(attempt=attempt, task="build", points=100)
    Solve.objects.filter(attempt=attempt).update(at=attempt.started_at + timedelta(**after))


@pytest.mark.parametrize(
    ("lab", "solved_tasks", "times", "floor"),
    [
        # 20 minutes; the first task has 80 of 100 points: a tenth is 96 seconds.
        (LAB, ["build"], [], 96),
        (LAB, ["build"], [60] * 4, 96),
        (LAB, ["build"], [60] * 5, 15),
        (LAB, ["build"], [60, 60, 100, 400, 4000], 25),
        (LAB, ["build"], [4800] * 5, 96),
        (LAB, ["build", "replace"], [], 120),
        # 20 minutes; the attack has 30 of 100 points, the fix 70.
        ("external-id", ["attack"], [], 36),
        ("external-id", ["attack", "fix"], [], 120),
    ],
)
def test_a_floor_is_a_tenth_of_the_labs_minutes_and_a_quarter_of_the_classs(
    lab, solved_tasks, times, floor
):
    assert floor_of(all_labs()[lab], solved_tasks, times) == floor


@pytest.mark.parametrize(("seconds", "found"), [(30, 1), (95, 1), (97, 0), (1200, 0)])
def test_a_task_below_the_floor_is_a_signal(attempts, sam, seconds, found):
    solved(attempts[0], seconds=seconds)
    assert look_for_signals() == found
    shown = [(one.signal.seconds, one.signal.floor) for one in signals_of(sam.course_class, sam)]
    assert shown == [(seconds, 96)] * found


def test_who_begins_anew_knows_the_way(attempts, sam):
    solved(begin_anew(sam, attempts[0].assignment), seconds=5)
    assert look_for_signals() == 0


def judge_url(course_class, signal):
    return reverse("teach_signal_judge", args=[course_class.public_id, signal.pk])


def test_a_teacher_sees_the_evidence_and_dismisses_it_with_a_note(
    tess, course_class, sam, attempts
):
    solved(attempts[0], seconds=30)
    look_for_signals()
    teacher, page = logged_in(tess), reverse("teach_signals", args=[course_class.public_id])
    student = reverse("teach_student", args=[course_class.public_id, sam.public_id])
    for address in (page, student):
        assert "30 s after the start" in teacher.get(address).content.decode()
    signal = CopySignal.objects.get()
    teacher.post(judge_url(course_class, signal), {"note": ""})
    assert not CopySignal.objects.exclude(dismissed_at=None).exists()
    teacher.post(judge_url(course_class, signal), {"note": "Did it at home before."})
    assert AuditEntry.objects.filter(action="dismissed a signal").count() == 1
    assert [len(teacher.get(page).context[name]) for name in ("open", "dismissed")] == [0, 1]
    assert look_for_signals() == 0
    teacher.post(judge_url(course_class, signal), {"do": "restore"})
    assert [len(teacher.get(page).context[name]) for name in ("open", "dismissed")] == [1, 0]


def test_no_student_and_no_other_teacher_learns_of_a_signal(course_class, sam, attempts):
    solved(attempts[0], seconds=30)
    look_for_signals()
    page = reverse("teach_signals", args=[course_class.public_id])
    judge = judge_url(course_class, CopySignal.objects.get())
    for user in (sam.user, instructor("olga")):
        client = logged_in(user)
        assert client.get(page).status_code == client.post(judge).status_code == 404
    shown = logged_in(sam.user)
    for address in (f"/classes/{course_class.public_id}/", "/labs/me/", "/labs/me/data"):
        assert "ignal" not in shown.get(address).content.decode()


def test_an_observer_looks_and_dismisses_nothing(course_class, attempts):
    solved(attempts[0], seconds=30)
    look_for_signals()
    olga = instructor("olga")
    course_class.teachings.create(user=olga, role="observer")
    page = reverse("teach_signals", args=[course_class.public_id])
    assert logged_in(olga).get(page).status_code == 200
    judge = judge_url(course_class, CopySignal.objects.get())
    assert logged_in(olga).post(judge, {"note": "x"}).status_code == 403


def test_looking_takes_as_many_queries_for_many_students(
    course_class, sam, attempts, django_assert_max_num_queries
):
    assignment = attempts[0].assignment
    for number in range(3):
        student = join_class(User.objects.create_user(f"s{number}"), course_class)
        assert student
        solved(begin_assigned(student, assignment), seconds=30)
    solved(attempts[0], seconds=30)
    type_in(attempts[0], calls_with(account_of(attempts[1]))["a document"])
    with django_assert_max_num_queries(24):
        assert look_for_signals() == 5
    with django_assert_max_num_queries(3):
        assert len(signals_of(course_class)) == 5
