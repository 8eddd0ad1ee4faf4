"""Whatever is sent to the forms of signing in and switching: an answer, never a fault."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.signin.browsing import PASSWORD

ODD = st.one_of(
    st.sampled_from(
        [
            "",
            "\0",
            "a\0b",
            "975050059573",
            "9750-5005-9573\0",
            "٩٧٥٠٥٠٠٥٩٥٧٣",
            "lessons",
            "Lesson",
            "/Lesson",
            "school//Lesson/",
            "../../etc/passwd",
            "<script>alert(1)</script>",
            "' OR 1=1 --",
            "%00%ff",
            "x" * 10_000,
            "\u202e\ufeff",
            "on",
            "f2b0a9",
        ]
    ),
    st.text(st.characters(codec="utf-8"), max_size=80),
)


def typed(*names: str) -> st.SearchStrategy[dict[str, str]]:
    """Return the fields of a form, each with something odd in it."""
    return st.fixed_dictionaries(dict.fromkeys(names, ODD))


ANSWERS = {200, 302, 403, 404, 409}
several = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def ann(world, tab):
    """Ann's browser, signed in, with a role that anybody may assume."""
    world.add_role("Lesson", "*")
    tab.sign_in()
    return tab


@several
@given(fields=typed("account", "roleName", "displayName"))
def test_the_switch_role_form(ann, fields):
    page = ann.client.post("/switchrole", {"identity": ann.identity(), **fields})
    assert page.status_code in ANSWERS
    assert ann.get("/iam/").status_code == 200


@several
@given(color=ODD, name=ODD)
def test_display_name_and_color_of_a_switch_that_succeeds(ann, color, name):
    page = ann.switch(displayName=name, color=color)
    assert page.status_code in ANSWERS
    assert ann.get("/switchrole").status_code == 200


@several
@given(fields=typed("account", "roleName", "color"))
def test_the_switch_role_link(ann, fields):
    page = ann.get("/switchrole", displayName=fields["roleName"], **fields)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@several
@given(fields=typed("account", "username", "password", "next"))
def test_the_sign_in_form(world, tab, fields):
    page = tab.client.post("/signin", fields)
    assert page.status_code in ANSWERS
    assert "<script>alert" not in page.content.decode()


@several
@given(name=ODD, password=ODD)
def test_a_sign_in_to_an_account_that_exists(world, tab, name, password):
    assert tab.sign_in(name, password).status_code in ANSWERS


@several
@given(fields=typed("account", "email", "password", "next"))
def test_the_root_sign_in_form(world, tab, fields):
    assert tab.client.post("/signin/root", fields).status_code in ANSWERS


@several
@given(account=ODD, user=ODD, target=ODD)
def test_entry_with_one_click(world, tab, account, user, target):
    page = tab.enter(account, user, next=target)
    assert page.status_code in ANSWERS
    assert page.get("Location", "/").startswith("/")


@several
@given(target=ODD)
def test_any_next_leads_to_this_site(world, tab, target):
    response = tab.sign_in(next=target)
    assert response.status_code == 302
    assert response["Location"].startswith("/")
    assert not response["Location"].startswith("//")


@several
@given(account=ODD, target=ODD)
def test_the_sign_in_link(world, tab, account, target):
    page = tab.get("/signin", account=account, next=target)
    assert page.status_code == 200
    assert PASSWORD not in page.content.decode()


@several
@given(step=ODD, identity=ODD)
def test_the_clock_form(ann, step, identity):
    assert (
        ann.client.post("/sandbox/clock", {"identity": identity, "step": step}).status_code == 409
    )
    assert ann.post("/sandbox/clock", step=step).status_code in {302, 400, 403}


@pytest.mark.parametrize("header", ["", "x" * 20_000, "\x80\xff", "<b>"])
def test_any_user_agent(world, tab, header):
    typed = {"account": world.account_id, "username": "ann", "password": PASSWORD}
    assert tab.client.post("/signin", typed, HTTP_USER_AGENT=header).status_code == 302


def test_a_session_whose_tokens_were_tampered_with_is_signed_out(ann):
    session = ann.client.session
    (kept,) = session["consoles"].values()
    kept["base"] = kept["base"][:-4] + "AAAA"
    session.save()
    page = ann.get("/iam/")
    assert page.status_code == 200
    assert page.context["console"] is None
    assert not ann.consoles()
