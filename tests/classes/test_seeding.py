"""Worlds for a whole class: one each, none twice, the student's own, the teacher's to look at."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.classes.joins import join_class
from console.classes.models import ClassWorld, Enrollment, Seeding
from console.classes.roster.removal import bring_back, remove_students
from console.classes.seeding.access import worlds_of
from console.classes.seeding.due import due_seedings
from console.classes.seeding.worlds import (
    delete_worlds,
    make_next,
    new_seeding,
)
from console.classes.teams import dissolve_team, set_team, team_of_name
from console.labs.attempts import data_of, delete_work
from console.labs.models import Attempt
from console.labs.scenarios import handout, restart
from console.labs.scenarios.shelf import shipped_scenarios
from iam.models import Sandbox
from tests.classes.conftest import logged_in
from tests.classes.working import LAB, assign, at
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db
COURSE = shipped_scenarios()[0].text
SMALL = """\
schema: 1
title: Small
world:
  accounts:
    main: {name: Main}
  users:
    - {account: main, name: ann, start: true, console_password: auto}
"""


@pytest.fixture
def students(course_class, sam):
    names = ("ida", "tom", "uma")
    return [sam, *(join_class(User.objects.create_user(name), course_class) for name in names)]


@pytest.fixture
def seeding(course_class, tess, students):
    return new_seeding(course_class, tess, "Small", SMALL)


def owners(seeding):
    worlds = ClassWorld.objects.filter(seeding=seeding).exclude(sandbox=None)
    return sorted(worlds.values_list("sandbox__owner__username", flat=True))


def sandbox_of(enrollment):
    """Return the one world that a student opens."""
    return Sandbox.objects.get(class_world__in=worlds_of(enrollment))


def signs_in(enrollment, sandbox):
    """Return whether a student signs in to a world by the button of its first user."""
    account = handout(sandbox)[0]
    fields = {"account": account.account_id, "user": account.users[0].name}
    client = logged_in(User.objects.get(pk=enrollment.user_id))
    return client.post(reverse("enter_as"), fields).status_code == 302


def test_every_student_gets_one_world_and_none_twice(seeding, students):
    assert make_next(seeding, 3) == 1
    assert make_next(seeding, 3) == 0
    assert make_next(seeding, 3) == 0
    assert owners(seeding) == ["ida", "sam", "tom", "uma"]
    assert all(signs_in(one, sandbox_of(one)) for one in students)


def test_worlds_share_no_id_and_start_again_as_they_were_handed_out(course_class, tess, students):
    seeding = new_seeding(course_class, tess, "The course", COURSE)
    make_next(seeding, 2)
    sandboxes = [sandbox_of(one) for one in students[:2]]
    first, second = [handout(one) for one in sandboxes]
    assert not {one.account_id for one in first} & {one.account_id for one in second}
    assert first[0].users[0].password != second[0].users[0].password
    assert handout(restart(sandboxes[0])) == first


def test_another_student_does_not_open_a_world(seeding, students):
    make_next(seeding, 9)
    sam, ida = students[:2]
    assert not signs_in(ida, sandbox_of(sam))


def test_a_teams_members_open_one_world_and_who_leaves_does_not(course_class, tess, students):
    sam, ida, tom, _ = students
    team = team_of_name(course_class, "Red")
    set_team([sam, ida, tom], team)
    seeding = new_seeding(course_class, tess, "Small", SMALL, per_team=True)
    make_next(seeding, 9)
    assert owners(seeding) == ["sam", "uma"]
    sandbox = sandbox_of(tom)
    assert [signs_in(one, sandbox) for one in students] == [True, True, True, False]
    set_team([sam], None)
    assert [signs_in(one, sandbox) for one in students] == [False, True, True, False]
    assert make_next(seeding, 9) == 0  # Sam has a world of his own now
    assert owners(seeding) == ["ida", "sam", "uma"]
    dissolve_team(team)
    assert [signs_in(one, sandbox) for one in students] == [False, True, False, False]


def test_a_removed_students_world_answers_nothing_until_the_return(seeding, students):
    make_next(seeding, 9)
    sam = students[0]
    sandbox = sandbox_of(sam)
    remove_students([sam])
    sandbox.refresh_from_db()
    assert sandbox.suspended
    assert not signs_in(sam, sandbox)
    page = logged_in(User.objects.get(pk=sam.user_id)).get(reverse("start"))
    assert handout(sandbox)[0].account_id not in page.content.decode()
    bring_back([sam])
    assert signs_in(sam, sandbox)


def test_who_comes_late_gets_a_world_on_joining(seeding, course_class):
    make_next(seeding, 9)
    join_class(User.objects.create_user("late"), course_class)
    perform_jobs("long")
    assert "late" in owners(seeding)


def test_a_deleted_world_comes_back_only_when_it_is_seeded_anew(seeding, students):
    make_next(seeding, 9)
    world = worlds_of(students[0]).get()
    before = sandbox_of(students[0])
    delete_worlds([world])
    assert not Sandbox.objects.filter(pk=before.pk).exists()
    assert make_next(seeding, 9) == 0
    assert "sam" not in owners(seeding)
    delete_worlds([world], anew=True)
    make_next(seeding, 9)
    assert sandbox_of(students[0]).owner == students[0].user


def test_worlds_wait_for_the_opening_of_an_assignment(course_class, tess, students):
    assignment = assign(course_class, opens=at(hours=1))
    seeding = new_seeding(course_class, tess, "Small", SMALL, at_opening=assignment)
    assert make_next(seeding, 9) == 0
    assert not owners(seeding)
    assignment.opens = at(seconds=-1)
    assignment.save()
    perform_jobs("default")
    assert list(due_seedings()) == [seeding]
    make_next(seeding, 9)
    assert len(owners(seeding)) == 4
    late = new_seeding(course_class, tess, "Small", SMALL, at_opening=assign(course_class, "x"))
    Seeding.objects.filter(pk=late.pk).update(assignment=None)
    assert make_next(late, 9) == 0


def test_a_scenario_that_cannot_be_made_is_the_seedings_fault(course_class, tess, sam):
    seeding = new_seeding(course_class, tess, "Bad", SMALL.replace("name: ann", "name: 'a b'"))
    assert make_next(seeding, 9) == 0
    seeding.refresh_from_db()
    assert "a b" in seeding.fault


def test_making_a_world_takes_as_many_queries_in_a_large_class(seeding, course_class):
    counts = []
    for size in (1, 60):
        users = User.objects.bulk_create([User(username=f"{size}-{n}") for n in range(size)])
        Enrollment.objects.bulk_create(
            [Enrollment(course_class=course_class, user=one, source="code") for one in users]
        )
        with CaptureQueriesContext(connection) as queries:
            make_next(seeding, 1)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def ran(*command):
    out = StringIO()
    call_command("seed", *command, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_command_seeds_a_class_from_a_scenario(course_class, students, tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL)
    set_team(students[:2], team_of_name(course_class, "Red"))
    done = ran("--class", "7b", "--scenario", str(file), "--per", "team")
    assert "3 worlds made" in done
    assert "4 worlds made" in ran("--class", course_class.public_id, "--scenario", "course")


def test_the_command_makes_a_labs_worlds_that_wait_for_start(course_class, students):
    assert "4 worlds made" in ran("--class", "7b", "--lab", LAB)
    assert "0 worlds made" in ran("--class", "7b", "--lab", LAB)
    assert set(Attempt.objects.values_list("waits", "assignment__lab")) == {(True, LAB)}


REFUSED = [
    (["--class", "7b"], "--scenario"),
    (["--class", "7c", "--lab", LAB], "no class"),
    (["--class", "7b", "--lab", "nothing"], "no lab"),
    (["--class", "7b", "--scenario", "nothing"], "Cannot read"),
    (["--class", "7b", "--scenario", "course", "--at-opening"], "Assigned are: none"),
    ([], "scenario file"),
]


@pytest.mark.parametrize(("command", "sentence"), REFUSED)
def test_the_command_says_what_it_lacks(course_class, command, sentence):
    with pytest.raises(CommandError, match=sentence):
        ran(*command)
    assert not Seeding.objects.exists()


def test_a_student_takes_the_data_of_a_world_along_and_deletes_it(seeding, students):
    make_next(seeding, 9)
    sam = students[0].user
    assert [one["name"] for one in data_of(sam)["worlds"]] == ["Small"]
    delete_work(sam)
    assert owners(seeding) == ["ida", "tom", "uma"]
    assert data_of(sam)["worlds"] == []
