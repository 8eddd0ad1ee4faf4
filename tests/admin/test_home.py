"""The administrator's first page, and the settings."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from console.administration.jobs import measure_sandboxes
from console.administration.models import AdministratorAction
from console.administration.site_settings import setting_groups
from console.administration.sizes import measure_changed
from console.queue.models import RegularJob
from console.settings import env
from iam.models import Sandbox
from tests.admin.conftest import count_queries

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture
def failed_job():
    """A job that had all of its attempts."""
    measure_sandboxes.enqueue()
    DBTaskResult.objects.get().set_failed(ValueError("no disk"))
    DBTaskResult.objects.update(worker_ids=["w"] * 7)
    return DBTaskResult.objects.get()


def home(manager):
    return manager.get(reverse("admin_home"))


def test_the_first_page_shows_what_is_stored_and_who_works(manager, sandbox):
    Sandbox.objects.create(name="Idle", owner=sandbox.owner)
    assert "Not measured yet" in home(manager).text
    measure_changed()
    shown = home(manager).context
    assert shown["storage"].sandboxes == 2
    assert shown["storage"].database > 0
    assert shown["storage"].largest[0].sandbox == sandbox
    assert shown["activities"].users == 2


def test_the_first_page_takes_no_more_queries_for_many_sandboxes(manager, sandbox):
    measure_changed()
    few = count_queries(manager, reverse("admin_home"))
    Sandbox.objects.bulk_create(
        Sandbox(name=f"s{number}", owner_id=sandbox.owner_id) for number in range(40)
    )
    User.objects.bulk_create(User(username=f"u{number}") for number in range(40))
    measure_changed()
    assert count_queries(manager, reverse("admin_home")) == few


@pytest.mark.parametrize(("ago", "runs"), [(0, True), (60, True), (600, False), (None, False)])
def test_a_worker_is_seen_by_what_it_schedules(manager, ago, runs):
    if ago is not None:
        due = timezone.now() - timedelta(seconds=ago)
        RegularJob.objects.create(path="console.x", due_at=due)
    shown = home(manager)
    assert shown.context["queue"].worker == runs
    assert ("No worker has been seen" in shown.text) == (not runs)


def test_a_failed_job_is_tried_again(manager, failed_job):
    shown = home(manager)
    assert shown.context["queue"].failed == 1
    assert "builtins.ValueError" in shown.text
    manager.post(reverse("admin_job_retry", args=[failed_job.pk]))
    failed_job.refresh_from_db()
    assert (failed_job.status, failed_job.worker_ids) == (TaskResultStatus.READY, [])
    assert DBTaskResult.objects.ready().get() == failed_job
    assert AdministratorAction.objects.get().action == "retried a job"


def test_a_job_that_did_not_fail_is_not_tried_again(manager):
    measure_sandboxes.enqueue()
    for key in (DBTaskResult.objects.get().pk, uuid4()):
        page = manager.post(reverse("admin_job_retry", args=[key]), follow=True)
        assert "This job has not failed, or it no longer exists." in page.text
    assert not AdministratorAction.objects.exists()


def test_each_setting_shows_where_it_is_set(manager, monkeypatch, settings):
    monkeypatch.setitem(os.environ, "ROLECALL_SIGN_UP", "closed")
    monkeypatch.delenv("ROLECALL_GUESTS", raising=False)
    settings.SIGN_UP = "closed"
    text = manager.get(reverse("admin_settings")).text
    assert "Nobody: teachers make all logins" in text
    for variable in ("ROLECALL_SIGN_UP", "ROLECALL_GUESTS", "ROLECALL_LTI_HOSTS", "DATABASE_URL"):
        assert variable in text
    assert settings.SECRET_KEY not in text
    assert "Rolecall 0." in text


def test_each_variable_that_is_read_is_on_the_page_and_in_the_guide():
    read = set(env.dump())
    assert "ROLECALL_PROXIES" in read
    listed = {one.variable for group in setting_groups().values() for one in group} - {""}
    assert listed == read
    guide = (ROOT / ".github/CONTRIBUTING.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [one for one in sorted(read) if f"`{one}`" not in guide] == []
    for_authors = {"ROLECALL_DEBUG"}
    assert [one for one in sorted(read - for_authors) if f"`{one}`" not in readme] == []


def test_no_password_of_the_database_is_shown(manager, monkeypatch):
    monkeypatch.setitem(os.environ, "DATABASE_URL", "postgres://me:Zebra-7@host/name")
    assert "Zebra-7" not in manager.get(reverse("admin_settings")).text
