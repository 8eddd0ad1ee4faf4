"""What a class did, checked again: by the same lab, and by a corrected one."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from console.classes import rechecks
from console.classes.jobs import recheck_work_on
from console.classes.models import AuditEntry, Override
from console.classes.rechecks import recheck_assignment
from console.classes.scores import scores_of
from console.classes.terms import apply_terms
from console.classes.work import begin_assigned
from console.labs.attempts import RecheckOutcome, bring_up_to_date
from console.labs.catalog import all_labs
from console.labs.files import lab_of_files
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt, Solve
from tests.classes.working import LAB, RIGHT, WRONG, assign, at, work
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db
_ALLOWED = '"s3:GetObject", resource: "arn:aws:s3:::acme-reports/*"}\n        expect: allowed'
LENIENT = ('["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]', '["iam:CreateUser"]')
STRICT = (_ALLOWED, _ALLOWED.replace("Get", "Put"))
OTHER_WORLD = ("2026.csv", "2027.csv")


@pytest.fixture
def correct(monkeypatch):
    """Let the site have a lab from now on in which one text is another."""

    def put(old, new):
        lab = all_labs()[LAB]
        text = lab.files["lab.yaml"].replace(old, new)
        made = lab_of_files(LAB, {**lab.files, "lab.yaml": text})
        assert made.hash != lab.hash
        monkeypatch.setattr(rechecks, "find_lab", lambda _: made)
        return made

    return put


def lab_now(attempt):
    lab = lab_of(attempt)
    assert lab
    return lab


def begun(student, assignment, steps):
    attempt = begin_assigned(student, assignment)
    work(attempt, steps)
    bring_up_to_date(attempt, lab_now(attempt))
    attempt.refresh_from_db()
    return attempt


def close(assignment, **away):
    assignment.due = assignment.closes = at(**away)
    assignment.save()
    apply_terms(assignment)


def points_of(assignment, student):
    return scores_of([assignment], [student])[assignment.pk, student.pk].points


def row_of(attempt):
    return Attempt.objects.filter(pk=attempt.pk).values().get()


def test_what_is_stored_is_what_judging_gives(course_class, sam):
    assignment = assign(course_class)
    begun(sam, assignment, RIGHT)
    report = recheck_assignment(assignment, apply=False)
    assert report.is_proved
    assert report.counts == {RecheckOutcome.EQUAL: 1}


def test_what_was_stored_wrongly_is_found_and_healed(course_class, sam):
    assignment = assign(course_class)
    attempt = begun(sam, assignment, WRONG)
    right = row_of(attempt)
    wrong: list[dict[str, Any]] = [{"points": 7}, {"states": "S"}, {"results": {}}]
    for tampered in wrong:
        Attempt.objects.filter(pk=attempt.pk).update(**tampered)
        assert not recheck_assignment(assignment, apply=False).is_proved
        recheck_assignment(assignment, apply=True)
        assert row_of(attempt) == {**right, "seq": row_of(attempt)["seq"]}
        assert recheck_assignment(assignment, apply=False).is_proved


def test_a_dry_run_changes_nothing(course_class, sam, correct):
    assignment = assign(course_class)
    attempt = begun(sam, assignment, WRONG)
    before = row_of(attempt)
    correct(*LENIENT)
    report = recheck_assignment(assignment, apply=False)
    assert report.counts == {RecheckOutcome.CORRECTED: 1}
    assert report.changed[0].changes[0] == "build: solved now, 80 points"
    assert row_of(attempt) == before
    assert not Solve.objects.exists()
    assert not AuditEntry.objects.exists()


def test_what_a_wrong_check_refused_counts_from_when_it_was_done(course_class, sam, correct):
    assignment = assign(course_class)
    attempt = begun(sam, assignment, WRONG)
    close(assignment, seconds=1)
    lab = correct(*LENIENT)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=at(hours=-2))
    close(assignment, seconds=0)

    recheck_assignment(assignment, apply=True)

    assert points_of(assignment, sam) == 80
    attempt.refresh_from_db()
    assignment.refresh_from_db()
    assert attempt.points == 80
    assert assignment.version
    assert lab_now(attempt).hash == assignment.version.hash == lab.hash
    assert AuditEntry.objects.get().detail == "First role, same account: 1 corrected"


def test_what_was_done_after_the_close_counts_nothing_by_a_corrected_lab(
    course_class, sam, correct
):
    assignment = assign(course_class)
    begun(sam, assignment, WRONG)
    close(assignment, hours=-1)
    correct(*LENIENT)
    recheck_assignment(assignment, apply=True)
    assert points_of(assignment, sam) == 0


def test_what_is_solved_stays_solved_but_in_an_exam(course_class, sam, correct):
    practice, exam = assign(course_class), assign(course_class, mode="exam")
    for assignment in (practice, exam):
        begun(sam, assignment, RIGHT)
    correct(*STRICT)
    for assignment in (practice, exam):
        recheck_assignment(assignment, apply=True)
    assert points_of(practice, sam) == 100
    assert points_of(exam, sam) == 20  # the predictions


def test_an_award_is_never_overwritten(course_class, sam, tess, correct):
    assignment = assign(course_class)
    begun(sam, assignment, WRONG)
    award = Override.objects.create(assignment=assignment, enrollment=sam, points=33, by=tess)
    correct(*LENIENT)
    recheck_assignment(assignment, apply=True)
    assert points_of(assignment, sam) == 33
    assert Override.objects.values().get() == Override.objects.filter(pk=award.pk).values().get()


def test_a_world_that_the_new_lab_does_not_have_stays_with_its_version(course_class, sam, correct):
    assignment = assign(course_class)
    attempt = begun(sam, assignment, WRONG)
    before = row_of(attempt)
    correct(*OTHER_WORLD)
    report = recheck_assignment(assignment, apply=True)
    assert report.counts == {RecheckOutcome.UNFIT: 1}
    assert row_of(attempt) == before


def test_a_job_checks_only_the_students_that_were_chosen(course_class, sam, tess, correct):
    assignment = assign(course_class)
    begun(sam, assignment, WRONG)
    correct(*LENIENT)
    for chosen, points in (([], 0), ([sam.pk], 80)):
        recheck_work_on.enqueue(assignment.pk, chosen, tess.pk)
        perform_jobs("long")
        assert points_of(assignment, sam) == points
    assert AuditEntry.objects.latest("pk").by == tess


def test_the_command_shows_what_would_change_and_stores_it_when_asked(
    course_class, sam, correct, capsys
):
    assignment = assign(course_class)
    begun(sam, assignment, WRONG)
    correct(*LENIENT)
    call_command("lab", "recheck", "7b")
    shown = capsys.readouterr().out
    assert "sam: corrected\n    build: solved now, 80 points" in shown
    assert "Nothing was stored" in shown
    assert points_of(assignment, sam) == 0
    call_command("lab", "recheck", course_class.public_id, "--lab", LAB, "--apply")
    assert points_of(assignment, sam) == 80


def test_a_fault_is_an_exit_status(course_class, sam):
    attempt = begun(sam, assign(course_class), WRONG)
    Attempt.objects.filter(pk=attempt.pk).update(points=7)
    with pytest.raises(SystemExit, match="1"):
        call_command("lab", "recheck", "7b")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["nothing"], "There is no class nothing"), (["7b", "--lab", "none"], "no such assignment")],
)
def test_what_there_is_not_is_a_sentence(course_class, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("lab", "recheck", *words)
