"""`/signin`: account, user name, password."""

import pytest

from iam.models import Event, User
from tests.signin.browsing import PASSWORD, Browser, add_person, move_clock, open_world, text_of

REFUSED = "Your authentication information is incorrect. Please try again."


@pytest.mark.parametrize(
    "typed", ["975050059573", "9750-5005-9573", " 9750 5005 9573 ", "lessons", "Lessons"]
)
def test_the_account_may_be_typed_as_id_or_alias(world, tab, typed):
    response = tab.sign_in(account=typed)
    assert (response.status_code, response["Location"]) == (302, "/iam/")
    assert tab.console().base.name == "ann"


@pytest.mark.parametrize("typed", ["ann", "ANN", " Ann "])
def test_the_user_name_is_compared_without_case(world, tab, typed):
    assert tab.sign_in(typed).status_code == 302
    assert tab.console().base.arn.endswith(":user/ann")


def test_the_link_of_an_account_fills_the_form(world, tab):
    page = tab.get("/signin", account="lessons")
    assert page.context["form"]["account"].value() == "lessons"


def test_an_account_is_remembered_for_the_next_sign_in_until_that_is_no_longer_wanted(world, tab):
    tab.sign_in(account="lessons", remember="on")
    form = tab.get("/signin").context["form"]
    assert (form["account"].value(), form["remember"].value()) == (world.account_id, True)
    assert tab.get("/signin", account="other").context["form"]["account"].value() == "other"
    tab.sign_in()
    form = tab.get("/signin").context["form"]
    assert (form["account"].value(), form["remember"].value()) == ("", False)


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong"), ("nobody", PASSWORD)])
def test_a_failed_sign_in_shows_awss_sentence_and_keeps_all_but_the_password(
    world, tab, name, password
):
    page = tab.sign_in(name, password)
    assert page.status_code == 200
    assert REFUSED in text_of(page)
    assert f'value="{name}"' in page.content.decode()
    assert password not in page.content.decode()
    assert not tab.consoles()


def test_a_user_without_a_password_cannot_sign_in(world, tab):
    world.add_user("bob")
    assert REFUSED in text_of(tab.sign_in("bob", "anything"))


def test_passwords_keep_their_spaces_and_their_case(world, tab):
    assert REFUSED in text_of(tab.sign_in(password=PASSWORD + " "))
    assert REFUSED in text_of(tab.sign_in(password=PASSWORD.lower()))


def test_an_empty_form_shows_what_is_missing(world, tab):
    page = tab.client.post("/signin", {})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"account", "username", "password"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("111111111111", "There is no account with this ID here."),
        ("nowhere", "There is no account with this alias here."),
    ],
)
def test_an_unknown_account_is_reported_at_its_field(world, tab, typed, sentence):
    page = tab.sign_in(account=typed)
    assert page.context["form"].errors["account"] == [sentence]


def test_an_alias_that_two_sandboxes_use_asks_for_the_account_id(world, tab):
    open_world("bob", "111122223333")
    page = tab.sign_in(account="lessons")
    assert "Enter the 12-digit account ID" in page.context["form"].errors["account"][0]
    assert tab.sign_in(account="111122223333").status_code == 302
    assert tab.console().account_id == "111122223333"


def test_a_sign_in_notes_when_the_password_was_used(world, tab):
    tab.sign_in()
    assert User.in_sandbox(world.sandbox).get(name="ann").password_last_used is not None


def test_a_sign_in_is_recorded(world, tab):
    tab.sign_in()
    event = Event.in_sandbox(world.sandbox).get(name="ConsoleLogin")
    record = event.record
    assert (event.source, event.read_only) == ("signin.amazonaws.com", False)
    assert record["responseElements"] == {"ConsoleLogin": "Success"}
    assert record["requestParameters"] is None
    assert record["additionalEventData"]["MFAUsed"] == "No"
    assert record["additionalEventData"]["MobileVersion"] == "No"
    assert record["userIdentity"]["userName"] == "ann"


def test_a_failed_sign_in_is_recorded_without_credentials(world, tab):
    tab.sign_in(password="wrong")
    record = Event.in_sandbox(world.sandbox).get(name="ConsoleLogin").record
    assert record["responseElements"] == {"ConsoleLogin": "Failure"}
    assert record["errorMessage"] == "Failed authentication"
    assert record["userIdentity"]["userName"] == "ann"
    assert "accessKeyId" not in record["userIdentity"]
    assert "sessionContext" not in record["userIdentity"]


def test_an_unknown_user_name_is_recorded_without_the_name(world, tab):
    tab.sign_in("my-secret-password")
    event = Event.in_sandbox(world.sandbox).get(name="ConsoleLogin")
    assert event.record["errorMessage"] == "No username found in supplied account"
    identity = event.record["userIdentity"]
    assert identity["userName"] == "HIDDEN_DUE_TO_SECURITY_REASONS"
    assert set(identity) == {"type", "accountId", "userName"}
    assert "my-secret-password" not in str(event.record)


def test_passwords_are_in_no_event_and_not_in_the_session(world, tab):
    tab.sign_in()
    told = [str(event.record) for event in Event.in_sandbox(world.sandbox)]
    assert PASSWORD not in "".join(told)
    assert PASSWORD not in str(dict(tab.client.session))


def test_the_sign_in_page_names_the_identity_that_it_would_sign_out(world, tab):
    assert "signs that identity out" not in text_of(tab.get("/signin"))
    tab.sign_in()
    page = text_of(tab.get("/signin"))
    assert "You are signed in as ann" in page
    assert "Signing in here signs that identity out" in page


def test_both_logins_say_what_they_are_and_lead_to_each_other(world, tab):
    console, site = tab.get("/signin"), tab.get("/login")
    assert "simulated console" in text_of(console)
    assert "labs and teachers" in text_of(site)
    assert 'href="/login"' in console.content.decode()
    assert 'href="/signin"' in site.content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/c/abcdefgh//evil.example/",
        "http:///evil.example",
        "\x00/iam/",
    ],
)
def test_a_sign_in_leads_to_no_other_site(world, tab, target):
    assert tab.sign_in(next=target)["Location"] == "/iam/"
    assert tab.get("/signin", next=target).context["next"] == "/iam/"


def test_a_sign_in_leads_where_it_was_asked_for(world, tab):
    response = tab.get("/s3/", prefix="a b")
    assert response["Location"] == "/signin?next=%2Fs3%2F%3Fprefix%3Da%2Bb"
    page = tab.client.get(response["Location"])
    assert tab.sign_in(next=page.context["next"])["Location"] == "/s3/?prefix=a+b"


def test_the_session_gets_a_new_key_at_every_sign_in(world, tab):
    add_person(world, "bob")
    tab.sign_in()
    first = tab.client.session.session_key
    tab.sign_in("bob")
    second = tab.client.session.session_key
    assert first != second
    stale = Browser()
    stale.client.cookies["rolecall_session"] = first
    assert stale.get("/switchrole").status_code == 302


def test_a_sign_in_ends_after_twelve_hours_of_the_sandboxs_clock(world, tab):
    tab.sign_in()
    identity = tab.identity()
    move_clock(world, hours=11, minutes=59)
    assert tab.get("/switchrole").status_code == 200
    move_clock(world, minutes=1)
    page = tab.client.post(
        "/switchrole", {"identity": identity, "roleName": "Lesson", "account": "975050059573"}
    )
    assert page.status_code == 409
    assert "its time is up" in text_of(page)
    assert "Lesson" in page.content.decode()
    assert not tab.consoles()
