"""*My account*: display name, password, log-out; and what the top bar leads to."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from console.classes.joins import join_class
from console.classes.staff import new_class
from console.labs.guests import new_guest
from console.labs.site_users import display_name
from console.signin.throttle import FREE_ATTEMPTS
from tests.signin.browsing import PASSWORD, text_of

pytestmark = pytest.mark.django_db
NEW = "a-quiet-Harbor-9"


@pytest.fixture
def ann():
    return User.objects.create_user("ann", password=PASSWORD)


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def change(client, old=PASSWORD, new=NEW, again=NEW):
    fields = {"old_password": old, "new_password1": new, "new_password2": again}
    return client.post("/account/password", fields)


@pytest.mark.parametrize("url", ["/account", "/account/password"])
def test_the_account_is_for_who_is_logged_in_and_a_guest_chooses_a_login_first(url):
    assert Client().get(url)["Location"] == f"/login?next={url}"
    client = browser_of(new_guest())
    session = client.session
    session["guest"] = 0.0
    session.save()
    assert client.get(url)["Location"] == "/keep"


def test_a_display_name_is_saved_tidied_and_taken_away(ann):
    client = browser_of(ann)
    client.post("/account", {"display_name": "  Ann   Lee "})
    assert "Your display name is saved." in text_of(client.get("/account"))
    assert display_name(User.objects.get()) == "Ann Lee"
    assert 'value="Ann Lee"' in client.get("/account").content.decode()
    client.post("/account", {"display_name": ""})
    assert display_name(User.objects.get()) == "ann"


def test_a_display_name_that_is_too_long_is_refused(ann):
    page = browser_of(ann).post("/account", {"display_name": "x" * 81})
    assert page.status_code == 400
    assert "at most 80 characters" in text_of(page)


@pytest.mark.parametrize(
    ("group", "fields", "role"),
    [
        ("students", {}, "Student"),
        ("instructors", {}, "Instructor"),
        ("students", {"is_superuser": True, "is_staff": True}, "Administrator"),
    ],
)
def test_the_role_is_shown_and_cannot_be_chosen(ann, group, fields, role):
    User.objects.filter(pk=ann.pk).update(**fields)
    ann.groups.add(Group.objects.get(name=group))
    client = browser_of(ann)
    client.post("/account", {"display_name": "Ann", "role": "Administrator", "is_staff": "on"})
    assert f"Role {role}" in text_of(client.get("/account"))


def test_a_new_password_counts_here_and_other_browsers_are_logged_out(ann):
    here, there = browser_of(ann), browser_of(ann)
    assert change(here)["Location"] == "/account"
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
    assert Client().login(username="ann", password=NEW)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old": "wrong"}, "Your old password was entered incorrectly."),
        ({"again": "another"}, "didn\u2019t match"),
        ({"new": "12345678", "again": "12345678"}, "entirely numeric"),
        ({"new": "", "again": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_a_new_password_is_refused_in_words(ann, fields, sentence):
    page = change(browser_of(ann), **fields)
    assert page.status_code == 400
    assert sentence in text_of(page)
    assert Client().login(username="ann", password=PASSWORD)


def test_guessing_the_present_password_is_slowed(ann):
    client = browser_of(ann)
    for _ in range(FREE_ATTEMPTS):
        change(client, old="wrong")
    assert "Too many failed attempts" in text_of(change(client))


@pytest.mark.parametrize("url", ["/", "/labs/", "/account"])
def test_the_top_bar_leads_instructors_to_their_classes_and_nobody_else(ann, url):
    client = browser_of(ann)
    assert 'href="/teach/"' not in client.get(url).content.decode()
    ann.groups.add(Group.objects.get(name="instructors"))
    assert 'href="/teach/"' in client.get(url).content.decode()


def test_the_top_bar_leads_students_of_a_class_to_their_classes(ann):
    client = browser_of(ann)
    assert "My classes" not in text_of(client.get("/account"))
    course_class = new_class(User.objects.create_user("tess"), "7b", "UTC")
    join_class(ann, course_class)
    assert "My classes" in text_of(client.get("/account"))
    course_class.enrollments.update(removed_at=timezone.now())
    assert "My classes" not in text_of(client.get("/account"))


def test_the_start_page_of_an_instructor_leads_to_a_new_class(ann):
    ann.groups.add(Group.objects.get(name="instructors"))
    page = browser_of(ann).get("/").content.decode()
    assert 'href="/teach/new"' in page
    assert 'href="/teach/new"' not in Client().get("/").content.decode()


def test_who_may_teach_is_known_with_the_user_of_the_request(ann, django_assert_num_queries):
    ann.groups.add(Group.objects.get(name="instructors"))
    client = browser_of(ann)
    client.get("/account")
    with django_assert_num_queries(2):  # the session, the user
        client.get("/account")


def test_a_page_with_the_account_is_stored_by_no_browser(ann):
    assert "no-store" in browser_of(ann).get("/account")["Cache-Control"]
