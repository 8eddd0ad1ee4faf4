"""A class that is over: archived, it is read, not changed; brought back, it goes on."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from console.classes.archives import archive, bring_class_back
from console.classes.joins import class_by_code
from console.classes.models import AuditEntry, Class
from console.classes.roster.removal import remove_students
from console.classes.work import begin_assigned
from console.labs.models import Attempt
from iam.models import Sandbox
from tests.classes.conftest import logged_in
from tests.classes.working import WRONG, assign, work
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(course_class, sam):
    attempt = begin_assigned(sam, assign(course_class))
    work(attempt, WRONG)
    return attempt


def page(name, course_class, *others):
    return reverse(name, args=[course_class.public_id, *others])


def test_nobody_joins_or_changes_it_and_teachers_still_look(course_class, sam, tess, attempt):
    archive(course_class, tess)
    teacher = logged_in(tess)
    assert class_by_code(course_class.join_code) is None
    for name in ("teach_class", "teach_roster", "teach_gradebook", "teach_audit"):
        assert teacher.get(page(name, course_class)).status_code == 200
    assert "sam" in teacher.get(page("teach_gradebook_csv", course_class)).getvalue().decode()
    fields = teacher.get(page("teach_settings", course_class)).context["form"].fields
    assert all(field.disabled for field in fields.values())
    award = page("teach_award", course_class, sam.public_id, attempt.assignment.public_id)
    rows = AuditEntry.objects.count()
    for url in (
        award,
        page("teach_assignments_add", course_class),
        page("teach_bulk", course_class),
        page("teach_join_code_rotate", course_class),
    ):
        assert teacher.post(url, {"points": "5"}).status_code == 403
    teacher.post(page("teach_settings", course_class), {"name": "other", "time_zone": "UTC"})
    assert Class.objects.get().name == "7b"
    assert AuditEntry.objects.count() == rows


def test_its_worlds_rest_and_its_students_see_their_results(course_class, sam, tess, attempt):
    archive(course_class, tess)
    student = logged_in(sam.user)
    assert Sandbox.objects.get(pk=attempt.sandbox_id).suspended
    assert student.get(page("my_class", course_class)).status_code == 404
    shown = student.get(reverse("attempt", args=[attempt.public_id])).content.decode()
    assert "Nobody can work in this world now" in shown


def test_brought_back_only_those_go_on_who_are_there(course_class, sam, tess, attempt):
    remove_students([sam])
    archive(course_class, tess)
    bring_class_back(course_class, tess)
    world = Sandbox.objects.filter(pk=attempt.sandbox_id, suspended=True)
    assert world.exists()
    Attempt.objects.update(withdrawn=False)
    archive(course_class, tess)
    bring_class_back(course_class, tess)
    assert not world.exists()


def test_the_settings_archive_it_with_its_worlds_deleted_and_bring_it_back(
    course_class, sam, tess, attempt
):
    teacher, url = logged_in(tess), page("teach_class_archive", course_class)
    assert "Archive the class" in teacher.get(page("teach_settings", course_class)).content.decode()
    teacher.post(url, {"worlds": "delete"})
    perform_jobs("long")
    attempt.refresh_from_db()
    assert attempt.world_gone_at
    assert AuditEntry.objects.filter(by=tess, action="deleted worlds").exists()
    settings = teacher.get(page("teach_settings", course_class)).content.decode()
    assert "Restore the class" in settings
    assert "Save changes" not in settings
    teacher.post(url)
    course_class.refresh_from_db()
    assert (course_class.archived_at, course_class.cleared_at) == (None, None)
    assert begin_assigned(sam, attempt.assignment) == attempt


def test_the_command_archives_deletes_and_brings_back(course_class, attempt, capsys):
    call_command("class", "archive", "7b", "--delete-worlds")
    assert "1 worlds, 2 steps" in capsys.readouterr().out
    course_class.refresh_from_db()
    assert course_class.archived_at
    call_command("class", "archive", "7b", "--undo")
    course_class.refresh_from_db()
    assert course_class.archived_at is None
    with pytest.raises(CommandError, match="not archived"):
        call_command("class", "archive", "7b", "--undo")
