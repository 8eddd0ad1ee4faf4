"""The administrator's pages of site users."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from console.administration.models import AdministratorAction
from console.classes.models import Enrollment, LoginCard
from console.classes.roster.cards import make_cards
from console.classes.staff import new_class
from console.labs.guests import new_guest
from console.labs.site_users import SiteRole, role_of, set_display_name
from iam.models import Sandbox
from tests.admin.conftest import count_queries
from tests.classes.conftest import instructor, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    """Ann, a student with a world of her own."""
    user = User.objects.create_user("ann", password="old-password-7")
    Sandbox.objects.create(name="Mine", owner=user)
    return user


def page(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


def logins(response) -> list[str]:
    return [row.label for row in response.context["table"].rows]


def test_users_are_found_by_login_name_and_reference(manager, ann):
    set_display_name(User.objects.create_user("bob"), "Robert")
    course_class = new_class(instructor("tess"), "7b", "UTC")
    Enrollment.objects.create(
        course_class=course_class, user=ann, source="code", reference="S-1234"
    )
    new_guest()
    users = page("admin_users")
    assert logins(manager.get(users)) == ["ann", "bob", "boss", "tess"]
    for query, expected in (("AN", "ann"), ("robert", "bob"), ("s-12", "ann"), ("\0", None)):
        found = logins(manager.get(users, {"q": query}))
        assert found == ([expected] if expected else ["ann", "bob", "boss", "tess"]), query
    row = manager.get(users, {"q": "ann"}).context["table"].rows[0].row
    assert (row.references, row.classes) == ("S-1234", "7b")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"role": "student"}, ["ann", "ina"]),
        ({"role": "instructor"}, ["tess"]),
        ({"role": "administrator"}, ["boss"]),
        ({"state": "inactive"}, ["ina"]),
        ({"state": "active", "sort": "-login"}, ["tess", "boss", "ann"]),
        ({"role": "nobody", "page": "99"}, ["ann", "boss", "ina", "tess"]),
    ],
)
def test_users_are_filtered_and_ordered(manager, ann, query, expected):
    instructor("tess")
    User.objects.create_user("ina", is_active=False)
    assert logins(manager.get(page("admin_users"), query)) == expected


def test_a_list_of_many_users_loads_one_page_of_them(manager):
    users = page("admin_users")
    course_class = new_class(instructor("tess"), "7b", "UTC")

    def join(first: int, last: int) -> None:
        made = User.objects.bulk_create(User(username=f"s{n:04}") for n in range(first, last))
        Enrollment.objects.bulk_create(
            Enrollment(course_class=course_class, user=user, source="code") for user in made
        )

    join(0, 60)
    few = count_queries(manager, users)
    join(60, 400)
    assert count_queries(manager, users) == few
    assert len(logins(manager.get(users, {"page": "3"}))) == 50


def test_a_role_is_granted(manager, ann):
    for role in (SiteRole.INSTRUCTOR, SiteRole.ADMINISTRATOR, SiteRole.STUDENT):
        manager.post(page("admin_user_role", ann.pk), {"role": role})
        assert role_of(User.objects.get(pk=ann.pk)) == role
    manager.post(page("admin_user_role", ann.pk), {"role": "emperor"})
    assert role_of(User.objects.get(pk=ann.pk)) == SiteRole.STUDENT
    noted = AdministratorAction.objects.values_list("action", "about", "detail")
    assert noted[0] == ("set the role of", "ann", "Student.")
    assert len(noted) == 3


def test_administrators_do_not_shut_themselves_out(manager):
    boss = User.objects.get(username="boss")
    manager.post(page("admin_user_role", boss.pk), {"role": "student"})
    manager.post(page("admin_user_active", boss.pk), {"active": "no"})
    assert manager.post(page("admin_user_password", boss.pk)).url == "/account/password"
    boss.refresh_from_db()
    assert boss.is_active
    assert role_of(boss) == SiteRole.ADMINISTRATOR
    assert "This is you." in manager.get(page("admin_user", boss.pk)).text


def test_a_password_is_reset_and_shown_once(manager, ann):
    browser = logged_in(ann)
    enrollment = Enrollment.objects.create(
        course_class=new_class(instructor("tess"), "7b", "UTC"), user=ann, source="code"
    )
    make_cards([enrollment])
    response = manager.post(page("admin_user_password", ann.pk))
    password = response.context["password"]
    assert re.fullmatch(r"[a-z]+-[a-z]+-[a-z]+-\d\d", password)
    assert password in response.text
    assert "no-store" in response["Cache-Control"]
    assert User.objects.get(pk=ann.pk).check_password(password)
    assert browser.get("/account").status_code == 302
    assert not LoginCard.objects.exists()
    (noted,) = AdministratorAction.objects.all()
    assert password not in f"{noted.detail}{noted.about}"
    assert password not in manager.get(page("admin_user", ann.pk)).text


def test_a_user_is_logged_out_in_every_browser_and_logs_in_again(manager, ann):
    browsers = [logged_in(ann), logged_in(ann)]
    other = logged_in(User.objects.create_user("bob"))
    assert browsers[0].get("/account").status_code == 200
    manager.post(page("admin_user_log_out", ann.pk))
    assert [one.get("/account").status_code for one in browsers] == [302, 302]
    assert other.get("/account").status_code == 200
    again = Client()
    again.post("/login", {"username": "ann", "password": "old-password-7"})
    assert again.get("/account").status_code == 200


def test_a_user_who_is_deactivated_is_kept_out_with_the_keys_of_their_worlds(manager, ann):
    browser, waiting = logged_in(ann), Sandbox.objects.create(name="Public", owner=ann, public=True)
    manager.post(page("admin_user_active", ann.pk), {"active": "no"})
    assert browser.get("/account").status_code == 302
    assert set(Sandbox.objects.filter(suspended=True)) == {Sandbox.objects.get(name="Mine")}
    assert "Deactivated" in manager.get(page("admin_user", ann.pk)).text
    manager.post(page("admin_user_active", ann.pk), {"active": "yes"})
    assert not Sandbox.objects.filter(suspended=True).exists()
    assert logged_in(ann).get("/account").status_code == 200
    assert waiting.public


def test_who_is_deactivated_keeps_their_role():
    tess, ada = instructor("tess"), User.objects.create_superuser("ada")
    User.objects.update(is_active=False)
    kept = [role_of(User.objects.get(pk=one.pk)) for one in (tess, ada)]
    assert kept == [SiteRole.INSTRUCTOR, SiteRole.ADMINISTRATOR]


def test_a_login_is_made_with_a_role(manager):
    fields = {"name": "olga", "display_name": "Olga", "role": "instructor"}
    response = manager.post(page("admin_user_create"), fields)
    user = User.objects.get(username="olga")
    assert role_of(user) == SiteRole.INSTRUCTOR
    assert user.check_password(response.context["password"])
    again = manager.post(page("admin_user_create"), fields)
    assert again.status_code == 400
    assert "Somebody has this name already." in again.text
    assert AdministratorAction.objects.count() == 1


@pytest.mark.parametrize("number", ["1234567", "9" * 30])
def test_there_is_no_page_of_nobody(manager, number):
    assert manager.get(f"/admin/users/{number}/").status_code == 404
    assert manager.get(page("admin_user", new_guest().pk)).status_code == 404


def test_what_administrators_did_is_listed(manager, ann):
    manager.post(page("admin_user_log_out", ann.pk))
    manager.post(page("admin_user_role", ann.pk), {"role": "instructor"})
    table = manager.get(page("admin_audit")).context["table"]
    assert [(one.row.action, str(one.row.by)) for one in table.rows] == [
        ("set the role of", "boss"),
        ("logged out everywhere", "boss"),
    ]
    assert manager.get(page("admin_audit"), {"q": "bob"}).context["table"].matched == 0


def test_the_first_page_leads_to_all_rows(manager):
    shown = manager.get(page("admin_home")).text
    assert reverse("admin:iam_event_changelist") in shown
    assert "<details" in shown
