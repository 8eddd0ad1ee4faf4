"""What teachers did, for the class's own record."""

from django.conf import settings
from django.db import models

from console.classes.models.classes import Class
from console.classes.models.people import Enrollment


class AuditEntry(models.Model):
    """One action of a teacher: `action` is a word of ours, `detail` a sentence."""

    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="audit_entries")
    enrollment = models.ForeignKey(
        Enrollment, null=True, blank=True, on_delete=models.SET_NULL, related_name="audit_entries"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    action = models.CharField(max_length=40)
    detail = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.course_class}: {self.action}"
