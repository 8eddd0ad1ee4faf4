"""The students of a platform's course are taken into the class."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from console.classes.models import AuditEntry, Enrollment
from console.classes.roster.removal import remove_students
from console.classes.staff import new_class
from console.lti.members import CLAIM as SERVICE
from console.lti.models import Platform, PlatformUser
from tests.classes.conftest import instructor, logged_in
from tests.jobs import perform_jobs
from tests.lti.launching import enter
from tests.lti.platform import CLAIM, INSTRUCTOR, LEARNER

pytestmark = pytest.mark.django_db


def member(number, **more):
    return {"user_id": f"person-{number}", "name": f"Student {number}", "roles": [LEARNER], **more}


@pytest.fixture
def known(lms, platform):
    """A platform from which a teacher came, so that it is known where it names its people."""
    service = {"context_memberships_url": f"{lms.url}/members", "service_versions": ["2.0"]}
    enter(lms, **{f"{CLAIM}roles": [INSTRUCTOR], SERVICE: service})
    platform.refresh_from_db()
    return platform


def take_in(teacher, platform):
    url = reverse(
        "teach_platform_members", args=[platform.course_class.public_id, platform.public_id]
    )
    response = logged_in(teacher).post(url)
    perform_jobs("long")
    return response


def names():
    here = Enrollment.objects.filter(removed_at=None).order_by("pk")
    return [str(one.user.profile) for one in here]


def test_students_join_page_by_page_before_they_come(lms, known, tess):
    lms.members = [
        member(1),
        member(2, roles=["Learner"]),
        member(3, name=None, given_name="Mia", family_name="Example"),
        member(4, roles=[INSTRUCTOR]),
        member(5, status="Inactive"),
    ]
    assert take_in(tess, known).status_code == 302
    assert names() == ["Student 1", "Student 2", "Mia Example"]
    assert not any(one.has_usable_password() for one in User.objects.filter(enrollments__gt=0))
    enter(lms)
    assert PlatformUser.objects.count() == 3
    (entry,) = AuditEntry.objects.filter(action="took students in")
    assert entry.detail == "From Moodle: 3 new."


def test_taken_in_again_nobody_is_doubled_and_who_left_is_named_and_stays(lms, known, tess):
    lms.members = [member(1), member(2)]
    take_in(tess, known)
    lms.members = [member(1), member(3)]
    take_in(tess, known)
    assert names() == ["Student 1", "Student 2", "Student 3"]
    newest = AuditEntry.objects.filter(action="took students in")[0]
    assert newest.detail == "From Moodle: 1 new. No longer there: Student 2."


def test_who_was_removed_here_is_not_brought_back(lms, known, tess):
    lms.members = [member(1), member(2)]
    take_in(tess, known)
    remove_students(list(Enrollment.objects.filter(user__platformuser__subject="person-1")))
    take_in(tess, known)
    assert names() == ["Student 2"]


BAD = {
    "no list": {"members": 5},
    "nobody": [],
    "strange rows": [5, {"user_id": ""}, {"roles": [LEARNER]}, {"user_id": "x", "roles": 7}],
}


@pytest.mark.parametrize("members", BAD.values(), ids=BAD)
def test_what_names_no_students_changes_nothing_and_is_noted(lms, known, tess, members):
    lms.members = members if isinstance(members, list) else []
    lms.status = 200 if isinstance(members, list) else 503
    take_in(tess, known)
    assert names() == []
    (entry,) = AuditEntry.objects.filter(action="took students in")
    assert "names no" in entry.detail or "answers 503" in entry.detail


@pytest.mark.parametrize("url", ["https://x.example/members", "", None, 5, "file:///etc/passwd"])
def test_an_address_that_is_not_listed_is_not_kept(lms, platform, url):
    enter(lms, **{f"{CLAIM}roles": [INSTRUCTOR], SERVICE: {"context_memberships_url": url}})
    assert Platform.objects.get().members_url == ""


def test_a_student_of_the_platform_does_not_say_where_its_people_are(lms, platform):
    enter(lms, **{SERVICE: {"context_memberships_url": f"{lms.url}/members"}})
    assert Platform.objects.get().members_url == ""


def test_only_an_owner_of_the_class_takes_students_in(lms, known, tess):
    lms.members = [member(1)]
    assert take_in(instructor("olga"), known).status_code == 404
    assert names() == []


def test_a_platform_that_opens_a_class_is_refused_for_another_in_words(lms, platform, tess):
    other = new_class(tess, "9d", "UTC")
    page = logged_in(tess).post(reverse("teach_platforms", args=[other.public_id]), lms.fields())
    assert page.status_code == 400
    assert "open a class already: this one, or another" in page.content.decode()
    assert not other.platforms.exists()
