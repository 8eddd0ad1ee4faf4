"""IAM users and what lets them in: passwords, access keys, MFA devices."""

from django.db import models

from iam.arns import mfa_arn
from iam.models.accounts import Account
from iam.models.base import FROM_START, Simulated
from iam.models.entities import Entity
from iam.models.identifiers import new_user_id


class User(Entity):
    """An IAM user."""

    arn_type = "user"

    unique_id = models.CharField(max_length=21, default=new_user_id)
    start_name = models.CharField(
        max_length=193,
        blank=True,
        editable=False,
        help_text="As the scenario calls the user: ACCOUNT/NAME. None of who was made since.",
    )
    boundary_arn = models.CharField(max_length=2048, blank=True)
    tags = models.JSONField(default=dict, blank=True)
    password_last_used = models.DateTimeField(null=True, blank=True)


class LoginProfile(Simulated):
    """A user's console password."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="login_profile")
    password = models.CharField(max_length=128)
    password_reset_required = models.BooleanField(default=False)
    from_start = models.BooleanField(default=False, editable=False, help_text=FROM_START)
    previous = models.JSONField(
        default=list, blank=True, editable=False, help_text="Hashes of earlier passwords."
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"password of {self.user}"


class AccessKey(Simulated):
    """A long-term access key; the secret is kept encrypted, because SigV4 needs it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="access_keys")
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="access_keys", null=True, blank=True
    )
    access_key_id = models.CharField(max_length=20)
    sealed_secret = models.TextField()
    active = models.BooleanField(default=True)
    from_start = models.BooleanField(default=False, editable=False, help_text=FROM_START)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    last_used_service = models.CharField(max_length=64, blank=True)
    last_used_region = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint("sandbox", "access_key_id", name="access_key_once")]

    def __str__(self) -> str:
        return self.access_key_id


class MfaDevice(Simulated):
    """A virtual MFA device; of a user, of the account's root user, or not yet assigned."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="mfa_devices")
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="mfa_devices", null=True, blank=True
    )
    name = models.CharField(max_length=226)
    path = models.CharField(max_length=512, default="/")
    sealed_seed = models.TextField()
    from_start = models.BooleanField(default=False, editable=False, help_text=FROM_START)
    enabled_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0, help_text="A code is good once.")
    drift = models.SmallIntegerField(default=0, help_text="Half minutes its clock is off.")
    tags = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "MFA device"
        ordering = ["id"]
        constraints = [models.UniqueConstraint("account", "path", "name", name="mfa_device_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def serial_number(self) -> str:
        """Return the ARN that serves as the device's serial number."""
        return mfa_arn(self.account.account_id, self.name, self.path)
