"""A class is opened from a learning management system, and points go back to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from console.classes.models import Enrollment, Mode
from console.classes.roster.removal import remove_students
from console.labs.models import Attempt, Solve
from console.labs.site_users import is_instructor
from console.lti.grades import send_due_grades
from console.lti.models import EntryLink, LaunchState, LineItem, PlatformUser
from console.lti.outbound import PlatformUnreachable, fetch
from tests.classes.conftest import logged_in
from tests.lti.launching import begin, enter, launch
from tests.lti.platform import CLAIM

pytestmark = pytest.mark.django_db
LAB = "same-account-role"
TEACHER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


def test_a_student_comes_in_by_one_button_in_a_window_of_its_own(lms, platform):
    client, entered = enter(lms)
    student = PlatformUser.objects.get().user
    assert entered.headers["Location"] == reverse(
        "my_class", args=[platform.course_class.public_id]
    )
    assert client.get(entered.headers["Location"]).status_code == 200
    assert str(student.profile) == "Mia Example"
    assert not student.has_usable_password()
    assert Enrollment.objects.get(user=student).source == "lti"


def test_the_same_person_is_the_same_student_and_another_is_not(lms, platform):
    enter(lms)
    enter(lms)
    assert PlatformUser.objects.count() == 1
    enter(lms, sub="person-2")
    assert PlatformUser.objects.count() == 2


def test_a_launch_may_be_framed_by_the_platform_and_nothing_else_may(lms, platform):
    page = launch(lms)
    assert "X-Frame-Options" not in page.headers
    assert f"frame-ancestors {lms.url}" in page.headers["Content-Security-Policy"]
    assert 'target="_blank"' in page.content.decode()
    other = Client().get("/labs/")
    assert other.headers["X-Frame-Options"] == "DENY"


def test_a_link_works_once_and_for_two_minutes(lms, platform):
    url = launch(lms).context["url"]
    assert Client().get(url).status_code == 302
    assert Client().get(url).status_code == 400
    url = launch(lms).context["url"]
    EntryLink.objects.update(made_at=timezone.now() - timedelta(minutes=3))
    assert Client().get(url).status_code == 400


def test_a_launch_is_not_accepted_twice(lms, platform):
    query, _ = begin(lms)
    fields = {"state": query["state"], "id_token": lms.sign(lms.claims(query["nonce"]))}
    assert Client().post(reverse("lti_launch"), fields).status_code == 200
    assert Client().post(reverse("lti_launch"), fields).status_code == 400


BAD: list[dict[str, Any]] = [
    {"iss": "https://other.example"},
    {"aud": "another-tool"},
    {"aud": ["client-7", "another"], "azp": "another"},
    {"nonce": "of-another-launch"},
    {"exp": 1_000_000_000},
    {"iat": 4_000_000_000},
    {"sub": None},
    {f"{CLAIM}deployment_id": "2"},
    {f"{CLAIM}version": "1.1"},
    {f"{CLAIM}message_type": "LtiSubmissionReviewRequest"},
    {f"{CLAIM}message_type": "LtiDeepLinkingRequest"},
]


@pytest.mark.parametrize("changes", BAD, ids=lambda changes: next(iter(changes)).rpartition("/")[2])
def test_a_token_that_does_not_hold_opens_nothing(lms, platform, changes):
    assert launch(lms, **changes).status_code == 400
    assert not EntryLink.objects.exists()
    assert not PlatformUser.objects.exists()


def test_a_token_signed_by_somebody_else_opens_nothing(lms, platform):
    other = RSAKey.generate_key(2048, {"kid": "lms-1"})
    assert launch(lms, key=other).status_code == 400


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "eyJhbGciOiJub25lIn0.e30."])
def test_garbage_opens_nothing(lms, platform, token):
    query, _ = begin(lms)
    fields = {"state": query["state"], "id_token": token}
    assert Client().post(reverse("lti_launch"), fields).status_code == 400


def test_an_old_or_made_up_state_opens_nothing(lms, platform):
    assert launch(lms, state="made-up").status_code == 400
    query, _ = begin(lms)
    LaunchState.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    token = lms.sign(lms.claims(query["nonce"]))
    fields = {"state": query["state"], "id_token": token}
    assert Client().post(reverse("lti_launch"), fields).status_code == 400


@pytest.mark.parametrize(
    "asked", [{"iss": "https://x.example"}, {"client_id": "x"}, {"lti_deployment_id": "9"}]
)
def test_an_unknown_platform_is_sent_nowhere(lms, platform, asked):
    query, response = begin(lms, **asked)
    assert (query, response.status_code) == ({}, 400)


def test_new_keys_of_the_platform_are_found(lms, platform):
    launch(lms)
    old, lms.key = lms.key, RSAKey.generate_key(2048, {"kid": "lms-1"})
    try:
        assert launch(lms).status_code == 200
    finally:
        lms.key = old


def test_an_instructor_of_the_platform_gets_no_rights_here(lms, platform, tess):
    client, entered = enter(lms, **{f"{CLAIM}roles": [TEACHER]})
    assert entered.headers["Location"].startswith("/teach/")
    assert "/login" in client.get(entered.headers["Location"]).headers["Location"]
    assert not any(is_instructor(user) for user in User.objects.exclude(pk=tess.pk))
    client, entered = enter(lms, logged_in(tess), **{f"{CLAIM}roles": [TEACHER]})
    assert client.get(entered.headers["Location"]).status_code == 200


def test_a_removed_student_does_not_come_back_by_the_platform(lms, platform):
    enter(lms)
    remove_students(list(Enrollment.objects.all()))
    assert launch(lms).status_code == 400


def test_without_listed_hosts_lti_is_off(platform, settings, tess, course_class):
    settings.LTI_HOSTS = []
    assert b"Page not found" in Client().get(reverse("lti_login")).content
    assert Client().post(reverse("lti_launch")).status_code == 404
    with pytest.raises(PlatformUnreachable, match="does not list"):
        fetch("GET", platform.keys_url)
    url = reverse("teach_platforms", args=[course_class.public_id])
    fields = {"name": "x", "issuer": "https://m.example", "client_id": "c"}
    urls = dict.fromkeys(("login_url", "token_url", "keys_url"), "https://m.example/x")
    page = logged_in(tess).post(url, fields | urls)
    assert "This site does not call m.example" in page.content.decode()


# Grades.


@pytest.fixture
def assignment(course_class):
    return course_class.assignments.create(lab=LAB, mode=Mode.GRADED)


def graded(lms, assignment):
    """Let a student come in by the link of an assignment; return the student."""
    custom = {f"{CLAIM}custom": {"assignment": assignment.public_id}}
    client, _ = enter(lms, **custom, **{ENDPOINT: {"lineitems": f"{lms.url}/items"}})
    return client, PlatformUser.objects.get().user


def solved(user, assignment, points=100):
    from console.classes.work import begin_assigned  # noqa: PLC0415

    enrollment = Enrollment.objects.get(user=user)
    attempt = begin_assigned(enrollment, assignment)
    Solve.objects.create(attempt=attempt, task="build", points=points)
    Attempt.objects.filter(pk=attempt.pk).update(points=points, finished_at=timezone.now())
    return attempt


def test_points_are_sent_when_they_change_and_only_then(lms, platform, assignment):
    _, user = graded(lms, assignment)
    assert send_due_grades() == 0
    attempt = solved(user, assignment, points=60)
    assert send_due_grades() == 1
    (_, score) = lms.scores[0]
    assert (score["userId"], score["scoreGiven"], score["scoreMaximum"]) == ("person-1", 60, 100)
    assert send_due_grades() == 0
    Solve.objects.filter(attempt=attempt).update(points=100)
    assert send_due_grades() == 1
    assert [one["scoreGiven"] for _, one in lms.scores] == [60, 100]


def test_a_column_is_made_once_and_found_again(lms, platform, assignment):
    _, user = graded(lms, assignment)
    solved(user, assignment)
    send_due_grades()
    (item,) = lms.items.values()
    assert item["resourceId"] == f"rolecall-{assignment.public_id}"
    LineItem.objects.update(url="")
    Solve.objects.update(points=50)
    send_due_grades()
    assert len(lms.items) == 1


COLUMNS = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"


def test_a_link_to_the_whole_class_sends_the_points_of_all_that_counts(lms, platform, assignment):
    course_class = assignment.course_class
    practice = course_class.assignments.create(lab="external-id", mode=Mode.PRACTICE)
    enter(lms, **{ENDPOINT: {"lineitems": f"{lms.url}/items", "scope": [COLUMNS]}})
    user = PlatformUser.objects.get().user
    for one in (assignment, practice):
        solved(user, one)
    assert send_due_grades() == 1
    (item,) = lms.items.values()
    assert item["resourceId"] == f"rolecall-{assignment.public_id}"
    assert [score["scoreGiven"] for _, score in lms.scores] == [100]
    later = course_class.assignments.create(lab="two-halves-of-trust", mode=Mode.GRADED)
    solved(user, later, points=40)
    assert (send_due_grades(), send_due_grades(), len(lms.items)) == (1, 0, 2)


def test_a_link_to_the_class_of_a_platform_that_lets_nobody_make_columns_sends_nothing(
    lms, platform, assignment
):
    read = f"{COLUMNS}.readonly"
    enter(lms, **{ENDPOINT: {"lineitems": f"{lms.url}/items", "scope": [read]}})
    solved(PlatformUser.objects.get().user, assignment)
    assert (send_due_grades(), lms.items) == (0, {})


def test_what_fails_is_sent_again(lms, platform, assignment):
    _, user = graded(lms, assignment)
    solved(user, assignment)
    lms.status = 503
    with pytest.raises(PlatformUnreachable, match="answers 503"):
        send_due_grades()
    lms.status = 200
    assert send_due_grades() == 1


def test_the_site_proves_itself_by_its_key(lms, platform, assignment):
    _, user = graded(lms, assignment)
    solved(user, assignment)
    send_due_grades()
    keys = KeySet.import_key_set(Client().get(reverse("lti_keys")).json())
    claims = jwt.decode(lms.assertions[0], keys, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["aud"]) == ("client-7", platform.token_url)


def test_points_of_practice_are_not_sent(lms, platform, assignment):
    assignment.mode = Mode.PRACTICE
    assignment.save()
    _, user = graded(lms, assignment)
    solved(user, assignment)
    assert send_due_grades() == 0


def test_an_exams_points_wait_for_its_results(lms, platform, assignment):
    _, user = graded(lms, assignment)
    solved(user, assignment)
    assignment.mode = Mode.EXAM
    assignment.save()
    assert send_due_grades() == 0
    assignment.results_shown_at = timezone.now()
    assignment.save()
    assert send_due_grades() == 1
