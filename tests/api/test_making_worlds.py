"""Scenarios and sandboxes, by the API."""

import pytest

from console.classes.work import begin_assigned
from console.labs.models import Attempt
from console.labs.own_sandboxes import MOST_OWN
from console.labs.scenarios.models import Scenario
from iam.models import Sandbox
from tests.api.programs import Program, done, faults, problem_of
from tests.classes.conftest import instructor
from tests.classes.working import LAB, assign

pytestmark = pytest.mark.django_db
SMALL = """\
schema: 1
title: Small
world:
  accounts:
    main: {name: Main, alias: small-world}
  users:
    - {account: main, name: admin, start: true, console_password: auto}
"""


@pytest.fixture
def teacher(tess):
    return Program(tess)


def test_a_scenario_is_uploaded_changed_and_deleted(teacher, tess):
    yaml = {"content_type": "application/yaml"}
    made = done(teacher.send("POST", "scenarios", SMALL.encode(), **yaml), 201)
    assert (made["name"], made["origin"]) == ("Small", "uploaded")
    one = f"scenarios/{made['id']}"
    change = {"text": SMALL + "# more\n", "name": "Mine", "shared": True, "version": 1}
    changed = done(teacher.send("PUT", one, change))
    assert (changed["name"], changed["version"], changed["text"]) == ("Mine", 2, change["text"])
    assert teacher.send("PUT", one, change).status_code == 409
    other = Program(instructor("olga"))
    assert other.json(one)["owner"] == "tess"
    assert {other.send(m, one, change).status_code for m in ("PUT", "DELETE")} == {404}
    done(teacher.send("DELETE", one), 204)
    assert not Scenario.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["", "schema: 1", "[" * 50_000, "\x00", "a: &a [*a]", "x" * 300_000, "world: {accounts: {}}"],
)
def test_a_scenario_that_cannot_be_made_is_refused(teacher, text):
    body = {"text": text}
    assert "text" in faults(teacher.send("POST", "scenarios", body))
    raw = teacher.send("POST", "scenarios", text.encode(), content_type="application/yaml")
    assert raw.status_code == 400
    problem_of(raw)
    assert not Scenario.objects.exists()


def test_a_sandbox_is_seeded_started_again_and_deleted(teacher, tess):
    scenario = done(teacher.send("POST", "scenarios", {"text": SMALL}), 201)
    made = done(teacher.send("POST", "sandboxes", {"scenario": scenario["id"], "name": "S"}), 201)
    assert made["name"] == "S"
    assert [one["user"] for one in made["identities"]] == ["admin", ""]
    one = f"sandboxes/{made['id']}"
    generation = Sandbox.objects.get().generation
    assert done(teacher.send("POST", f"{one}/restart"))["identities"] == made["identities"]
    assert Sandbox.objects.get().generation > generation
    done(teacher.send("DELETE", one), 204)
    assert not Sandbox.objects.exists()
    Sandbox.objects.bulk_create(
        Sandbox(owner=tess, name=f"s{n}", slug=f"s{n}") for n in range(MOST_OWN)
    )
    assert teacher.send("POST", "sandboxes", {"scenario": scenario["id"]}).status_code == 409


def test_a_lab_is_begun_and_its_world_goes_only_with_the_work(course_class, sam):
    student = Program(sam.user)
    made = done(student.send("POST", "sandboxes", {"lab": LAB}), 201)
    assert made["attempt"] == Attempt.objects.get().public_id
    assert done(student.send("POST", "sandboxes", {"lab": LAB}), 201) == made
    assert student.send("DELETE", f"sandboxes/{made['id']}").status_code == 409
    assert student.send("POST", "sandboxes", {"lab": "no-such-lab"}).status_code == 404
    assert student.send("POST", "sandboxes", {"scenario": "course"}).status_code == 404
    assert student.send("POST", "sandboxes", {}).status_code == 400
    assert done(student.send("POST", f"sandboxes/{made['id']}/restart"))
    begin_assigned(sam, assign(course_class, mode="exam"))
    assert student.send("POST", "sandboxes", {"lab": LAB}).status_code == 409
