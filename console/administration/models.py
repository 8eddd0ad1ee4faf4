"""What the site keeps about its administration."""

from django.conf import settings
from django.db import models

from console.classes.models import Class
from console.labs.models import new_public_id
from iam.models import Sandbox


class AdministratorAction(models.Model):
    """One thing that an administrator did: `action` is a few words of ours, `about` names what.

    `about` is a text, so that it outlives what it names.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=60)
    about = models.CharField(max_length=160, blank=True)
    detail = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.about}"


class SandboxSize(models.Model):
    """How large a sandbox was when it was measured, and when it was used last.

    `newest_event` is the key of its newest event then, 0 if it had none: a higher one means that
    it is out of date. `used_at` is by the real clock.
    """

    sandbox = models.OneToOneField(
        Sandbox, primary_key=True, on_delete=models.CASCADE, related_name="size"
    )
    size = models.PositiveBigIntegerField(db_index=True, help_text="In bytes, about.")
    events = models.PositiveIntegerField(db_index=True)
    newest_event = models.PositiveBigIntegerField(db_index=True)
    used_at = models.DateTimeField(null=True, db_index=True)
    measured_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sandbox}: {self.size} bytes"


class ClassImport(models.Model):
    """A class's file that was uploaded; a job makes the class of it, owned by `owner`.

    `content` is the file, until that is done. `fault` is why nothing was imported. `different`
    names worlds that are not as they were.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="class_imports"
    )
    match_logins = models.BooleanField(default=False)
    content = models.BinaryField(null=True)
    worlds = models.PositiveIntegerField(default=0)
    course_class = models.ForeignKey(Class, null=True, on_delete=models.SET_NULL)
    new_logins = models.PositiveIntegerField(default=0)
    matched_logins = models.PositiveIntegerField(default=0)
    different = models.JSONField(default=list)
    fault = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Import {self.public_id}"
