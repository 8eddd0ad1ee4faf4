"""The rules of a lab: whom its student may act as and which tools are there, by what is solved."""

from dataclasses import replace

import pytest

from console.labs.attempts import begin_attempt, start_again
from console.labs.catalog import all_labs
from console.labs.files import LabError, LabFile, read_lab
from console.labs.models import Solve
from console.labs.rules import LabRules, Tool, rules_of
from iam.callers import Visit
from iam.models import AccessKey, LoginProfile, MfaDevice, Sandbox, User
from sts.built_in.models import Person
from tests.labs.files.folders import LAB, write_lab

TWO_TASKS = LAB.replace(
    "hints:",
    """\
  - id: fix
    title: Close it
    text: text/build.md
    points: 5
    after: build
    starts: you/ops
    checks:
      - {name: still-in, assume: {as: you/dev, role: you/Reader}}
hints:""",
).replace(
    "    - {account: you, name: dev}",
    """\
    - {account: you, name: dev}
    - {account: you, name: ops}
    - {account: you, name: boss}
  identity_provider: {people: [{name: alice, email: a@example.com}]}""",
)


def rules(tmp_path, student: str, *solved: str) -> LabRules:
    text = TWO_TASKS.replace(
        "  may_act_as: [you/dev, {as: you/admin, after: build}]\n  simulator: after build\n"
        "  map: false\n",
        f"  {student}\n",
    )
    lab: LabFile = read_lab(write_lab(tmp_path, lab_yaml=text))
    return LabRules(lab, lambda: frozenset(solved))


AFTER, DURING_FIX = "{as: you/dev, after: build}", "{as: you/dev, during: fix}"


@pytest.mark.parametrize(
    ("listed", "solved", "usable"),
    [
        ("", (), "you/admin"),
        ("", ("build",), "you/admin you/ops"),
        ("you/dev", (), "you/admin you/dev"),
        (AFTER, (), "you/admin"),
        (AFTER, ("build",), "you/admin you/dev you/ops"),
        ("{as: you/dev, during: build}", (), "you/admin you/dev"),
        ("{as: you/dev, during: build}", ("build",), "you/admin you/ops"),
        (DURING_FIX, (), "you/admin"),
        (DURING_FIX, ("build",), "you/admin you/dev you/ops"),
        (DURING_FIX, ("build", "fix"), "you/admin you/ops"),
        ("{as: you/admin, after: build}, you/dev", (), "you/dev"),
        ("{root: you}, {person: alice}", (), "person:alice root:you you/admin"),
        ("{as: {root: you}, after: build}", (), "you/admin"),
    ],
)
def test_a_principal_is_used_when_the_lab_says(tmp_path, listed, solved, usable):
    found = rules(tmp_path, f"may_act_as: [{listed}]", *solved)
    everybody = ("person:alice", "root:you", "you/admin", "you/boss", "you/dev", "you/ops", "")
    assert " ".join(name for name in everybody if found.may_use(name)) == usable


def test_a_person_of_the_identity_provider_may_begin(tmp_path):
    found = rules(tmp_path, "starts: {person: alice, via: saml}")
    assert found.may_use("person:alice")
    assert not found.may_use("you/admin")


@pytest.mark.parametrize(
    ("student", "solved", "there"),
    [
        ("map: true", (), True),
        ("why: true", (), True),
        ("map: false", (), False),
        ("map: after build", (), False),
        ("map: after build", ("build",), True),
    ],
)
def test_a_tool_is_there_when_the_lab_says(tmp_path, student, solved, there):
    assert bool(rules(tmp_path, student, *solved).allows(Tool.MAP)) is there


@pytest.mark.parametrize(
    ("student", "administers"),
    [
        ("may_act_as: [{person: alice}]", True),
        ("may_act_as: [{as: {person: alice}, after: build}]", False),
        ("may_act_as: [you/dev]", False),
        ("{directory: true}", True),
        ("{may_act_as: [{person: alice}], directory: false}", False),
    ],
)
def test_who_may_be_every_person_administers_the_directory(tmp_path, student, administers):
    """Whoever administers it can be any of its people, and so would get around the fence."""
    found = rules(tmp_path, student)
    assert bool(found.allows(Tool.DIRECTORY)) is administers


@pytest.mark.parametrize(
    ("student", "who", "sentence"),
    [
        (
            "may_act_as: [you/dev, {as: you/admin, after: build}]",
            "you/admin",
            "Here you work as dev. You can use admin after the task “Build the role”.",
        ),
        (
            "may_act_as: [you/dev, {as: you/boss, during: fix}]",
            "you/boss",
            "Here you work as admin and dev. "
            "You can use boss only while the task “Close it” is open.",
        ),
        (
            "why: true",
            "root:you",
            "Here you work as admin. You cannot use what the root user has from the start, "
            "only what you make inside the lab.",
        ),
    ],
)  # fmt: skip
def test_a_refusal_is_a_sentence_that_names_the_rule(tmp_path, student, who, sentence):
    assert rules(tmp_path, student).may_use(who).reason == sentence


@pytest.mark.parametrize(
    ("student", "sentence"),
    [
        ("cli: false", "Access by the AWS CLI and SDKs is not available in this lab."),
        (
            "cli: after build",
            "Access by the AWS CLI and SDKs is there in this lab after the task “Build the role”.",
        ),
    ],
)
def test_a_tool_that_is_missing_says_when_it_comes(tmp_path, student, sentence):
    assert rules(tmp_path, student).allows(Tool.CLI).reason == sentence


def test_the_student_sees_whom_to_act_as_now_and_later(tmp_path):
    found = rules(tmp_path, "may_act_as: [you/dev, {as: you/boss, after: build}]").principals
    assert {name: bool(ruling) for name, ruling in found.items()} == {
        "you/admin": True,
        "you/ops": False,
        "you/dev": True,
        "you/boss": False,
    }


@pytest.mark.parametrize(
    ("student", "fault"),
    [
        ("may_act_as: [you/nobody]", "Nobody called `you/nobody` has a password or keys here."),
        ("may_act_as: [{person: bob}]", "Nobody called `person:bob` has a password or keys here."),
        ("may_act_as: [{as: you/dev, after: nothing}]", "There is no task `nothing`."),
        ("map: after nothing", "There is no task `nothing`."),
    ],
)
def test_a_rule_about_nothing_is_a_fault(tmp_path, student, fault):
    with pytest.raises(LabError, match=fault):
        rules(tmp_path, student)


@pytest.mark.django_db
def test_a_sandbox_of_no_lab_has_no_rules_and_costs_no_query(alice, django_assert_num_queries):
    sandbox = Sandbox.objects.create(name="plain", owner=alice)
    with django_assert_num_queries(0):
        found = rules_of(sandbox)
        assert found.may_use("root:you")
        assert all(found.allows(tool) for tool in Tool)
    assert found.principals == {}


@pytest.mark.django_db
def test_an_attempt_has_its_labs_rules_for_one_query_a_visit(alice, django_assert_num_queries):
    attempt = begin_attempt(alice, all_labs()["update-assume-role-policy"])
    sandbox, visit = Sandbox.objects.get(pk=attempt.sandbox_id), Visit()
    with django_assert_num_queries(1):  # which lab the attempt began with, once in each worker
        assert rules_of(sandbox, Visit()).may_use("you/dev")
    with django_assert_num_queries(0):
        assert rules_of(sandbox, visit).may_use("you/dev")
    with django_assert_num_queries(1):
        assert not rules_of(sandbox, visit).may_use("root:you")
        assert not rules_of(sandbox, visit).may_use("you/sec")
    Solve.objects.create(attempt=attempt, task="attack", points=1)
    assert rules_of(sandbox, Visit()).may_use("you/sec")


def marks(sandbox: Sandbox) -> dict[str, set[object]]:
    """Return the marks of a world's credentials and users."""
    found = {
        model.__name__: set(model.in_sandbox(sandbox).values_list("from_start", flat=True))
        for model in (AccessKey, LoginProfile, MfaDevice, Person)
        if model.in_sandbox(sandbox).exists()
    }
    return {**found, "User": set(User.in_sandbox(sandbox).values_list("start_name", flat=True))}


@pytest.mark.django_db
def test_what_a_world_begins_with_is_marked_also_after_starting_again(alice):
    sandbox = begin_attempt(alice, all_labs()["external-id"]).sandbox
    marked = {
        "AccessKey": {True},
        "LoginProfile": {True},
        "User": {"you/lab-admin", "vendor/svc", "vendor/clerk", "thief/t"},
    }
    assert marks(sandbox) == marked
    start_again(sandbox)
    assert marks(sandbox) == marked
    assert Sandbox.objects.get(pk=sandbox.pk).lab == "external-id"


@pytest.mark.django_db
def test_an_attempt_keeps_the_rules_of_the_lab_that_it_began_with(alice, monkeypatch):
    lab = all_labs()["update-assume-role-policy"]
    sandbox = Sandbox.objects.get(pk=begin_attempt(alice, lab).sandbox_id)
    open_to_all = replace(lab.student, may_act_as={"you/sec": "yes"})
    monkeypatch.setitem(all_labs(), lab.slug, replace(lab, hash="newer", student=open_to_all))
    assert not rules_of(sandbox).may_use("you/sec")
    assert rules_of(sandbox).may_use("you/dev")
