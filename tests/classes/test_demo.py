"""A demo class: made-up students, whose work went through the labs' own code."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from console.classes.demo import make_demo_class
from console.labs.models import Activity, Attempt, Solve

pytestmark = pytest.mark.django_db
LABS = ["same-account-role", "external-id"]


def test_some_students_have_solved_some_tasks_and_some_have_not(tess):
    made = make_demo_class(tess, 6, labs=LABS)
    attempts = Attempt.objects.filter(assignment__course_class=made)
    assert made.enrollments.count() == 6
    assert attempts.exclude(finished_at=None).exists()
    assert attempts.filter(finished_at=None).exists()
    assert all(one.judged_at for one in attempts)
    assert Activity.objects.count() == attempts.count()
    late = Solve.objects.filter(attempt__in=attempts).order_by("at").last()
    assert late
    assert late.at >= late.attempt.started_at


def test_the_command_names_the_class_that_it_made(tess, capsys):
    call_command("class", "demo", "--students", "1", "--owner", "tess", "--labs", LABS[0])
    assert "/teach/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--owner", "nobody"], "No site user is called nobody"),
        (["--owner", "tess", "--labs", "nothing"], "Unknown labs: nothing"),
        (["--owner", "tess", "--students", "0"], "1 to 2000 students"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(tess, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("class", "demo", *arguments)
    assert User.objects.count() == 1
