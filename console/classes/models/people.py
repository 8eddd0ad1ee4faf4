"""The students of a class, and their teams."""

from django.conf import settings
from django.db import models

from console.classes.models.classes import Class
from console.labs.models import new_public_id


class Team(models.Model):
    """Students of a class who share their worlds."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course_class", "name"], name="a_team_has_its_name")
        ]

    def __str__(self) -> str:
        return self.name


class EnrollmentSource(models.TextChoices):
    """How a student came into a class."""

    CODE = "code"
    ROSTER = "roster"
    LTI = "lti", "LTI"
    TEACHER = "teacher"


class Enrollment(models.Model):
    """A student of a class. Removing ends access at once; the work stays.

    `reference` is a student number or an e-mail address, which only teachers see.
    `extra_time` is a percentage that is added to the time of exams.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="enrollments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrollments"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="enrollments"
    )
    reference = models.CharField(max_length=120, blank=True)
    extra_time = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=16, choices=EnrollmentSource)
    joined_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course_class", "user"], name="a_student_is_in_a_class_once"
            ),
            models.UniqueConstraint(
                fields=["course_class", "reference"],
                condition=~models.Q(reference=""),
                name="a_reference_is_used_once_in_a_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_class}: {self.user.get_username()}"
