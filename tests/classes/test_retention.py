"""How long a class's worlds are kept: a warning, the day, and what stays after it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models import ForeignObjectRel
from django.urls import reverse
from django.utils import timezone

from console.classes.gradebook import gradebook_of
from console.classes.gradebook_files import long_rows
from console.classes.jobs import end_classes
from console.classes.models import AuditEntry, Class, ClassWorld, Remark, Seeding
from console.classes.rechecks import recheck_assignment
from console.classes.retention import clear, ending_of, keep_until, warn
from console.classes.roster.removal import bring_back, remove_students
from console.classes.work import NotNow, begin_anew, begin_assigned
from console.labs.attempts import RecheckOutcome, begin_attempt
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from console.labs.rows import empty, snapshot
from iam.models import Sandbox
from tests.classes.conftest import logged_in
from tests.classes.working import LAB, WRONG, assign, work
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db


def away(days):
    return timezone.now().date() + timedelta(days=days)


def ended(course_class):
    """Let the last day be over, and the warning a week old."""
    keep_until(course_class, away(-2))
    Class.objects.filter(pk=course_class.pk).update(warned_at=timezone.now() - timedelta(days=8))
    course_class.refresh_from_db()


def rows_in(sandbox):
    """Return how many rows refer to a sandbox, by model, but for its attempt."""
    related = Sandbox._meta.get_fields(include_hidden=True)
    counts = {
        one.related_model.__name__: one.related_model._base_manager.filter(
            **{one.field.name: sandbox}
        ).count()
        for one in related
        if isinstance(one, ForeignObjectRel) and one.related_model is not Attempt
    }
    return {name: number for name, number in counts.items() if number}


@pytest.fixture
def worked(course_class, sam):
    """An attempt of sam's with some work in it, points and a remark."""
    assignment = assign(course_class)
    attempt = begin_assigned(sam, assignment)
    work(attempt, WRONG)
    Remark.objects.create(assignment=assignment, enrollment=sam, text="Look at the resource.")
    return attempt


@pytest.mark.parametrize(("days", "kind"), [(40, ""), (20, "info"), (3, "warning")])
def test_pages_warn_a_month_before_and_more_loudly_in_the_last_week(
    course_class, tess, sam, days, kind
):
    keep_until(course_class, away(days))
    if days < 7:
        Class.objects.update(warned_at=timezone.now() - timedelta(days=9))
    teacher, student = logged_in(tess), logged_in(sam.user)
    settings = reverse("teach_settings", args=[course_class.public_id])
    mine = reverse("my_class", args=[course_class.public_id])
    for client, url in ((teacher, settings), (student, mine)):
        page = client.get(url).content.decode()
        assert ("will be deleted soon" in page) == bool(kind)
        assert (f"alert--{kind or 'no'}" in page) == bool(kind)
    assert ("Worlds deleted on" in teacher.get("/teach/").content.decode()) == bool(kind)
    assert ("download your data" in student.get(mine).content.decode()) == bool(kind)


def test_a_day_that_is_past_when_it_is_set_comes_a_week_later(course_class, worked):
    keep_until(course_class, away(-100))
    end_classes.enqueue()
    perform_jobs("long")
    worked.refresh_from_db()
    course_class.refresh_from_db()
    ending = ending_of(course_class)
    assert ending
    assert ending.days == 7
    assert worked.world_gone_at is None
    assert AuditEntry.objects.get().action == "warned"


def test_a_later_day_undoes_the_warning(course_class, worked):
    keep_until(course_class, away(5))
    assert (warn(), warn()) == (1, 0)
    course_class.refresh_from_db()
    keep_until(course_class, away(300))
    assert ending_of(course_class) is None
    assert course_class.warned_at is None
    assert clear() == 0


def test_after_the_day_worlds_go_and_results_stay(course_class, sam, worked):
    own = begin_attempt(User.objects.get(username="sam"), all_labs()[LAB])
    before, kept = list(long_rows(gradebook_of(course_class))), snapshot(own.sandbox).tables
    events_before = rows_in(worked.sandbox)
    assert events_before["Event"] > 0
    assert events_before["UndoStep"] == len(WRONG)
    seeding = Seeding.objects.create(course_class=course_class, name="Demo", scenario="")
    world = Sandbox.objects.create(name="Demo", owner=sam.user)
    ClassWorld.objects.create(seeding=seeding, enrollment=sam, sandbox=world)
    ended(course_class)

    assert clear() == 1
    assert clear() == 0
    assert not Sandbox.objects.filter(pk=world.pk).exists()

    course_class.refresh_from_db()
    worked.refresh_from_db()
    assert rows_in(worked.sandbox) == {}
    assert worked.world_gone_at
    assert worked.states == "OL"
    assert worked.results["build"]
    assert list(long_rows(gradebook_of(course_class))) == before
    assert Remark.objects.exists()
    assert snapshot(own.sandbox).tables == kept
    entry = AuditEntry.objects.get()
    assert entry.action == "deleted worlds"
    assert entry.detail.startswith(f"2 worlds, {len(WRONG)} steps, ")


def test_what_is_left_can_be_looked_at_and_not_worked_in(course_class, sam, tess, worked):
    ended(course_class)
    clear()
    student, teacher = logged_in(sam.user), logged_in(tess)
    address = reverse("attempt", args=[worked.public_id])
    page = student.get(address).content.decode()
    assert "The world of this attempt is gone" in page
    assert "0 of 100 points" in page
    assert student.get(f"{address}drawer").status_code == 404
    assert student.post(f"{address}restart").status_code == 404
    shown = reverse("teach_student", args=[course_class.public_id, sam.public_id])
    assert "World deleted" in teacher.get(shown).content.decode()
    copied = reverse(
        "teach_student_copy", args=[course_class.public_id, sam.public_id, worked.public_id]
    )
    assert teacher.post(copied).status_code == 404
    counts = recheck_assignment(worked.assignment, apply=True).counts
    assert counts == {RecheckOutcome.GONE: 1}
    with pytest.raises(NotNow, match="worlds of this class were deleted"):
        begin_anew(sam, worked.assignment)


def test_who_is_brought_back_finds_no_world_that_is_gone(course_class, sam, worked):
    ended(course_class)
    clear()
    remove_students([sam])
    bring_back([sam])
    page = logged_in(sam.user).get(reverse("attempt", args=[worked.public_id])).content.decode()
    assert "The world of this attempt is gone" in page


def test_a_job_that_was_interrupted_goes_on(course_class, sam, worked, monkeypatch):
    second = begin_anew(sam, worked.assignment)
    ended(course_class)

    def broken(sandbox):
        if sandbox.pk == second.sandbox_id:
            raise OSError("the disk is full")
        return empty(sandbox)

    monkeypatch.setattr("console.classes.worlds.empty", broken)
    with pytest.raises(OSError, match="the disk is full"):
        clear()
    monkeypatch.setattr("console.classes.worlds.empty", empty)
    assert Attempt.objects.exclude(world_gone_at=None).get() == worked
    assert clear() == 1
    assert not Attempt.objects.filter(world_gone_at=None).exists()


def test_a_day_in_the_settings_is_noted_and_opens_a_cleared_class_again(
    course_class, tess, sam, worked
):
    ended(course_class)
    clear()
    address = reverse("teach_settings", args=[course_class.public_id])
    form = {"name": "7b", "time_zone": "UTC", "keep_until": away(90).isoformat()}
    assert logged_in(tess).post(address, form).status_code == 302
    assert AuditEntry.objects.latest("pk").detail == f"Worlds are kept until {away(90)}."
    worked.assignment.refresh_from_db()
    assert begin_anew(sam, type(worked.assignment).objects.get()) != worked
