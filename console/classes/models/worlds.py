"""Worlds that a class gives its students from a scenario; no lab, and no attempt."""

from django.conf import settings
from django.db import models

from console.classes.models.assignments import Assignment
from console.classes.models.classes import Class
from console.classes.models.people import Enrollment, Team
from console.labs.models import new_public_id
from iam.models import Sandbox


class Seeding(models.Model):
    """That each student of a class, or each team, gets a world from a scenario; late ones, too.

    `scenario` is the text as it was when this was asked for, so that all have the same. With
    `at_opening` the worlds are made when the `assignment` opens. `fault` is why none can be made.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="seedings")
    name = models.CharField(max_length=120)
    scenario = models.TextField()
    per_team = models.BooleanField(default=False)
    at_opening = models.BooleanField(default=False)
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.SET_NULL, related_name="seedings"
    )
    fault = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.course_class}: {self.name}"


class ClassWorld(models.Model):
    """A world of a seeding: one student's, or a team's where there is no `enrollment`.

    Without `sandbox` the teacher deleted it: nobody gets another until it is seeded anew.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    seeding = models.ForeignKey(Seeding, on_delete=models.CASCADE, related_name="worlds")
    enrollment = models.ForeignKey(
        Enrollment, null=True, blank=True, on_delete=models.CASCADE, related_name="worlds"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="worlds"
    )
    sandbox = models.OneToOneField(
        Sandbox, null=True, blank=True, on_delete=models.SET_NULL, related_name="class_world"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seeding", "enrollment"],
                condition=models.Q(team=None),
                name="a_student_gets_one_world_of_a_seeding",
            ),
            models.UniqueConstraint(
                fields=["seeding", "team"], name="a_team_gets_one_world_of_a_seeding"
            ),
            models.CheckConstraint(
                condition=models.Q(enrollment=None) ^ models.Q(team=None),
                name="a_world_is_a_students_or_a_teams",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seeding}: {self.team or self.enrollment}"
