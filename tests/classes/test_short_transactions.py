"""What is done with a whole class at once makes nobody wait the longer, the larger it is."""

import pytest
from django.contrib.auth.models import User

from console.classes.assignments import delete_assignment
from console.classes.joins import join_class
from console.classes.models import Class, ClassWorld, Enrollment, Mode, Team
from console.classes.roster.imports import import_roster
from console.classes.roster.plan import plan_roster
from console.classes.roster.reader import read_roster
from console.classes.roster.removal import bring_back, remove_students
from console.classes.seeding.beforehand import make_worlds
from console.classes.seeding.worlds import delete_seeding, make_next, new_seeding
from console.classes.staff import new_class
from console.classes.teams import set_team, team_of_name
from console.classes.work import begin_assigned
from console.labs.models import Attempt
from tests.classes.test_seeding import SMALL
from tests.classes.working import assign
from tests.transactions import longest_transaction

pytestmark = pytest.mark.django_db
HEAD = "login,name,reference,team,extra time %\n"


def lines(students):
    named = enumerate(one.user.get_username() for one in students)
    return HEAD + "".join(f"{login},,n-{place},Team {place},50\n" for place, login in named)


def roster_again(course_class, students):
    teacher = course_class.teachings.get().user
    plan = plan_roster(course_class, teacher, read_roster(lines(students)))
    import_roster(course_class, teacher, plan)
    changed = Enrollment.objects.filter(course_class=course_class, extra_time=50)
    assert changed.exclude(team=None).exclude(reference="").count() == len(students)


def away_and_back(course_class, students):
    remove_students(students)
    assert Attempt.objects.get(owner=students[0].user, waits=False).sandbox.suspended
    bring_back(students)
    assert not Attempt.objects.filter(withdrawn=True).exists()


def into_a_team(course_class, students):
    set_team(students, team_of_name(course_class, "All"))
    assert Team.objects.get(course_class=course_class).enrollments.count() == len(students)


def end_a_seeding(course_class, students):
    delete_seeding(course_class.seedings.get())
    assert not ClassWorld.objects.filter(seeding__course_class=course_class).exists()


def end_an_exam(course_class, students):
    delete_assignment(course_class.assignments.get(mode=Mode.EXAM))
    assert not Attempt.objects.filter(owner=students[1].user, waits=True).exists()


def class_of(teacher, number):
    """Return a class with its students: one works, worlds are seeded, those of an exam wait."""
    course_class = new_class(teacher, f"Class of {number}", "UTC")
    users = [User.objects.create_user(f"{number}-{place}") for place in range(number)]
    students = [one for user in users if (one := join_class(user, course_class))]
    begin_assigned(students[0], assign(course_class))
    make_worlds(assign(course_class, "doors-of-sts", mode=Mode.EXAM))
    make_next(new_seeding(course_class, teacher, "Small", SMALL), number)
    return Class.objects.get(pk=course_class.pk), students


@pytest.mark.parametrize(
    "act", [roster_again, away_and_back, into_a_team, end_a_seeding, end_an_exam]
)
def test_nobody_waits_the_longer_the_larger_a_class_is(tess, act):
    small, large = class_of(tess, 2), class_of(tess, 6)
    usual = longest_transaction(lambda: act(*small)).statements
    assert longest_transaction(lambda: act(*large)).statements == usual > 0
