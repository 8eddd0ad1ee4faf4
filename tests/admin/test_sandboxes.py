"""The administrator's pages of sandboxes."""

from secrets import token_hex
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from console.administration.models import AdministratorAction, SandboxSize
from console.administration.sizes import measure, measure_changed
from console.classes.copies import open_copy
from console.classes.models import Enrollment
from console.classes.staff import new_class
from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs, lab_title
from console.labs.models import Attempt, Scenario
from console.labs.scenarios.shelf import add_scenario
from iam.factories import EventFactory
from iam.models import Account, Directory, Event, Sandbox
from iam.models import User as IamUser
from tests.admin.conftest import count_queries
from tests.classes.conftest import instructor

pytestmark = pytest.mark.django_db
SMALL = "schema: 1\ntitle: Small\nworld: {accounts: {you: {}}}\n"


def page(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


def names(response) -> list[str]:
    return [row.label for row in response.context["table"].rows]


def done() -> list[tuple[str, str]]:
    return list(AdministratorAction.objects.order_by("pk").values_list("action", "about"))


@pytest.fixture
def attempt(db):
    """Sam's attempt at a lab."""
    return begin_attempt(User.objects.create_user("sam"), all_labs()["same-account-role"])


def test_sandboxes_are_found_by_owner_name_and_account(manager, sandbox):
    bob = User.objects.create_user("bob")
    Sandbox.objects.create(name="Bobs", owner=bob)
    course_class = new_class(instructor("tess"), "7b", "UTC")
    Enrollment.objects.create(course_class=course_class, user=bob, source="code", reference="S-77")
    account = Account.in_sandbox(sandbox).get().account_id
    cases = {
        "": ["Bobs", "Everything"],
        "BOB": ["Bobs"],
        "s-77": ["Bobs"],
        "alice": ["Everything"],
        account: ["Everything"],
        "0" * 12: [],
    }
    for query, expected in cases.items():
        assert names(manager.get(page("admin_sandboxes"), {"q": query})) == expected, query


def test_sandboxes_are_told_apart_by_what_they_are_for(manager, sandbox, attempt):
    copy = open_copy(attempt, User.objects.get(username="boss"), "Sam").sandbox
    Sandbox.objects.filter(pk=sandbox.pk).update(public=True)
    course_class = new_class(instructor("tess"), "7b", "UTC")
    Attempt.objects.update(assignment=course_class.assignments.create(lab=attempt.lab))
    table = manager.get(page("admin_sandboxes")).context["table"]
    assert {one.row.key: one.row.purpose for one in table.rows} == {
        sandbox.pk: "Public",
        attempt.sandbox_id: f"7b: {lab_title(attempt.lab)}",
        copy.pk: "A teacher's copy",
    }
    for kind, expected in (("own", sandbox.pk), ("attempt", attempt.sandbox_id)):
        rows = manager.get(page("admin_sandboxes"), {"kind": kind}).context["table"].rows
        assert [one.row.key for one in rows] == [expected]


def test_a_list_of_many_sandboxes_takes_no_more_queries(manager, sandbox):
    few = count_queries(manager, page("admin_sandboxes"))
    Sandbox.objects.bulk_create(
        Sandbox(name=f"s{number}", owner_id=sandbox.owner_id) for number in range(70)
    )
    measure_changed()
    assert count_queries(manager, page("admin_sandboxes")) == few
    assert len(names(manager.get(page("admin_sandboxes"), {"page": "2"}))) == 21


def test_sandboxes_are_measured_again_once_they_are_used(manager, sandbox):
    Sandbox.objects.create(name="Idle", owner=sandbox.owner)
    assert measure_changed() == 2
    before = SandboxSize.objects.get(sandbox=sandbox)
    assert before.events == Event.in_sandbox(sandbox).count()
    assert before.size > 2000
    assert before.used_at
    EventFactory.create(sandbox=sandbox, record={"text": token_hex(8000)})
    assert measure_changed() == 1
    after = SandboxSize.objects.get(sandbox=sandbox)
    assert (after.events, after.size > before.size + 5000) == (before.events + 1, True)
    assert measure_changed() == 0
    for column in ("size", "events", "used_at"):
        assert names(manager.get(page("admin_sandboxes"), {"sort": f"-{column}"}))[0] == (
            "Everything"
        )


def test_the_last_use_is_by_the_real_clock(sandbox):
    real = measure(sandbox).used_at
    assert real
    newest = Event.in_sandbox(sandbox).order_by("-pk")[0]
    assert real == newest.time - sandbox.clock_offset


def test_an_account_is_opened_as_root_and_noted(manager, sandbox):
    account = Account.in_sandbox(sandbox).get()
    response = manager.post(page("admin_sandbox_open", sandbox.pk), {"account": account.account_id})
    assert response.status_code == 302
    assert manager.get("/iam/").context["console"].is_root
    assert manager.get("/iam/").context["console"].sandbox == sandbox
    assert done() == [("opened as root", "Everything")]


def test_a_copy_with_the_same_account_ids_is_opened_and_not_the_original(manager, attempt):
    copy = open_copy(attempt, User.objects.get(username="boss"), "Sam").sandbox
    account = Account.in_sandbox(copy)[0]
    assert Account.in_sandbox(attempt.sandbox).filter(account_id=account.account_id).exists()
    manager.post(page("admin_sandbox_open", copy.pk), {"account": account.account_id})
    assert manager.get("/iam/").context["console"].sandbox == copy


def test_an_account_of_another_sandbox_is_not_opened(manager, sandbox, attempt):
    account = Account.in_sandbox(attempt.sandbox)[0]
    url = page("admin_sandbox_open", sandbox.pk)
    for named in (account.account_id, "", "x\0"):
        assert manager.post(url, {"account": named}).status_code == 404
    assert done() == []


def test_a_closed_sandbox_is_not_opened(manager, sandbox):
    Sandbox.objects.filter(pk=sandbox.pk).update(suspended=True)
    account = Account.in_sandbox(sandbox).get()
    url = page("admin_sandbox_open", sandbox.pk)
    assert manager.post(url, {"account": account.account_id}).status_code == 403
    assert done() == []
    assert "Open as root" not in manager.get(page("admin_sandbox", sandbox.pk)).text


def test_a_sandbox_is_made_from_a_scenario_for_an_owner(manager):
    bob = User.objects.create_user("bob")
    scenario = add_scenario(instructor("tess"), SMALL)
    fields = {"scenario": scenario.public_id, "owner": "BOB", "name": ""}
    response = manager.post(page("admin_sandbox_create"), fields)
    made = Sandbox.objects.get(owner=bob)
    assert (made.name, response.url) == ("Small", page("admin_sandbox", made.pk))
    for wrong in ({"owner": "nobody"}, {"scenario": "x"}):
        assert manager.post(page("admin_sandbox_create"), fields | wrong).status_code == 400
    Scenario.objects.filter(pk=scenario.pk).update(text="schema: 1")
    assert manager.post(page("admin_sandbox_create"), fields).status_code == 400
    assert done() == [("made the sandbox", "Small")]


def test_a_sandbox_is_reset_after_a_question(manager, sandbox):
    IamUser.in_sandbox(sandbox).get().delete()
    url = page("admin_sandbox_reset", sandbox.pk)
    assert "Reset this sandbox?" in manager.get(url).text
    assert not IamUser.in_sandbox(sandbox).exists()
    manager.post(url)
    assert IamUser.in_sandbox(sandbox).exists()
    assert done() == [("reset the sandbox", "Everything")]


def test_a_copy_has_an_owner_of_its_own_and_no_id_of_the_original(manager, attempt):
    User.objects.create_user("bob")
    url = page("admin_sandbox_copy", attempt.sandbox_id)
    manager.post(url, {"owner": "bob", "name": "Sams world"})
    copy = Sandbox.objects.get(owner__username="bob")
    assert (copy.name, copy.lab, copy.keeps_steps) == ("Sams world", "", False)
    ids = [
        set(Account.in_sandbox(one).values_list("account_id", flat=True))
        for one in (copy, attempt.sandbox)
    ]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert Directory.objects.filter(sandbox=copy, key__in=ids[0]).count() == len(ids[0])
    assert manager.post(url, {"owner": "nobody", "name": "x"}).status_code == 400
    assert done() == [("copied the sandbox", attempt.sandbox.name)]


def test_a_sandbox_is_assigned_and_somebodys_work_is_not(manager, sandbox, attempt):
    bob = User.objects.create_user("bob")
    manager.post(page("admin_sandbox_assign", sandbox.pk), {"owner": "bob"})
    sandbox.refresh_from_db()
    assert sandbox.owner == bob
    refused = manager.post(page("admin_sandbox_assign", attempt.sandbox_id), {"owner": "bob"})
    assert refused.status_code == 400
    assert "stays theirs" in refused.text
    assert Attempt.objects.get().sandbox.owner.username == "sam"
    assert done() == [("assigned the sandbox", "Everything")]


def test_a_sandbox_is_renamed_and_opened_to_everybody(manager, sandbox, attempt):
    url = page("admin_sandbox_change", sandbox.pk)
    manager.post(url, {"name": "Class 7b", "public": "on"})
    sandbox.refresh_from_db()
    assert (sandbox.name, sandbox.public) == ("Class 7b", True)
    assert manager.post(url, {"name": ""}).status_code == 400
    theirs = page("admin_sandbox_change", attempt.sandbox_id)
    assert manager.post(theirs, {"name": "x", "public": "on"}).status_code == 400


def test_a_sandbox_is_deleted_after_a_question_with_an_attempt_in_it(manager, sandbox, attempt):
    for one in (sandbox, attempt.sandbox):
        url = page("admin_sandbox_delete", one.pk)
        assert "This cannot be undone." in manager.get(url).text
        assert Sandbox.objects.filter(pk=one.pk).exists()
        assert manager.post(url).url == page("admin_sandboxes")
    assert not Sandbox.objects.exists()
    assert not Attempt.objects.exists()
    assert not Event.unbound.exists()
    assert [action for action, _ in done()] == ["deleted the sandbox"] * 2


@pytest.mark.parametrize("number", ["1234567", "9" * 30])
def test_there_is_no_page_of_no_sandbox(manager, number):
    assert manager.get(f"/admin/sandboxes/{number}/").status_code == 404
