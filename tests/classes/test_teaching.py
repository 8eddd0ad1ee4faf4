"""While a class works: help, messages, one student, a copy of a world, the projector."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from console.classes.awards import award_points
from console.classes.models import (
    Assignment,
    AuditEntry,
    Enrollment,
    HelpRequest,
    Message,
    Mode,
    WorldCopy,
)
from console.classes.talk import ask_for_help, send_message, talk_of
from console.classes.terms import apply_terms
from console.classes.work import begin_assigned
from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs, lab_title
from console.labs.models import Attempt, Response
from iam.models import AccessKey, Account, Directory, User
from tests.classes.conftest import instructor, logged_in
from tests.classes.working import RIGHT, assign, work
from tests.pages.visitor import text_of

pytestmark = pytest.mark.django_db
LAB = "same-account-role"


@pytest.fixture
def assignment(course_class):
    return course_class.assignments.create(lab=LAB)


@pytest.fixture
def attempt(sam, assignment):
    return begin_assigned(sam, assignment)


def url(course_class, name, *more):
    return reverse(name, args=[course_class.public_id, *more])


def test_help_is_asked_for_in_the_attempt_and_answered_into_it(tess, course_class, sam, attempt):
    student, teacher = logged_in(sam.user), logged_in(tess)
    ask = reverse("attempt_help", args=[attempt.public_id])
    student.post(ask, {"text": "What is a trust policy?"})
    page = teacher.get(url(course_class, "teach_student", sam.public_id)).content.decode()
    assert "What is a trust policy?" in page
    teacher.post(
        url(course_class, "teach_message"),
        {"student": sam.public_id, "text": "It says who may enter.", "done": "1"},
    )
    assert HelpRequest.objects.get().done_by == tess
    shown = student.get(reverse("attempt", args=[attempt.public_id])).content.decode()
    assert "It says who may enter." in shown
    assert "Your teacher knows that you wait" not in shown


def test_who_asks_twice_waits_once_and_may_take_it_back(sam, attempt):
    student, ask = logged_in(sam.user), reverse("attempt_help", args=[attempt.public_id])
    student.post(ask, {"text": "first"})
    student.post(ask, {"text": "second"})
    assert HelpRequest.objects.get().text == "second"
    student.post(ask, {"do": "withdraw"})
    assert HelpRequest.objects.get().done_at


def test_a_message_raises_what_open_drawers_show(tess, course_class, sam, attempt):
    before = Attempt.objects.get().seq
    logged_in(tess).post(url(course_class, "teach_message"), {"text": "Five minutes left."})
    assert Attempt.objects.get().seq > before
    assert AuditEntry.objects.filter(action="wrote to everybody").exists()


def test_a_message_sends_everybody_only_to_a_lab_of_the_class(tess, course_class, attempt):
    teacher, address = logged_in(tess), url(course_class, "teach_message")
    assert teacher.post(address, {"lab": "external-id"}).status_code == 404
    teacher.post(address, {"lab": LAB})
    assert Message.objects.get().lab == LAB
    title = all_labs()[LAB].title
    assert AuditEntry.objects.get(action="wrote to everybody").detail == f"Go to {title}"


def test_messages_stand_for_hours_to_one_for_days_and_in_an_exam_until_it_ends(
    course_class, tess, sam
):
    ago = timezone.now() - timedelta(hours=5)
    exam = assign(
        course_class, mode=Mode.EXAM, opens=ago, closes=timezone.now() + timedelta(hours=1)
    )
    own, of_exam = begin_assigned(sam, assign(course_class)), begin_assigned(sam, exam)
    Enrollment.objects.update(joined_at=timezone.now() - timedelta(days=9))

    def shown(attempt):
        attempt.refresh_from_db()
        talk = talk_of(attempt, sam.user)
        return [one.text for one in talk.messages] if talk else []

    def said(text, away, **to):
        message = send_message(course_class, tess, text, **to)
        Message.objects.filter(pk=message.pk).update(at=timezone.now() - away)

    said("eight days", timedelta(days=8), enrollment=sam)
    said("to one", timedelta(days=1), enrollment=sam)
    said("before the exam", timedelta(hours=6))
    said("in the exam", timedelta(hours=4))
    said("now", timedelta())
    assert shown(own) == ["now", "to one"]
    assert shown(of_exam) == ["now", "in the exam", "to one"]
    Assignment.objects.filter(pk=exam.pk).update(closes=timezone.now() - timedelta(minutes=1))
    exam.refresh_from_db()
    apply_terms(exam)
    assert shown(of_exam) == ["now", "to one"]


def test_an_attempt_of_no_class_asks_nobody(sam):
    own = begin_attempt(sam.user, all_labs()[LAB])
    client = logged_in(sam.user)
    assert client.post(reverse("attempt_help", args=[own.public_id])).status_code == 404
    assert (
        "Ask for help" not in client.get(reverse("attempt", args=[own.public_id])).content.decode()
    )


def test_a_copy_is_entered_and_nothing_reaches_the_students_world(tess, course_class, sam, attempt):
    teacher = logged_in(tess)
    keys = AccessKey.in_sandbox(attempt.sandbox).filter(active=True).count()
    page = teacher.post(
        url(course_class, "teach_student_copy", sam.public_id, attempt.public_id), follow=True
    )
    copy = WorldCopy.objects.get()
    account = Account.in_sandbox(copy.sandbox).get(start_name="you")
    assert account.account_id in page.content.decode()
    assert not AccessKey.in_sandbox(copy.sandbox).filter(active=True).exists()
    assert not Directory.objects.filter(sandbox=copy.sandbox).exists()
    entered = teacher.post(
        url(course_class, "teach_copy_enter", copy.pk),
        {"account": account.account_id, "user": "dev"},
    )
    assert entered.status_code == 302
    assert "dev" in teacher.get(entered.headers["Location"], follow=True).content.decode()
    User.in_sandbox(copy.sandbox).filter(name="intern").delete()
    assert User.in_sandbox(attempt.sandbox).filter(name="intern").exists()
    assert AccessKey.in_sandbox(attempt.sandbox).filter(active=True).count() == keys


def test_a_second_copy_takes_the_place_of_the_first(tess, course_class, sam, attempt):
    teacher = logged_in(tess)
    for _ in range(2):
        teacher.post(url(course_class, "teach_student_copy", sam.public_id, attempt.public_id))
    assert WorldCopy.objects.count() == 1


def test_a_copy_is_its_teachers_alone(tess, course_class, sam, attempt):
    logged_in(tess).post(url(course_class, "teach_student_copy", sam.public_id, attempt.public_id))
    number = WorldCopy.objects.get().pk
    olga = instructor("olga")
    course_class.teachings.create(user=olga, role="teacher")
    assert logged_in(olga).get(url(course_class, "teach_copy", number)).status_code == 404


def test_the_timeline_has_what_was_done_and_denied(tess, course_class, sam, attempt):
    student = logged_in(sam.user)
    account = Account.in_sandbox(attempt.sandbox).get(start_name="you").account_id
    student.post(reverse("enter_as"), {"account": account, "user": "dev"})
    student.get(reverse("instances"))
    page = logged_in(tess).get(url(course_class, "teach_student", sam.public_id))
    entries = {one.words: one for one in page.context["timeline"]}
    denied = entries["ec2:DescribeInstances"]
    assert (denied.kind, denied.by) == ("denied", "dev")
    assert denied.detail.endswith("the ec2:DescribeInstances action.")


def test_what_a_check_found_stands_there_in_words(tess, course_class, sam, attempt):
    work(attempt, RIGHT[:1])
    text = logged_in(tess).get(url(course_class, "teach_student", sam.public_id)).text
    assert "Denied, since nothing allows it" in text
    assert "implicit_deny" not in text


def test_who_asks_for_help_has_waited_some_seconds_at_first(tess, course_class, sam, attempt):
    ask_for_help(attempt, sam, "Why?")
    teacher = logged_in(tess)
    for page in (
        url(course_class, "teach_class"),
        url(course_class, "teach_student", sam.public_id),
    ):
        text = teacher.get(page).text
        assert "aits a few seconds" in text
        assert "0\xa0minutes" not in text


def test_the_audit_list_names_labs_by_their_titles(tess, course_class, sam, attempt):
    teacher, title = logged_in(tess), lab_title(attempt.lab)
    teacher.post(url(course_class, "teach_student_copy", sam.public_id, attempt.public_id))
    award_points(attempt.assignment, sam, Decimal(3), by=tess)
    text = teacher.get(url(course_class, "teach_audit")).text
    assert text.count(title) == 2
    assert attempt.lab not in text


def test_a_teacher_sees_an_exams_tasks_as_they_are_judged_and_its_student_does_not(
    tess, course_class, sam
):
    exam = assign(course_class, mode=Mode.EXAM)
    attempt = begin_assigned(sam, exam)
    work(attempt)
    page = logged_in(tess).get(url(course_class, "teach_student", sam.public_id))
    assert [one.state for one in page.context["progress"].tasks] == ["solved", "solved"]
    assert page.context["progress"].points == 100
    shown = logged_in(sam.user).get(reverse("attempt", args=[attempt.public_id]))
    assert {one.state for one in shown.context["view"].progress.tasks} == {"open"}
    assert shown.context["view"].progress.points == 0


def test_a_timeline_shows_which_answers_count(tess, course_class, sam):
    attempt = begin_assigned(sam, assign(course_class, "the-course-1", mode=Mode.GRADED))
    for number in (4, 5):
        Response.objects.create(
            attempt=attempt,
            task="in-the-role",
            check_name="predictions",
            number=number,
            right=number == 5,
            question={"text": "?"},
        )
    page = logged_in(tess).get(url(course_class, "teach_student", sam.public_id))
    details = [one.detail for one in page.context["timeline"] if one.kind == "answer"]
    assert details == ["right, a later answer: it does not count", "wrong"]


def test_the_projector_names_nobody_and_hides_an_exams_numbers(tess, course_class, sam, assignment):
    client, address = logged_in(tess), url(course_class, "teach_projector")
    page = client.get(address).content.decode()
    assert not re.search(r"\bsam\b", page)
    assert "0 of 1" in page
    course_class.assignments.update(mode=Mode.EXAM)
    assert "0 of 1" not in client.get(address).content.decode()


def test_the_projectors_countdown_names_what_ends_next(tess, course_class, assignment):
    at = timezone.now() + timedelta(minutes=30, seconds=5)
    course_class.assignments.update(due=at - timedelta(days=1), closes=at)
    page = text_of(logged_in(tess).get(url(course_class, "teach_projector")))
    assert "30 minutes left until First role, same account closes" in page


def test_another_class_does_not_open_this_ones_student(tess, course_class, sam, attempt):
    olga = instructor("olga")
    for name in ("teach_student", "teach_projector"):
        more = [sam.public_id] if name == "teach_student" else []
        assert logged_in(olga).get(url(course_class, name, *more)).status_code == 404
