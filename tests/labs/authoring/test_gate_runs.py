"""The gates run in the queue, within limits, and only their pass for these files publishes."""

import json
import sys

import pytest

from console.labs.authoring import gate_process
from console.labs.authoring.draft_files import files_of, save_file
from console.labs.authoring.drafts import DraftRefused, begin_draft, delete_draft
from console.labs.authoring.gate_process import GateProcess
from console.labs.authoring.gate_runs import ask_for_gates, cancel_gates, last_run, open_run
from console.labs.authoring.publication import list_published, publish_draft, versions_of
from console.labs.catalog import find_lab, open_labs
from console.labs.models import GateRun
from tests.jobs import perform_jobs
from tests.labs.authoring.conftest import FILES


def pass_gates(draft, user):
    ask_for_gates(draft, files_of(draft), user)
    perform_jobs("long")


def test_a_run_is_asked_for_once_and_keeps_its_report(draft, tess, gates):
    gates.faults = ["The solution fails."]
    run = ask_for_gates(draft, files_of(draft), tess)
    assert ask_for_gates(draft, files_of(draft), tess) == run
    assert open_run(draft) == run
    perform_jobs("long")

    assert gates.asked == [("our-lab", FILES), "ended"]
    report = last_run(draft)
    assert report
    assert (report.state, report.faults) == ("finished", ["The solution fails."])
    assert open_run(draft) is None


def test_a_canceled_run_ends_its_process(draft, tess, gates):
    ask_for_gates(draft, files_of(draft), tess)
    gates.meanwhile = lambda: cancel_gates(draft)
    perform_jobs("long")

    assert gates.asked[-1] == "ended"
    assert GateRun.objects.get().state == "canceled"
    assert not cancel_gates(draft)


def test_one_that_is_canceled_before_its_turn_never_begins(draft, tess, gates):
    ask_for_gates(draft, files_of(draft), tess)
    assert cancel_gates(draft)
    perform_jobs("long")
    assert gates.asked == []


def test_a_lab_is_published_when_exactly_these_files_pass(draft, tess, gates):
    with pytest.raises(DraftRefused, match="gates"):
        publish_draft(draft, tess, "First")
    pass_gates(draft, tess)
    first = publish_draft(draft, tess, "First")
    assert (first.number, first.note, first.published_by) == (1, "First", tess)
    assert find_lab("our-lab")

    save_file(draft, "teacher.md", "Other", 1, tess)
    with pytest.raises(DraftRefused, match="gates"):
        publish_draft(draft, tess, "Second")
    gates.faults = ["The solution fails."]
    pass_gates(draft, tess)
    with pytest.raises(DraftRefused, match="gates"):
        publish_draft(draft, tess, "Second")
    gates.faults = []
    pass_gates(draft, tess)
    assert [publish_draft(draft, tess, "Second").number] == [2]
    assert [one.number for one in versions_of(draft)] == [2, 1]


@pytest.mark.parametrize(("faults", "error"), [(["x"], ""), ([], "It took too long.")])
def test_what_does_not_pass_is_not_published(draft, tess, gates, faults, error):
    gates.faults, gates.error = faults, error
    pass_gates(draft, tess)
    with pytest.raises(DraftRefused):
        publish_draft(draft, tess, "")


def test_a_published_lab_leaves_the_lists_and_not_the_site(draft, tess, gates):
    pass_gates(draft, tess)
    publish_draft(draft, tess, "")
    assert "our-lab" in open_labs()
    list_published(draft, enabled=False)
    assert "our-lab" not in open_labs()
    assert find_lab("our-lab")
    with pytest.raises(DraftRefused, match="published"):
        delete_draft(draft)
    with pytest.raises(DraftRefused, match="taken"):
        begin_draft(tess, "our-lab", FILES)


def ended(process):
    with process:
        return [one.step for one in process.progress()]


def test_the_process_reports_what_keeps_a_lab_from_being_begun():
    call = "history: [{call: {'iam:DeleteUser': {UserName: nobody}}}]\n"
    process = GateProcess("our-lab", FILES | {"lab.yaml": FILES["lab.yaml"] + call})
    ended(process)
    assert process.error == ""
    assert "history makes a refused call" in process.faults[0]


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("import resource as r; r.setrlimit(r.RLIMIT_CPU, (1, 1))\nwhile True: pass", "minutes of"),
        (f"print({json.dumps(json.dumps({'memory': True}))})", "more memory"),
        ("raise SystemExit(1)", "broke off"),
    ],
)
def test_a_process_that_comes_to_no_end_is_put_into_words(monkeypatch, script, error):
    monkeypatch.setattr(gate_process, "COMMAND", (sys.executable, "-c", script))
    process = GateProcess("our-lab", FILES)
    ended(process)
    assert error in process.error
    assert process.faults == []
