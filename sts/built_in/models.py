"""The models of a sandbox's identity provider: its key, people, and the roles of groups."""

from django.db import models

from iam.arns import account_field, name_in
from iam.models import Simulated
from iam.models.base import FROM_START


class BuiltInKey(Simulated):
    """The signing key, created at first use; the private key is sealed."""

    sealed_key = models.TextField()
    certificate = models.TextField(help_text="PEM.")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "key of the identity provider"
        verbose_name_plural = "keys of the identity provider"
        constraints = [models.UniqueConstraint("sandbox", name="built_in_key_once")]

    def __str__(self) -> str:
        return f"key of {self.sandbox}"


class Person(Simulated):
    """A person in the organization's directory; not an IAM user."""

    name = models.CharField(max_length=64)
    full_name = models.CharField(max_length=128, blank=True)
    email = models.EmailField()
    password = models.CharField(max_length=128)
    from_start = models.BooleanField(default=False, editable=False, help_text=FROM_START)
    groups = models.JSONField(default=list, blank=True)
    tags = models.JSONField(default=dict, blank=True, help_text="Become session tags.")

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name"]
        constraints = [models.UniqueConstraint("sandbox", "name", name="person_once")]

    def __str__(self) -> str:
        return self.name


class RoleOffer(Simulated):
    """A role that is offered to the people of a group, by a SAML provider of the account."""

    group = models.CharField(max_length=64)
    role_arn = models.CharField(max_length=2048)
    provider_arn = models.CharField(max_length=2048)
    seconds = models.PositiveIntegerField(default=3600)

    class Meta:
        ordering = ["group", "role_arn"]
        constraints = [
            models.UniqueConstraint(
                "sandbox", "group", "role_arn", "provider_arn", name="role_offer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.role_arn}"

    @property
    def role_name(self) -> str:
        return name_in(self.role_arn)

    @property
    def account_id(self) -> str:
        return account_field(self.role_arn)
