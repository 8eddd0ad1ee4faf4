"""Platforms, launches under way, and what was sent to whom."""

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

from console.classes.models import Assignment, Class
from console.labs.models import new_public_id


def new_token() -> str:
    """Return a token that nobody guesses."""
    return get_random_string(43)


class ToolKey(models.Model):
    """The key that this site signs with; platforms have its public half."""

    sealed_key = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"key of {self.made_at:%Y-%m-%d}"


class Platform(models.Model):
    """A learning management system, registered for a class.

    `members_url` is where it names the people of its course: known once a teacher came from there.
    `items_url` is where it makes columns for grades: known once a link to the class was opened.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="platforms")
    name = models.CharField(max_length=80)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    deployment_id = models.CharField(max_length=200, blank=True)
    login_url = models.URLField(max_length=500)
    token_url = models.URLField(max_length=500)
    keys_url = models.URLField(max_length=500)
    members_url = models.URLField(max_length=500, blank=True, editable=False)
    items_url = models.URLField(max_length=500, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "client_id", "deployment_id"],
                name="a_platform_is_registered_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class LaunchState(models.Model):
    """A launch that began: used once, within ten minutes."""

    state = models.CharField(max_length=43, unique=True, default=new_token)
    nonce = models.CharField(max_length=43, default=new_token)
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"launch from {self.platform}"


class PlatformUser(models.Model):
    """A person of a platform, and the site user that they are here."""

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="people")
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "subject"], name="a_person_of_a_platform_is_one_user"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} of {self.platform}"


class EntryLink(models.Model):
    """The link of a launch: it opens the class in a new window, once, within two minutes."""

    token = models.CharField(max_length=43, unique=True, default=new_token)
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE)
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"entry from {self.platform}"


class LineItem(models.Model):
    """Where a platform takes the grades of an assignment; `url` is empty until it is known."""

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="line_items")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE)
    items_url = models.URLField(max_length=500, blank=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "assignment"], name="an_assignment_has_one_line_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} on {self.platform}"


def resource_of(assignment: Assignment) -> str:
    """Return what platforms know an assignment's line item by."""
    return f"rolecall-{assignment.public_id}"


class SentGrade(models.Model):
    """The points that a platform was sent last for a student."""

    line_item = models.ForeignKey(LineItem, on_delete=models.CASCADE, related_name="grades")
    person = models.ForeignKey(PlatformUser, on_delete=models.CASCADE)
    points = models.CharField(max_length=20)
    sent_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line_item", "person"], name="a_person_has_one_grade_of_an_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.points} for {self.person}"
