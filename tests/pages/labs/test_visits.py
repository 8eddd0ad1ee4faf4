"""What a student does is checked when it is done, by whichever client."""

import html
import logging
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from console.labs import visits
from console.labs.attempts import judgments, values_of
from console.labs.catalog import all_labs
from console.labs.models import Attempt, Solve
from iam.models import Event, Sandbox
from tests.consoles import console_behind
from tests.endpoint.clients import Clients
from tests.jobs import perform_jobs
from tests.pages.labs.test_drawer import drawer_in, enter
from tests.worlds import allow, trust


def seq(attempt):
    return Attempt.objects.get(pk=attempt.pk).seq


@pytest.fixture
def console(alice, attempt):
    enter(alice, attempt)
    alice.get("/iam/")
    return alice


def keys_of_drawer(client):
    """Return the credentials that the drawer hands to a shell."""
    page = html.unescape(re.sub(r"<[^>]+>", "", client.get("/iam/roles").content.decode()))
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    return tuple(re.findall(rf"export {name}='([^']+)'", page)[0] for name in names)


def solve_by_cli(client, attempt):
    account_id = values_of(attempt, all_labs()[attempt.lab])["you"]
    iam = Clients()("iam", keys_of_drawer(client))
    document = trust(f"arn:aws:iam::{account_id}:user/dev")
    iam.create_role(RoleName="Reader", AssumeRolePolicyDocument=document)
    policy = allow("s3:GetObject", resource="arn:aws:s3:::acme-reports/*")
    iam.put_role_policy(RoleName="Reader", PolicyName="read", PolicyDocument=policy)


def test_a_task_is_solved_by_the_call_that_solves_it(console, attempt, monkeypatch):
    monkeypatch.setattr(visits, "SECONDS", 60)
    solve_by_cli(console, attempt)
    assert Solve.objects.filter(attempt=attempt, task="build").exists()
    with CaptureQueriesContext(connection) as queries:
        assert "1 of 2 tasks solved" in drawer_in(console.get("/iam/roles"))
    assert not [one for one in queries if one["sql"].startswith('UPDATE "labs_')]


def test_a_read_and_a_refused_write_are_not_looked_at(console, attempt):
    keys = keys_of_drawer(console)
    before = Attempt.objects.get(pk=attempt.pk).judged_at
    iam = Clients()("iam", keys)
    iam.list_users()
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.delete_role(RoleName="nobody")
    assert Attempt.objects.get(pk=attempt.pk).judged_at == before


def test_a_read_in_an_attempt_takes_no_query_more(console, attempt, monkeypatch):
    iam = Clients()("iam", keys_of_drawer(console))
    iam.list_users()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            iam.list_users()
        counts.append(len(queries))
        monkeypatch.setattr("console.endpoint.front_door.after_visit", lambda *_, **__: None)
    assert counts[0] == counts[1]


def test_a_read_that_a_check_waits_for_counts_at_once_and_for_good(alice):
    lab = all_labs()["external-id"]
    alice.post(reverse("lab_start", args=[lab.slug]))
    attempt = Attempt.objects.get(lab=lab.slug)
    values = values_of(attempt, lab)
    account = {"account": values["vendor"], "user": "svc"}
    assert alice.post(reverse("enter_as"), account).status_code == 302
    alice.get("/iam/")
    Clients()("sts", keys_of_drawer(alice)).assume_role(
        RoleArn=f"arn:aws:iam::{values['you']}:role/VendorAccess",
        RoleSessionName="export",
        ExternalId=values["rival_ext"],
    )
    assert Solve.objects.filter(attempt=attempt, task="attack").exists()
    assert "attack.rival-gets-in" in Attempt.objects.get(pk=attempt.pk).latched
    Event.in_sandbox(attempt.sandbox).delete()
    assert "1 of 2 tasks solved" in drawer_in(alice.get("/iam/roles"))


def test_a_change_that_was_missed_is_found_by_who_looks_next(console, attempt, monkeypatch):
    monkeypatch.setattr("console.endpoint.front_door.after_visit", lambda *_, **__: None)
    solve_by_cli(console, attempt)
    assert not Solve.objects.exists()
    assert "1 of 2 tasks solved" in drawer_in(console.get("/iam/roles"))


def test_what_takes_too_long_is_left_to_who_looks_next(console, attempt, monkeypatch):
    monkeypatch.setattr(visits, "SECONDS", -1)
    solve_by_cli(console, attempt)
    assert Attempt.objects.get(pk=attempt.pk).judged_at == ""
    assert not Solve.objects.exists()
    assert "1 of 2 tasks solved" in drawer_in(console.get("/iam/roles"))


def test_a_long_search_is_left_to_the_queue_by_visits_and_looks_alike(
    console, attempt, monkeypatch
):
    monkeypatch.setattr(visits, "SECONDS", 60)
    monkeypatch.setattr(judgments, "MOST_STEPS", 0)
    solve_by_cli(console, attempt)
    for _ in range(2):
        assert "0 of 2 tasks solved" in drawer_in(console.get("/iam/roles"))
    left = Attempt.objects.get(pk=attempt.pk)
    assert left.judged_at.startswith("left ")
    found = {one["name"]: one["status"] for one in left.results["build"]}
    assert [name for name, status in found.items() if status != "passed"] == ["intern-finds-no-way"]
    assert DBTaskResult.objects.filter(task_path__endswith="finish_judging").count() == 1
    perform_jobs()
    assert seq(attempt) > left.seq, "open drawers show it by their next poll"
    assert "1 of 2 tasks solved" in drawer_in(console.get("/iam/roles"))


def test_a_judge_that_breaks_breaks_no_call(console, attempt, monkeypatch, caplog):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(visits, "judge_briefly", broken)
    with caplog.at_level(logging.CRITICAL):
        solve_by_cli(console, attempt)
    assert seq(attempt) == 1


def test_a_fragment_that_changed_something_lets_the_drawer_ask_for_news(console):
    htmx = {"HX-Request": "true"}
    assert "HX-Trigger" not in console.get("/iam/users", headers=htmx)
    fields = {"identity": console_behind(console).identity, "AccountAlias": "the-course-x"}
    response = console.post(reverse("account_alias"), fields, headers=htmx)
    assert "rolecall:progress" in response["HX-Trigger"]


def test_a_world_that_was_removed_meanwhile_breaks_no_page(console, attempt):
    Sandbox.objects.filter(pk=attempt.sandbox_id).delete()
    assert console.get("/iam/", follow=True).status_code == 200


def move_clock(client):
    client.get("/iam/")
    fields = {"identity": console_behind(client).identity, "step": "1h"}
    assert client.post(reverse("sandbox_clock"), fields).status_code == 302


@pytest.mark.parametrize(
    ("action", "mentions", "do"),
    [
        ("console:PageVisited", "/cloudtrail/", lambda client: client.get("/cloudtrail/")),
        ("console:ConsoleLogin", "signin", lambda client: client.get("/iam/")),
        ("console:ClockMoved", "1 hour", move_clock),
    ],
)
def test_what_the_site_sees_counts(alice, attempt, monkeypatch, action, mentions, do):
    lab = all_labs()[attempt.lab]
    asks = {"action": action, "by": "you/dev", "mentions": [mentions]}
    check = replace(lab.tasks[0].checks[0], name="seen", kind="event", asks=asks)
    waiting = replace(lab, tasks=(replace(lab.tasks[0], let={}, checks=(check,)),))
    monkeypatch.setattr("console.labs.visits.find_lab", lambda _: waiting)
    enter(alice, attempt, "dev")
    do(alice)
    assert Solve.objects.filter(attempt=attempt, task="build").exists()
