"""The account's password policy, where it has one of its own."""

from datetime import datetime, timedelta

from django.db import models

from iam.models.accounts import Account
from iam.models.base import Simulated


class PasswordPolicy(Simulated):
    """An account's rules for its users' passwords; without one AWS's default applies."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="password_policy"
    )
    minimum_length = models.PositiveSmallIntegerField(default=6)
    require_symbols = models.BooleanField(default=False)
    require_numbers = models.BooleanField(default=False)
    require_uppercase = models.BooleanField(default=False)
    require_lowercase = models.BooleanField(default=False)
    allow_users_to_change = models.BooleanField(default=False)
    max_age = models.PositiveSmallIntegerField(default=0, help_text="Days; 0 is for ever.")
    reuse_prevention = models.PositiveSmallIntegerField(default=0)
    hard_expiry = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "password policies"

    def __str__(self) -> str:
        return f"password policy of {self.account}"

    def expires_at(self, set_at: datetime) -> datetime | None:
        """Return when a password that was set at a time expires; None is never."""
        return set_at + timedelta(days=self.max_age) if self.max_age else None
