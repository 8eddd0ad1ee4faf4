"""One person's data, sent and deleted by an administrator."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import ForeignKey
from django.urls import reverse

from console.administration.models import AdministratorAction
from console.administration.personal_data import FURTHER, personal_data_of
from console.administration.record import note_administration
from console.backups.values import all_models, lines_of
from console.classes.audit import Deed, note_action
from console.classes.copies import open_copy
from console.classes.models import (
    Enrollment,
    HelpRequest,
    Message,
    Mode,
    Override,
    Remark,
    TeachingRole,
    Team,
)
from console.classes.personal_data import delete_personal_work
from console.classes.staff import new_class
from console.classes.work import begin_assigned
from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from console.labs.models import Attempt, Scenario, SiteUser
from console.labs.scenarios.shelf import add_scenario
from iam.models import Event, Sandbox
from tests.classes.conftest import instructor, logged_in
from tests.classes.working import WRONG, work

pytestmark = pytest.mark.django_db
LAB = "same-account-role"
SMALL = "schema: 1\ntitle: Small\nworld: {accounts: {you: {}}}\n"


@pytest.fixture
def sam():
    return User.objects.create_user("sam")


@pytest.fixture
def course_class():
    return new_class(instructor("tess"), "7b", "UTC")


def enroll(user, course_class, **fields):
    return Enrollment.objects.create(course_class=course_class, user=user, source="code", **fields)


def test_a_person_gets_work_classes_and_what_teachers_wrote(manager, sam, course_class):
    enrollment = enroll(sam, course_class, reference="S-1")
    graded = course_class.assignments.create(lab=LAB)
    exam = course_class.assignments.create(lab="external-id", mode=Mode.EXAM)
    for assignment, text in ((graded, "Well done"), (exam, "All wrong")):
        Remark.objects.create(assignment=assignment, enrollment=enrollment, text=text)
    begin_attempt(sam, all_labs()[LAB])
    sent = manager.get(reverse("admin_user_data", args=[sam.pk]))
    data = sent.json()
    assert [one["lab"] for one in data["attempts"]] == [LAB]
    assert (data["classes"][0]["class"], data["classes"][0]["reference"]) == ("7b", "S-1")
    assert [one["text"] for one in data["classes"][0]["remarks"]] == ["Well done"]
    assert data == logged_in(sam).get(reverse("my_data")).json() | {"last_login": None}
    assert 'filename="rolecall-sam.json"' in sent["Content-Disposition"]
    teacher = personal_data_of(User.objects.get(username="tess"))
    assert teacher["teaches"] == [{"class": "7b", "role": TeachingRole.OWNER}]


def delete(manager, user, **fields):
    return manager.post(reverse("admin_user_delete", args=[user.pk]), fields)


def test_a_person_is_deleted_after_a_question_with_all_worlds_and_copies(
    manager, sam, course_class
):
    enrollment = enroll(sam, course_class)
    attempt = begin_assigned(enrollment, course_class.assignments.create(lab=LAB))
    open_copy(attempt, User.objects.get(username="tess"), "Sam")
    manager.post(reverse("admin_user_log_out", args=[sam.pk]))
    asked = manager.get(reverse("admin_user_delete", args=[sam.pk]))
    assert "Delete this person?" in asked.text
    assert User.objects.filter(username="sam").exists()
    assert delete(manager, sam).url == reverse("admin_users")
    assert not User.objects.filter(username="sam").exists()
    assert not Sandbox.objects.exists()
    assert not Event.unbound.exists()
    assert not Attempt.objects.exists()
    assert not Enrollment.objects.exists()
    about = AdministratorAction.objects.order_by("pk").values_list("action", "about")
    assert list(about) == [
        ("logged out everywhere", f"deleted user {sam.pk}"),
        ("deleted a login", f"deleted user {sam.pk}"),
    ]


def test_a_teams_world_goes_on_as_the_others(manager, sam, course_class):
    team = Team.objects.create(course_class=course_class, name="Blue")
    enrollment = enroll(sam, course_class, team=team)
    ann = User.objects.create_user("ann")
    enroll(ann, course_class, team=team)
    attempt = begin_assigned(enrollment, course_class.assignments.create(lab=LAB))
    delete(manager, sam)
    attempt.refresh_from_db()
    assert attempt.owner == attempt.sandbox.owner == ann


def test_who_owns_a_class_is_deleted_once_somebody_takes_over(manager, course_class):
    tess = User.objects.get(username="tess")
    add_scenario(tess, SMALL, shared=True)
    enroll(User.objects.create_user("sam"), course_class)
    instructor("olga")
    cases = {"": "Name an instructor", "sam": "another instructor", "tess": "another instructor"}
    for login, sentence in cases.items():
        refused = delete(manager, tess, owner=login)
        assert refused.status_code == 400
        assert sentence in refused.text
    assert delete(manager, tess, owner="nobody").status_code == 400
    assert "7b" in manager.get(reverse("admin_user_delete", args=[tess.pk])).text
    delete(manager, tess, owner="olga")
    assert not User.objects.filter(username="tess").exists()
    (teaching,) = course_class.teachings.all()
    assert (teaching.user.username, teaching.role) == ("olga", TeachingRole.OWNER)
    assert Scenario.objects.get().owner.username == "olga"
    assert Enrollment.objects.filter(user__username="sam").exists()


def test_administrators_do_not_delete_themselves(manager):
    boss = User.objects.get(username="boss")
    assert delete(manager, boss).status_code == 400
    assert User.objects.filter(pk=boss.pk).exists()


def test_who_deletes_their_own_work_leaves_no_copy_of_it(sam, course_class):
    attempt = begin_assigned(enroll(sam, course_class), course_class.assignments.create(lab=LAB))
    open_copy(attempt, User.objects.get(username="tess"), "Sam")
    delete_personal_work(sam)
    assert not Sandbox.objects.exists()


LOGIN, NAME, REFERENCE = "zedora-77", "Zedora Quux", "REF-4711"
TRACES = (LOGIN, NAME, REFERENCE, "What is a trust?", "Well done.", "Look here.")
IN_CLASSES = {
    ("classes.Enrollment", "user"),
    ("classes.HelpRequest", "enrollment"),
    ("classes.Message", "enrollment"),
    ("classes.Override", "enrollment"),
    ("classes.Remark", "enrollment"),
    ("classes.Teaching", "user"),
    ("tokens.ApiToken", "user"),
}
OF_WORK = {
    ("labs.Attempt", "owner"),
    ("labs.HintUse", "attempt"),
    ("labs.Response", "attempt"),
    ("labs.SiteUser", "user"),
    ("labs.Solve", "attempt"),
}
LEFT_OUT = {
    ("admin.LogEntry", "user"): "nothing writes it",
    ("auth.User_user_permissions", "user"): "nothing writes it",
    ("classes.CopySignal", "attempt"): "is for teachers to judge",
    ("classes.CopySignal", "dismissed_by"): "is about somebody else's attempt",
    ("classes.CopySignal", "source"): "is about somebody else's attempt",
    ("classes.HelpRequest", "attempt"): "is there by its student",
    ("classes.HelpRequest", "done_by"): "is about the student who asked",
    ("classes.WorldCopy", "attempt"): "is a teacher's, for a day",
    ("labs.CheckFailure", "attempt"): "follows from the world, and an exam hides it",
    ("labs.GateRun", "asked_by"): "is a report about a lab",
    ("labs.LabDraftFile", "edited_by"): "is a lab's text, which its author exports",
    ("labs.MemberCall", "attempt"): "is there by its member",
    ("labs.MemberKey", "attempt"): "is there by its member",
    ("labs.TriedWorld", "user"): "its sandbox is there",
    ("lti.EntryLink", "user"): "lives for two minutes",
}
"""Why these references to a person, an enrollment or an attempt are not sent."""


def references():
    return {
        (model._meta.label, field.name): field.related_model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model in {User, Enrollment, Attempt}
    }


def test_every_reference_to_a_person_is_sent_or_left_out_for_a_reason():
    further = {(part.model._meta.label, part.path.partition("__")[0]) for part in FURTHER.values()}
    decided = IN_CLASSES | OF_WORK | LEFT_OUT.keys()
    assert references().keys() - further - decided == set()
    assert decided - references().keys() == set()


@pytest.fixture
def zed(course_class):
    """A student of whom something is stored wherever a class, a lab or the site stores it."""
    tess, user = User.objects.get(username="tess"), User.objects.create_user(LOGIN)
    SiteUser.objects.create(user=user, display_name=NAME)
    enrollment = enroll(user, course_class, reference=REFERENCE)
    assignment = course_class.assignments.create(lab=LAB)
    attempt = begin_assigned(enrollment, assignment)
    work(attempt, WRONG)
    HelpRequest.objects.create(enrollment=enrollment, attempt=attempt, text="What is a trust?")
    Remark.objects.create(assignment=assignment, enrollment=enrollment, text="Well done.", by=tess)
    Override.objects.create(assignment=assignment, enrollment=enrollment, points=5, by=tess)
    Message.objects.create(course_class=course_class, enrollment=enrollment, text="Look here.")
    note_action(course_class, tess, Deed.MOVED_A_STUDENT, f"{NAME} and 3 more.", enrollment)
    note_administration(tess, "reset the password of", LOGIN)
    Sandbox.objects.create(name=f"World of {NAME}", owner=user)
    open_copy(attempt, tess, NAME)
    return user


def test_what_is_stored_of_a_student_anywhere_is_sent(zed):
    sent = logged_in(zed).get(reverse("my_data"))
    assert [trace for trace in TRACES if trace not in sent.text] == []
    data = sent.json()
    assert [one["operation"] for one in data["steps"]] == ["iam:CreateRole", "iam:PutRolePolicy"]
    assert [one["action"] for one in data["actions_about_you"]] == ["moved a student"]
    assert [one["name"] for one in data["sandboxes"]][-1] == f"World of {NAME}"


def stored():
    return "\n".join(line for model in all_models().values() for line in lines_of(model))


def test_who_is_deleted_leaves_no_trace(manager, zed):
    before, number = stored(), zed.pk
    assert [trace for trace in TRACES if trace not in before] == []
    delete(manager, zed)
    left = stored()
    assert [trace for trace in TRACES if trace in left] == []
    assert f"deleted user {number} and 3 more." in left
    for (label, name), target in references().items():
        if target is User:
            assert not apps.get_model(label)._base_manager.filter(**{name: number}).exists()
    assert not Sandbox.objects.exists()
