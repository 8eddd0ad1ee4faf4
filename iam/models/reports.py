"""The reports of an account: the credential report, last-accessed jobs."""

from django.db import models

from iam.models.accounts import Account
from iam.models.base import Simulated


class CredentialReport(Simulated):
    """The account's credential report, as it was when it was made."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="credential_report"
    )
    content = models.TextField()
    generated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"credential report of {self.account}"


class AccessJob(Simulated):
    """A request for last-accessed details; the details are found when they are read."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="access_jobs")
    job_id = models.UUIDField()
    arn = models.CharField(max_length=2048)
    action_level = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["sandbox", "job_id"], name="access_job_by_id")]

    def __str__(self) -> str:
        return f"last access of {self.arn}"
