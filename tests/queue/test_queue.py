"""The queue: jobs are performed, tried again, and come regularly, each once."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from select import select

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from console.queue import only_worker, schedule
from console.queue.jobs import prune_results
from console.queue.models import RegularJob
from console.queue.retries import ATTEMPTS, pause_after, take_up_again
from console.queue.schedule import enqueue_due, every
from tests.jobs import perform_jobs
from tests.queue.jobs import come_again, fail, fail_for_good, note, performed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_was_performed():
    performed.clear()


@pytest.fixture
def _only_one_regular_job(monkeypatch):
    monkeypatch.setattr(schedule, "_regular", {})
    every(timedelta(hours=1))(come_again)


def status_of(result):
    return DBTaskResult.objects.get(pk=result.id).status


def let_it_be_due():
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def test_a_job_is_performed_with_its_arguments_and_leaves_its_result():
    result = note.enqueue("hello")
    perform_jobs("default")
    result.refresh()
    assert performed == ["hello"]
    assert result.return_value == 5


def test_a_job_for_later_waits():
    note.using(run_after=timezone.now() + timedelta(minutes=1)).enqueue("later")
    perform_jobs("default")
    assert performed == []


def test_long_jobs_do_not_stand_in_the_way_of_others():
    note.using(queue_name="long").enqueue("long")
    note.enqueue("short")
    perform_jobs("default")
    assert performed == ["short"]


def test_looking_at_an_empty_queue_is_one_read(django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        perform_jobs("default")
    assert queries[0]["sql"].startswith("SELECT")


def test_a_failed_job_is_tried_again_after_pauses_that_grow_and_then_fails():
    result = fail.enqueue("luck")
    for attempt in range(1, ATTEMPTS):
        perform_jobs("default")
        row = DBTaskResult.objects.get(pk=result.id)
        rests = row.run_after - timezone.now()
        assert row.status == "READY"
        assert pause_after(attempt) - rests < timedelta(seconds=20)
        perform_jobs("default")
        assert len(performed) == attempt
        let_it_be_due()
    perform_jobs("default")
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert "no luck today" in row.traceback
    assert len(performed) == ATTEMPTS


def test_the_pauses_last_half_a_day():
    pauses = [pause_after(attempt) for attempt in range(1, ATTEMPTS)]
    assert pauses == sorted(pauses)
    assert timedelta(hours=10) < sum(pauses, timedelta()) < timedelta(hours=14)


def test_a_failure_is_logged(caplog):
    fail.enqueue("luck")
    perform_jobs("default")
    assert "tests.queue.jobs.fail" in caplog.text
    assert "no luck today" in caplog.text


def test_a_job_that_gives_up_is_not_tried_again():
    result = fail_for_good.enqueue()
    perform_jobs("default")
    assert status_of(result) == "FAILED"


@pytest.mark.parametrize(("workers", "expected"), [(1, "READY"), (ATTEMPTS, "FAILED")])
def test_a_job_whose_worker_ended_is_taken_up_again_but_not_for_ever(workers, expected):
    result = note.enqueue("interrupted")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["gone"] * workers)
    take_up_again()
    assert status_of(result) == expected


@pytest.mark.usefixtures("_only_one_regular_job")
def test_a_regular_job_enters_the_queue_once_an_interval():
    for _look in range(3):
        enqueue_due()
        perform_jobs("default")
    assert performed == ["again"]
    RegularJob.objects.update(due_at=timezone.now() - timedelta(days=3))
    enqueue_due()
    perform_jobs("default")
    assert performed == ["again", "again"]
    assert RegularJob.objects.get().due_at > timezone.now() + timedelta(minutes=59)


@pytest.mark.usefixtures("_only_one_regular_job")
def test_a_regular_job_that_is_still_in_the_queue_does_not_enter_it_twice():
    enqueue_due()
    RegularJob.objects.update(due_at=timezone.now())
    enqueue_due()
    assert DBTaskResult.objects.count() == 1


@pytest.mark.usefixtures("_only_one_regular_job")
def test_of_two_workers_that_see_a_job_due_one_puts_it_in(monkeypatch):
    enqueue_due()
    perform_jobs("default")
    RegularJob.objects.update(due_at=timezone.now())
    ours = RegularJob.objects.values_list

    def while_another_looks(*fields):
        seen = list(ours(*fields))
        monkeypatch.undo()
        schedule._regular.clear()
        every(timedelta(hours=1))(come_again)
        enqueue_due()
        perform_jobs("default")
        return seen

    monkeypatch.setattr(RegularJob.objects, "values_list", while_another_looks)
    enqueue_due()
    perform_jobs("default")
    assert performed == ["again", "again"]


@pytest.mark.usefixtures("_only_one_regular_job")
def test_a_job_that_is_regular_no_longer_is_forgotten():
    RegularJob.objects.create(path="console.gone", due_at=timezone.now())
    enqueue_due()
    assert [job.path for job in RegularJob.objects.all()] == [come_again.module_path]


@pytest.mark.parametrize(
    ("succeeded", "days", "stays"),
    [(True, 1, True), (True, 3, False), (False, 3, True), (False, 31, False)],
)
def test_results_are_kept_for_some_days_and_failures_for_a_month(succeeded, days, stays):
    result = note.enqueue("old")
    DBTaskResult.objects.update(
        status="SUCCESSFUL" if succeeded else "FAILED",
        finished_at=timezone.now() - timedelta(days=days),
    )
    prune_results.call()
    assert DBTaskResult.objects.filter(pk=result.id).exists() is stays


def test_a_site_has_one_worker():
    with only_worker.the_only_worker(), pytest.raises(CommandError, match="has a worker already"):
        call_command("worker")
    with only_worker.the_only_worker():
        pass


def test_a_worker_that_cannot_write_its_lock_ends_with_a_sentence(settings, tmp_path):
    settings.HOME = tmp_path / "gone"
    in_a_file = only_worker._in_file()
    with pytest.raises(SystemExit, match=r"worker\.lock: No such file"):
        in_a_file.__enter__()


KEEPER = """
import os, sys
from pathlib import Path
from console.queue import keeper
keeper._MANAGE = Path(sys.argv[1])
if len(sys.argv) > 2:
    keeper.tell_and_keep(os.getppid(), "127.0.0.1", int(sys.argv[2]), "It is here.")
else:
    keeper.keep(os.getppid())
"""
WAITS = """
import os, signal
print(os.getpid(), flush=True)
signal.pause()
"""


def is_there(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_the_keeper_starts_a_worker_that_died_again_and_takes_it_along(tmp_path):
    stand_in = tmp_path / "manage.py"
    stand_in.write_text(WAITS)
    with subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(stand_in)], stdout=subprocess.PIPE, text=True
    ) as keeper:
        assert keeper.stdout is not None
        first = int(keeper.stdout.readline())
        os.kill(first, signal.SIGKILL)
        second = int(keeper.stdout.readline())
        assert [is_there(first), is_there(second)] == [False, True]
        keeper.terminate()
        assert keeper.wait(20) == 0
        assert not is_there(second)


def test_the_keeper_says_where_the_site_is_once_it_answers(tmp_path):
    stand_in = tmp_path / "manage.py"
    stand_in.write_text(WAITS)
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", KEEPER, str(stand_in), str(server.getsockname()[1])]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as keeper:
            assert keeper.stdout is not None
            asked, _ = server.accept()
            with asked:
                assert asked.recv(1024).startswith(b"GET /healthz")
                assert select([keeper.stdout], [], [], 0)[0] == []  # it listens, and is not there
                asked.sendall(b"HTTP/1.1 503 Soon\r\nContent-Length: 0\r\n\r\n")
                assert keeper.stdout.readline() == b"It is here.\n"
            worker = int(keeper.stdout.readline())
            keeper.terminate()
            assert keeper.wait(20) == 0
            assert not is_there(worker)
