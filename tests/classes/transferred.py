"""What the tests of a class's file share."""

import zipfile
from io import BytesIO

from django.apps import apps

from console.classes.demo import make_demo_class
from console.classes.gradebook import gradebook_of
from console.classes.gradebook_files import wide_rows
from console.classes.models import (
    AuditEntry,
    Enrollment,
    Extension,
    Message,
    Override,
    Remark,
    Team,
)
from tests.classes.working import at

LABS = ["same-account-role"]


def full_class(tess):
    """A class in which there is one of everything that is taken along."""
    made = make_demo_class(tess, 3, labs=LABS)
    first, second, _ = made.enrollments.order_by("pk")
    assignment = made.assignments.all()[0]
    team = Team.objects.create(course_class=made, name="A")
    Enrollment.objects.filter(pk=second.pk).update(team=team, removed_at=at(days=-1))
    Extension.objects.create(assignment=assignment, enrollment=first, due=at(days=1))
    Override.objects.create(
        assignment=assignment, enrollment=first, points="5.50", by=tess, reason="Well argued."
    )
    Override.objects.update(at=at(days=-3))
    Remark.objects.create(assignment=assignment, enrollment=first, text="Fine.", by=tess)
    Message.objects.create(course_class=made, text="A break until ten.", by=tess)
    AuditEntry.objects.create(course_class=made, by=tess, action="awarded points")
    AuditEntry.objects.update(at=at(days=-2))
    return made


def row_counts():
    """Return how many rows each model has."""
    return {one._meta.label: one._base_manager.count() for one in apps.get_models()}


def grades(course_class):
    """Return the lines of the gradebook without logins."""
    return sorted(line[1:] for line in list(wide_rows(gradebook_of(course_class)))[1:])


def zipped(**entries):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(f"{name}.json", content)
    return made.getvalue()
