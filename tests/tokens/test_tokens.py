"""Tokens: made on a page, shown once, kept as a hash, ended."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.administration.people import reset_password
from console.classes.models import Enrollment
from console.classes.roster.cards import make_cards
from console.classes.staff import new_class
from console.labs.guests import new_guest
from console.tokens.issuing import (
    MOST_TOKENS,
    PREFIX,
    find_token,
    forget_ended,
    issue_token,
    note_use,
    revoke_token,
)
from console.tokens.models import ApiToken
from console.tokens.scopes import AREAS, grants, known_scopes
from tests.classes.conftest import instructor, logged_in
from tests.signin.browsing import text_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIELDS = {"name": "Backup", "days": "30", "area_classes": "read"}


@pytest.fixture
def ann():
    return User.objects.create_user("ann")


def test_a_token_is_shown_once_and_stored_nowhere(ann):
    client = logged_in(ann)
    page = client.post("/account/tokens", FIELDS)
    token = ApiToken.objects.get()
    secret = next(word for word in text_of(page).split() if word.startswith(PREFIX))
    assert find_token(secret) == token
    assert secret not in str(ApiToken.objects.values())
    assert secret not in client.get("/account/tokens").content.decode()
    assert "no-store" in page["Cache-Control"]
    assert (token.user, token.name, token.scopes) == (ann, "Backup", ["classes:read"])
    assert 29 < (token.expires_at - timezone.now()).days + 1 <= 30


def test_a_token_is_listed_with_its_last_use_and_revoked(ann):
    token, _ = issue_token(ann, "Grades", ["classes:read"], DAY)
    client = logged_in(ann)
    assert f"Grades …{token.ends} classes:read Last used: never" in text_of(
        client.get("/account/tokens")
    )
    note_use(token)
    assert "never ·" not in text_of(client.get("/account/tokens"))
    page = client.post(f"/account/tokens/{token.public_id}/revoke", follow=True)
    assert "Grades no longer works." in text_of(page)
    assert not ApiToken.objects.get().works
    assert client.post(f"/account/tokens/{token.public_id}/revoke").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"days": "900"}, {"area_classes": ""}, {"area_classes": "all"}],
    ids=["no name", "too long", "no scope", "unknown access"],
)
def test_a_token_needs_a_name_an_end_and_a_scope(ann, wrong):
    assert logged_in(ann).post("/account/tokens", FIELDS | wrong).status_code == 400
    assert not ApiToken.objects.exists()


def test_a_student_is_offered_what_students_have(ann):
    offered = logged_in(ann).get("/account/tokens").content.decode()
    assert 'name="area_progress"' in offered
    assert 'name="area_roster"' not in offered
    logged_in(ann).post("/account/tokens", FIELDS | {"area_roster": "write"})
    assert ApiToken.objects.get().scopes == ["classes:read"]
    assert (
        'name="area_roster"'
        in logged_in(instructor("tess")).get("/account/tokens").content.decode()
    )


def test_account_and_the_pages_of_teachers_lead_to_the_tokens(ann):
    assert 'href="/account/tokens"' in logged_in(ann).get("/account").content.decode()
    assert 'href="/account/tokens"' in logged_in(instructor("t")).get("/teach/").content.decode()


def test_tokens_are_for_who_has_a_login(ann):
    token, _ = issue_token(ann, "Grades", ["classes:read"], DAY)
    assert Client().get("/account/tokens")["Location"] == "/login?next=/account/tokens"
    guest = logged_in(new_guest())
    session = guest.session
    session["guest"] = 0.0
    session.save()
    assert guest.post("/account/tokens", FIELDS)["Location"] == "/keep"
    other = logged_in(User.objects.create_user("mallory"))
    assert "Grades" not in text_of(other.get("/account/tokens"))
    assert other.post(f"/account/tokens/{token.public_id}/revoke").status_code == 404
    assert ApiToken.objects.get().works


def by_an_administrator(user):
    reset_password(user)


def by_a_teachers_card(user):
    course_class = new_class(instructor("tess"), "7b", "UTC")
    make_cards([Enrollment.objects.create(course_class=course_class, user=user, source="code")])


@pytest.mark.parametrize("reset", [by_an_administrator, by_a_teachers_card])
def test_tokens_end_with_a_password_that_somebody_else_resets(ann, reset):
    issue_token(User.objects.create_user("ben"), "other", ["classes:read"], DAY)
    _, secret = issue_token(ann, "one", ["classes:read"], DAY)
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/").status_code == 200
    reset(ann)
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/").status_code == 401
    assert [one.works for one in ApiToken.objects.order_by("pk")] == [True, False]


def test_tokens_are_among_ones_data_without_the_secret(ann):
    _, secret = issue_token(ann, "Grades", ["classes:read"], DAY)
    data = logged_in(ann).get("/labs/me/data").content.decode()
    assert '"name": "Grades"' in data
    assert secret not in data
    assert ApiToken.objects.get().hash not in data


def test_so_many_tokens_work_at_a_time(ann):
    for _ in range(MOST_TOKENS):
        token, _ = issue_token(ann, "one", ["classes:read"], DAY)
    page = logged_in(ann).post("/account/tokens", FIELDS)
    assert "Revoke one first" in text_of(page)
    revoke_token(ann, token.public_id)
    assert logged_in(ann).post("/account/tokens", FIELDS).status_code == 200


def test_the_use_of_a_token_is_noted_once_a_minute(ann, django_assert_num_queries):
    token, _ = issue_token(ann, "one", ["classes:read"], DAY)
    note_use(token)
    token.refresh_from_db()
    with django_assert_num_queries(0):
        note_use(token)


def test_tokens_that_ended_long_ago_are_forgotten(ann):
    kept, _ = issue_token(ann, "kept", ["classes:read"], DAY)
    expired, _ = issue_token(ann, "expired", ["classes:read"], DAY)
    revoked, _ = issue_token(ann, "revoked", ["classes:read"], 100 * DAY)
    ago = timezone.now() - 31 * DAY
    ApiToken.objects.filter(pk=expired.pk).update(expires_at=ago)
    ApiToken.objects.filter(pk=revoked.pk).update(revoked_at=ago)
    forget_ended()
    assert list(ApiToken.objects.all()) == [kept]


def test_who_may_change_an_area_may_read_it_and_nothing_else():
    assert grants(["roster:write"], "roster:read")
    assert not grants(["roster:read"], "roster:write")
    assert not grants(["roster:write"], "classes:read")
    assert {scope.partition(":")[0] for scope in known_scopes()} == AREAS.keys()
