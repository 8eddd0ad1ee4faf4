"""A class to look at and to measure: students with plausible work, through the labs' own code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from console.classes.copying.demo import show_signals
from console.classes.models import Class, Enrollment, EnrollmentSource, HelpRequest
from console.classes.staff import new_class
from console.classes.work import make_world
from console.labs.attempts import (
    answer_question,
    bring_up_to_date,
    note_denials,
    open_question,
    use_hint,
    values_of,
)
from console.labs.attempts.start_data import start_from
from console.labs.catalog import find_lab
from console.labs.files import LabFile
from console.labs.models import Activity, Attempt, SiteUser, Solve
from console.labs.trials.steps import perform_step
from console.labs.trials.trial import Trial
from iam.models import Sandbox

LABS = (
    "same-account-role",
    "two-halves-of-trust",
    "cross-account-role",
    "mfa-break-glass",
    "external-id",
    "session-policies",
)
_FIRST = (
    "Ada",
    "Ben",
    "Chi",
    "Dana",
    "Eli",
    "Fay",
    "Gus",
    "Hana",
    "Ivo",
    "Jun",
    "Kai",
    "Lea",
    "Mo",
)
_LAST = ("Abel", "Brandt", "Chen", "Diaz", "Engel", "Farah", "Gupta", "Haas", "Ito", "Jansen")


@dataclass(frozen=True)
class Work:
    """What a made-up student does in a lab: steps, and in words what they come to."""

    steps: Sequence[Any]
    hints: int = 0


def _work(lab: LabFile, chance: Random) -> Work | None:
    """Return what somebody does: nothing, some of it, something wrong, or all of it."""
    answers = [lab.solution, *lab.alternatives]
    kind = chance.choices(["nothing", "part", "wrong", "right"], [15, 15, 25, 45])[0]
    if kind == "nothing":
        return None
    if kind == "wrong" and lab.wrong:
        return Work(chance.choice(lab.wrong).steps, chance.randint(0, 2))
    steps = list(chance.choice(answers).steps)
    if kind == "right":
        return Work(steps, chance.choice([0, 0, 0, 1]))
    return Work(steps[: chance.randint(0, max(0, len(steps) - 1))], chance.randint(0, 1))


def _students(course_class: Class, number: int, chance: Random) -> list[Enrollment]:
    names = [f"{chance.choice(_FIRST)} {chance.choice(_LAST)}" for _ in range(number)]
    logins = [f"{course_class.public_id[:6]}-{place:03}" for place in range(number)]
    with transaction.atomic():
        users = User.objects.bulk_create(
            [User(username=login, password=UNUSABLE_PASSWORD_PREFIX) for login in logins]
        )
        pairs = zip(users, names, strict=True)
        SiteUser.objects.bulk_create(
            [SiteUser(user=user, display_name=name) for user, name in pairs]
        )
        return Enrollment.objects.bulk_create(
            [
                Enrollment(
                    course_class=course_class,
                    user=user,
                    reference=f"{100000 + place}",
                    source=EnrollmentSource.ROSTER,
                )
                for place, user in enumerate(users)
            ]
        )


_MOST_GUESSES = 20


def _guess(attempt: Attempt, lab: LabFile, task: str, check: str, chance: Random) -> None:
    """Answer a question by chance, and as was learned where it is asked again."""
    learned: dict[str, Mapping[str, str]] = {}
    for _ in range(_MOST_GUESSES):
        asked = open_question(attempt, lab, task, check)
        if asked is None:
            return
        known = learned.get(asked.text, {})
        given = {
            part: next(
                (key for key, label in options if known.get(part) in {key, label}),
                chance.choice(options)[0],
            )
            for part, options in asked.parts.items()
        }
        answer = {part: [key] if asked.several else key for part, key in given.items()}
        learned[asked.text] = answer_question(
            attempt, lab, task, check, asked.number, answer
        ).answer


def _do(attempt: Attempt, lab: LabFile, work: Work, chance: Random) -> None:
    """Do a student's work in the attempt's world, as its student would."""
    bring_up_to_date(attempt, lab)
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    trial = Trial(lab, sandbox, values_of(attempt, lab), start_from(attempt.start))
    for number in range(1, work.hints + 1):
        use_hint(attempt, lab, lab.tasks[0].id, number)
    for step in work.steps:
        perform_step(trial, step, lab.student.starts)
    for task, check in trial.answers:
        _guess(attempt, lab, task, check, chance)
    attempt.refresh_from_db()
    bring_up_to_date(attempt, lab, trial.happenings)
    if trial.refused:
        note_denials(attempt, [one.partition(" ")[0] for one in trial.refused])


def _date(attempt: Attempt, lab: LabFile, chance: Random, *, present: bool) -> None:
    """Let an attempt have begun some time ago, and its tasks solved one after the other."""
    now = timezone.now()
    minutes = chance.uniform(0.5, 2.5) * lab.minutes
    began = now - timedelta(minutes=minutes + (0 if present else chance.randint(60, 6000)))
    solves = list(Solve.objects.filter(attempt=attempt).order_by("pk"))
    for place, solve in enumerate(solves):
        solve.at = began + timedelta(minutes=minutes * (place + 1) / (len(lab.tasks) + 1))
    Solve.objects.bulk_update(solves, ["at"])
    last = solves[-1].at if solves else None
    done = last if attempt.finished_at else None
    Attempt.objects.filter(pk=attempt.pk).update(started_at=began, finished_at=done)
    Activity.objects.update_or_create(
        attempt=attempt,
        defaults={
            "changed_at": now,
            "seen_at": now if present else None,
            "progressed_at": last,
        },
    )


def make_demo_class(
    owner: User,
    students: int,
    *,
    labs: Sequence[str] = LABS,
    name: str = "Demo class",
    seed: int = 1,
    report: Callable[[int], None] = lambda _: None,
) -> Class:
    """Make a class of made-up students who have worked on some labs; the same for a seed."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    known = [lab for slug in labs if (lab := find_lab(slug))]
    course_class = new_class(owner, name, "UTC")
    assignments = [
        course_class.assignments.create(lab=lab.slug, position=place)
        for place, lab in enumerate(known)
    ]
    for place, enrollment in enumerate(_students(course_class, students, chance)):
        present = chance.random() < 0.4
        for assignment, lab in zip(assignments, known, strict=True):
            work = _work(lab, chance)
            if work is None:
                break
            attempt = make_world(enrollment, assignment)
            _do(attempt, lab, work, chance)
            attempt.refresh_from_db()
            _date(attempt, lab, chance, present=present and attempt.finished_at is None)
        if present and place % 25 == 0 and (mine := enrollment.user.attempts.last()):
            HelpRequest.objects.create(
                enrollment=enrollment, attempt=mine, text="Why is my role refused?"
            )
        report(place + 1)
    show_signals(course_class)
    return course_class
