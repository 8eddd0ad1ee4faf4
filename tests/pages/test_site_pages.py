"""The site's own pages: start, reasons, the sandbox's clock and restart."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from console.labs.scenarios import DEMO, seed_scenario
from iam.models import Event, Role, Sandbox, User
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.signin.browsing import Browser, add_person, open_world, text_of
from tests.worlds import allow, document, make_world


@pytest.fixture
def world(db):
    return open_world()


@pytest.fixture
def ann(world):
    """A browser that ann signed in with, in the public sandbox."""
    tab = Browser()
    tab.sign_in()
    return tab


@pytest.fixture
def demo(db):
    """The demo scenario, seeded as the first run does."""
    owner = get_user_model().objects.create_user("demo-student")
    return seed_scenario(DEMO.read_text(encoding="utf-8"), owner, public=True)


def _logged_in(name):
    tab = Browser()
    tab.client.force_login(get_user_model().objects.get_or_create(username=name)[0])
    return tab


def test_the_start_page_says_where_and_with_what_to_sign_in(demo):
    page = Browser().get("/")
    shown, body = text_of(page), page.content.decode()
    assert page.status_code == 200
    for account in demo.accounts:
        assert account.account_id in shown
        for person in account.users:
            assert f"Sign in as {person.name}" in shown
            assert person.password in shown
    assert 'href="/signin?account=975050059573"' in body


def test_the_passwords_of_the_start_page_let_in(demo):
    for account in demo.accounts:
        for person in account.users:
            tab = Browser()
            response = tab.sign_in(person.name, person.password, account=account.account_id)
            assert response.status_code == 302
        fields = {"email": account.root_email, "password": account.root_password}
        assert Browser().client.post("/signin/root", fields).status_code == 302


def test_a_private_sandbox_is_on_its_owners_start_page_only(db):
    open_world("alice", public=False)
    assert "alice's sandbox" in text_of(_logged_in("alice").get("/"))
    for tab in (Browser(), _logged_in("charlie")):
        shown = text_of(tab.get("/"))
        assert "alice's sandbox" not in shown
        assert "975050059573" not in shown
        assert "No sandbox is open to you" in shown


def test_healthz_answers_ok(db):
    response = Browser().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"


def test_an_unknown_call_has_no_reason(ann):
    page = ann.get(f"/why/{uuid4()}")
    assert page.status_code == 404
    assert "There is no such call, or it is not one of yours." in text_of(page)
    assert ann.get("/why/not-an-id").status_code == 404


def test_a_call_of_another_sandbox_has_no_reason(world, ann):
    elsewhere = make_world("bob", "111122223333")
    elsewhere.do("CreateUser", UserName="eve")
    event = Event.in_sandbox(elsewhere.sandbox).get(name="CreateUser")
    assert ann.get(f"/why/{event.event_id}").status_code == 404


def test_why_shows_layers_statements_context_and_policies(world):
    add_person(world, "bob", allow("iam:ListRoles"))
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    page = bob.get(f"/why/{event.event_id}")
    shown = text_of(page)
    assert page.status_code == 200
    assert "Implicitly denied" in shown
    assert "Because no identity-based policy allows the iam:ListUsers action." in shown
    assert "given , statement 1: does not apply." in shown
    assert "would be allowed with one more statement in any policy of the caller" in shown
    assert '"iam:ListUsers"' in shown
    assert "aws:SecureTransport" in shown
    assert "iam:ListRoles" in shown


def test_why_says_with_what_a_call_would_need_no_other_policy(world):
    with_code = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    add_person(world, "bob", allow("iam:ListUsers", Condition=with_code))
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    shown = text_of(bob.get(f"/why/{event.event_id}"))
    assert "The policies may stay as they are." in shown
    assert "aws:MultiFactorAuthPresent true Sign in with an MFA code" in shown
    assert "with one more statement" not in shown


def test_why_asks_for_mfa_only_a_caller_that_can_come_with_it(world):
    with_code = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    world.add_role("Guarded", world.user("ann").arn)
    world.do(
        "PutRolePolicy",
        RoleName="Guarded",
        PolicyName="given",
        PolicyDocument=allow("iam:ListUsers", Condition=with_code),
    )
    alice = _logged_in("alice")
    alice.sign_in()
    alice.switch("Guarded")
    alice.get("/iam/users")
    by_console = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    shown = text_of(alice.get(f"/why/{by_console.event_id}"))
    assert "aws:MultiFactorAuthPresent true Sign in with an MFA code" in shown

    session = world.session("Guarded")
    with pytest.raises(AwsError):
        perform(session, "iam:ListUsers", {})
    end_visit(session.visit)
    named = Event.in_sandbox(world.sandbox).filter(name="ListUsers")
    by_program = named.exclude(pk=by_console.pk).get()
    shown = text_of(alice.get(f"/why/{by_program.event_id}"))
    assert "allowed with MFA, but the caller's credentials can carry none" in shown
    assert "the new statement would go around the condition on aws:MultiFactorAuthPresent" in shown


def test_why_asks_for_a_sign_in(world):
    response = Browser().get(f"/why/{uuid4()}")
    assert response["Location"].startswith("/signin?next=%2Fwhy%2F")


def test_why_of_an_allowed_call_says_what_allowed_it(world):
    add_person(world, "bob", allow("iam:ListUsers"))
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers", error_code="")
    shown = text_of(bob.get(f"/why/{event.event_id}"))
    assert "Decision Allowed" in shown
    assert "given , statement 1: applies." in shown
    assert "would be denied without this statement of given" in shown


def test_why_says_where_no_single_statement_would_change_the_decision(world):
    deny = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
    add_person(world, "bob", document(deny))
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    shown = text_of(bob.get(f"/why/{event.event_id}"))
    assert "No single statement, added or removed, would turn this decision round." in shown


def test_the_clock_moves_forward(world, ann):
    page = ann.get("/sandbox/clock")
    assert "Move forward 1 hour" in text_of(page)
    response = ann.post("/sandbox/clock", step="1h")
    assert response["Location"] == "/sandbox/clock"
    assert "moved forward by 1 hour" in text_of(ann.get("/sandbox/clock"))
    assert Sandbox.objects.get(pk=world.sandbox.pk).clock_offset == timedelta(hours=1)


def test_the_clocks_page_leads_back_to_a_page_of_this_site_alone(world, ann):
    url = "/sandbox/clock?from=%2Fiam%2Froles"
    assert ann.post(url, step="15m")["Location"] == url
    assert '<a href="/iam/roles">Back to where you were</a>' in ann.get(url).content.decode()
    assert "Back to where" not in text_of(ann.get("/sandbox/clock?from=%2F%2Fevil.example"))


@pytest.mark.parametrize("step", ["-1h", "", "1y", "0", "\0"])
def test_the_clock_never_goes_back_or_elsewhere(world, ann, step):
    page = ann.post("/sandbox/clock", step=step)
    assert page.status_code == 400
    assert "The clock moves forward" in text_of(page)
    assert Sandbox.objects.get(pk=world.sandbox.pk).clock_offset == timedelta()


def test_moving_the_clock_by_twelve_hours_ends_the_sign_in(world, ann):
    ann.post("/sandbox/clock", step="12h")
    assert "its time is up" in text_of(ann.get("/sandbox/clock"))


def test_a_restart_asks_first_then_reloads_the_scenario_and_signs_everybody_out(demo):
    ids = [account.account_id for account in demo.accounts]
    admin, other = Browser(), Browser()
    for tab in (admin, other):
        tab.enter(ids[0], "admin")
    admin.post("/sandbox/clock", step="1h")
    User.in_sandbox(demo.sandbox).filter(name="user1").delete()
    page = admin.get("/sandbox/restart")
    assert "This cannot be undone." in text_of(page)
    assert not User.in_sandbox(demo.sandbox).filter(name="user1").exists()
    response = admin.post("/sandbox/restart")
    assert response["Location"] == "/"
    assert "was started again" in text_of(admin.get("/"))
    assert User.in_sandbox(demo.sandbox).filter(name="user1").exists()
    assert Sandbox.objects.get(pk=demo.sandbox.pk).clock_offset == timedelta(hours=1)
    assert "the sandbox was started again" in text_of(other.get("/iam/"))
    for tab in (admin, other):
        assert not tab.consoles()
        assert tab.get("/iam/")["Location"].startswith("/signin")
    person = demo.accounts[0].users[1]
    assert admin.sign_in(person.name, person.password).status_code == 302


def test_a_restart_is_for_the_sandbox_of_the_console_only(demo):
    elsewhere = make_world("bob", "111122223333")
    elsewhere.add_role("Lesson")
    admin = Browser()
    admin.enter(demo.accounts[0].account_id, "admin")
    admin.post("/sandbox/restart")
    assert Role.in_sandbox(elsewhere.sandbox).filter(name="Lesson").exists()
    assert Sandbox.objects.get(pk=elsewhere.sandbox.pk).generation == 1


@pytest.mark.parametrize("url", ["/sandbox/restart", "/sandbox/clock"])
def test_who_may_not_open_a_private_sandbox_neither_restarts_it_nor_moves_its_clock(db, url):
    private = open_world("alice", public=True)
    charlie = _logged_in("charlie")
    charlie.sign_in()
    identity = charlie.identity()
    private.sandbox.public = False
    private.sandbox.save()
    page = charlie.client.post(url, {"identity": identity, "step": "1h"})
    assert page.status_code == 409
    sandbox = Sandbox.objects.get(pk=private.sandbox.pk)
    assert (sandbox.generation, sandbox.clock_offset) == (1, timedelta())


@pytest.mark.parametrize("url", ["/sandbox/restart", "/sandbox/clock", "/iam/"])
def test_pages_of_a_sandbox_ask_for_a_sign_in(world, url):
    response = Browser().get(url)
    assert response["Location"] == "/signin?next=" + url.replace("/", "%2F")


def test_a_page_that_is_not_there_answers_404_with_or_without_a_sign_in(world, ann):
    for tab in (ann, Browser()):
        page = tab.get("/nowhere")
        assert page.status_code == 404
        assert "There is no page at this address." in text_of(page)


def test_a_panel_shows_a_forms_calls_on_the_page_after_it_and_no_secret(world, ann):
    world.add_role("Lesson", "*")
    ann.switch()
    page = ann.get("/iam/").content.decode()
    assert "aws sts assume-role" in page
    assert not re.search(r"SessionToken|SecretAccessKey", page)


def test_staff_start_a_sandbox_of_others_again_from_its_console(db):
    private = open_world("alice", public=False)
    staff = _logged_in("teacher")
    get_user_model().objects.filter(username="teacher").update(is_staff=True)
    staff.client.post("/signin/as-root", {"account": private.account_id})
    staff.post("/sandbox/restart")
    assert Sandbox.objects.get(pk=private.sandbox.pk).generation == 2


@pytest.mark.parametrize("pk", ["0", "9" * 30, "-1", "x"])
def test_no_sandbox_of_that_number_starts_again(db, pk):
    assert Browser().get(f"/sandbox/{pk}/restart").status_code == 404
