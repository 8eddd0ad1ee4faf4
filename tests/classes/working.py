"""Students who work on assignments, for the tests of classes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from console.classes.models import Assignment, Class
from console.labs.catalog import all_labs
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from tests.labs.test_attempts import do

LAB = "same-account-role"
RIGHT = all_labs()[LAB].solution.steps
BUILT = RIGHT[:2]
"""The first task alone, which has 80 of the 100 points; what follows are predictions."""
_PUT = RIGHT[1]["call"]["iam:PutRolePolicy"]
_ALLOW = {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-reports/*"}
_TOO_MUCH = {**_PUT, "PolicyDocument": {"Version": "2012-10-17", "Statement": [_ALLOW]}}
WRONG = [RIGHT[0], {"call": {"iam:PutRolePolicy": _TOO_MUCH}}]
"""The same calls on the same names, with a statement that allows too much."""
SPOILED: Sequence[Any] = [
    {"call": {"iam:DeleteRolePolicy": {"RoleName": "Reader", "PolicyName": "read"}}}
]


def at(**away: float) -> datetime:
    """Return a time so far from now."""
    return timezone.now() + timedelta(**away)


def assign(course_class: Class, lab: str = LAB, **settings: Any) -> Assignment:
    return Assignment.objects.create(course_class=course_class, lab=lab, **settings)


def work(attempt: Attempt, steps: Sequence[Any] = RIGHT) -> None:
    """Perform steps in an attempt's world, as its student would."""
    attempt.refresh_from_db()
    lab = lab_of(attempt)
    assert lab
    do(attempt, lab, steps)
    attempt.refresh_from_db()
