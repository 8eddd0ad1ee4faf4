"""What a class is asked to do, by when, and what a student is granted apart from the others."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from console.classes.models.classes import Class
from console.classes.models.people import Enrollment
from console.labs.models import LabVersion, new_public_id


class Mode(models.TextChoices):
    """How an assignment counts. In an exam, students see no correctness anywhere."""

    PRACTICE = "practice"
    GRADED = "graded"
    EXAM = "exam"


class SolutionPolicy(models.TextChoices):
    """When students see the official solution."""

    NEVER = "never"
    SOLVED = "solved", "When the lab is finished"
    CLOSED = "closed", "When the assignment is closed"


class Reveal(models.TextChoices):
    """What students see at most of a check's result."""

    NONE = "none", "Nothing"
    VERDICT = "verdict", "Whether it passes"
    EXPLAIN = "explain", "Why it fails"


class Grade(models.TextChoices):
    """Which of a student's attempts counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"


class Assignment(models.Model):
    """A lab that a class is to do. Times that are not set have no limit.

    With `start_by_button` a student's time, `minutes`, begins with the press of a button; without
    `minutes` it only ends at `closes`. `results_shown_at` is when the teacher showed an exam's
    results. `late_percent` comes off for each day after `due`. `position` orders the class page.
    With `worlds_beforehand` the worlds are made before anybody begins, as an exam's always are.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="assignments")
    lab = models.CharField(max_length=48)
    version = models.ForeignKey(LabVersion, null=True, blank=True, on_delete=models.PROTECT)
    position = models.PositiveIntegerField(default=0)
    mode = models.CharField(max_length=16, choices=Mode, default=Mode.PRACTICE)
    opens = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(null=True, blank=True)
    closes = models.DateTimeField(null=True, blank=True)
    start_by_button = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    extra_minutes = models.PositiveIntegerField(default=0)
    hints = models.BooleanField(default=True)
    solution = models.CharField(
        max_length=16, choices=SolutionPolicy, default=SolutionPolicy.SOLVED
    )
    reveal = models.CharField(max_length=16, choices=Reveal, default=Reveal.EXPLAIN)
    grade = models.CharField(max_length=16, choices=Grade, default=Grade.BEST)
    weight = models.DecimalField(max_digits=6, decimal_places=2, default=1)
    late_percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    worlds_beforehand = models.BooleanField(default=False)
    results_shown_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.course_class}: {self.lab}"

    @property
    def counts(self) -> bool:
        """Return whether its points count in totals: practice counts nothing."""
        return self.mode != Mode.PRACTICE


class Extension(models.Model):
    """Later times of an assignment, or more minutes, for one student."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="extensions")
    due = models.DateTimeField(null=True, blank=True)
    closes = models.DateTimeField(null=True, blank=True)
    extra_minutes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "enrollment"], name="a_student_has_one_extension"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: extension of {self.enrollment}"


class Override(models.Model):
    """Points that a teacher awards; they always win. `task` is empty where they are the lab's."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="overrides")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="overrides")
    task = models.CharField(max_length=48, blank=True)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "enrollment", "task"], name="points_are_awarded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.points} for {self.enrollment}"


class Remark(models.Model):
    """What a teacher writes to a student about an assignment."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="remarks")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.assignment}: remark to {self.enrollment}"
