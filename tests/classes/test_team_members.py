"""What a team does in its world: the teacher sees which member it was, as far as it is known."""

import pytest
from botocore.exceptions import ClientError
from django.contrib.auth.models import User
from django.urls import reverse

from console.classes.joins import join_class
from console.classes.models import Enrollment, Team
from console.classes.work import begin_assigned
from console.labs.models import MemberCall, MemberKey
from iam.models import AccessKey
from iam.models.seals import unseal
from tests.classes.conftest import logged_in
from tests.classes.working import assign
from tests.consoles import console_behind
from tests.endpoint.clients import Clients
from tests.pages.labs.test_drawer import enter
from tests.pages.labs.test_visits import keys_of_drawer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(course_class):
    return join_class(User.objects.create_user("tom"), course_class)


@pytest.fixture
def team(course_class, sam, tom):
    team = Team.objects.create(course_class=course_class, name="Red")
    Enrollment.objects.filter(pk__in=[sam.pk, tom.pk]).update(team=team)
    for one in (sam, tom):
        one.refresh_from_db()
    return team


@pytest.fixture
def attempt(course_class, team, sam):
    return begin_assigned(sam, assign(course_class))


def member_in(attempt, enrollment):
    """Return a member's browser, signed in to the team's world as its administrator."""
    client = logged_in(enrollment.user)
    enter(client, attempt)
    client.get("/iam/")
    return client


def make_group(client, name):
    identity = console_behind(client).identity
    client.post(reverse("group_create"), {"GroupName": name, "identity": identity})


def by_cli(keys, name):
    Clients()("iam", keys).create_group(GroupName=name)


def members(tess, enrollment, words="iam:CreateGroup"):
    """Return who made each group, or did what else, by the teacher's timeline."""
    address = reverse(
        "teach_student", args=[enrollment.course_class.public_id, enrollment.public_id]
    )
    page = logged_in(tess).get(address)
    return {
        one.detail.rsplit("/")[-1]: one.member
        for one in page.context["timeline"]
        if one.words == words
    }


def test_a_write_in_the_browser_is_of_who_is_logged_in(tess, attempt, sam, tom):
    for enrollment in (sam, tom):
        make_group(member_in(attempt, enrollment), f"of-{enrollment.user.username}")
    for page in (sam, tom):
        assert members(tess, page) == {"of-sam": "sam", "of-tom": "tom"}
        assert members(tess, page, "signin:ConsoleLogin") == {"": ""}


def test_a_write_by_cli_is_of_who_copied_the_credentials(tess, attempt, sam, tom):
    by_cli(keys_of_drawer(member_in(attempt, tom)), "toms")
    assert members(tess, sam) == {"toms": "tom's key"}


def test_a_key_is_of_who_made_it_and_so_is_the_session_that_it_opens(tess, attempt, tom):
    keys = keys_of_drawer(member_in(attempt, tom))
    made = Clients()("iam", keys).create_access_key(UserName="admin")["AccessKey"]
    long_term = (made["AccessKeyId"], made["SecretAccessKey"], None)
    by_cli(long_term, "by-key")
    assert members(tess, tom) == {"by-key": "tom's key"}
    assert MemberKey.objects.filter(access_key_id=made["AccessKeyId"]).get().member == tom.user


def test_of_a_key_that_the_world_began_with_it_is_not_known(tess, attempt, sam):
    begun_with = AccessKey.in_sandbox(attempt.sandbox).get(user__name="dev")
    keys = (begun_with.access_key_id, unseal("access-key", begun_with.sealed_secret).decode(), None)
    with pytest.raises(ClientError, match="AccessDenied"):
        by_cli(keys, "denied")
    address = reverse("teach_student", args=[sam.course_class.public_id, sam.public_id])
    page = logged_in(tess).get(address)
    assert [one.member for one in page.context["timeline"] if one.kind == "denied"] == ["not known"]


def test_hints_and_answers_are_of_who_asked(tess, course_class, team, sam, tom):
    attempt = begin_assigned(sam, assign(course_class))
    client = logged_in(tom.user)
    client.post(reverse("attempt_hint", args=[attempt.public_id]), {"task": "build", "number": "1"})
    address = reverse("teach_student", args=[course_class.public_id, sam.public_id])
    page = logged_in(tess).get(address)
    assert [one.member for one in page.context["timeline"] if one.kind == "hint"] == ["tom"]


def test_of_a_single_students_world_nothing_is_noted(tess, course_class, sam):
    attempt = begin_assigned(sam, assign(course_class))
    make_group(member_in(attempt, sam), "mine")
    assert members(tess, sam) == {"mine": ""}
    assert not MemberCall.objects.exists()
    assert not MemberKey.objects.exists()
