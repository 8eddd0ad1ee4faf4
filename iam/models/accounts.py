"""Accounts: twelve digits, an alias, a root user."""

from django.db import models

from iam.arns import root_arn
from iam.models.base import Simulated


class Account(Simulated):
    """A simulated AWS account with its root user."""

    account_id = models.CharField(max_length=12)
    name = models.CharField(max_length=128)
    start_name = models.CharField(
        max_length=64, blank=True, editable=False, help_text="As the scenario calls it."
    )
    alias = models.CharField(max_length=63, blank=True)
    root_email = models.EmailField()
    root_password = models.CharField(max_length=128, blank=True)
    created_at = models.DateTimeField()
    global_token_version = models.PositiveSmallIntegerField(
        default=1, help_text="Of tokens that STS's global endpoint gives."
    )
    inactive_sts_regions = models.JSONField(
        default=list, blank=True, help_text="Where STS is deactivated."
    )
    management = models.BooleanField(
        default=False, help_text="The organization's; the other accounts are its members."
    )
    organizational_unit = models.CharField(
        max_length=512, blank=True, help_text="Its names from the root: Workloads/Prod."
    )
    organization_features = models.JSONField(
        default=list, blank=True, help_text="What of centralized root access is enabled."
    )

    analyzers = models.JSONField(
        default=list, blank=True, help_text="Of IAM Access Analyzer, with what is archived."
    )

    class Meta:
        ordering = ["account_id"]
        constraints = [
            models.UniqueConstraint("sandbox", "account_id", name="account_id_once"),
            models.UniqueConstraint(
                "sandbox", "alias", name="account_alias_once", condition=~models.Q(alias="")
            ),
            models.UniqueConstraint("sandbox", "root_email", name="root_email_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.account_id})"

    @property
    def start_root(self) -> str:
        """Return what the scenario's root user of this account is called: `root:you`."""
        return f"root:{self.start_name}" if self.start_name else ""

    @property
    def root_arn(self) -> str:
        return root_arn(self.account_id)
