"""The model of functions, each with the role that it runs as."""

from django.db import models

from iam.arns import lambda_arn
from iam.models import Document
from iam.models.base import Simulated

CALLS = "CALLS"
"""The environment variable that lists what a function calls when it runs."""
DEFAULTS = {
    "runtime": "python3.13",
    "handler": "lambda_function.lambda_handler",
    "timeout": 3,
    "memory": 128,
}
"""What a function has that says nothing of it."""


class LambdaFunction(Simulated):
    """A function that does nothing but call AWS as its role."""

    account = models.ForeignKey("iam.Account", on_delete=models.CASCADE, related_name="functions")
    region = models.CharField(max_length=32)
    name = models.CharField(max_length=64)
    role_arn = models.CharField(max_length=700)
    runtime = models.CharField(max_length=32)
    handler = models.CharField(max_length=128)
    description = models.CharField(max_length=256, blank=True)
    timeout = models.PositiveIntegerField(default=3)
    memory = models.PositiveIntegerField(default=128)
    environment = models.JSONField(default=dict, blank=True)
    tags = models.JSONField(default=dict, blank=True)
    code_size = models.PositiveIntegerField()
    code_hash = models.CharField(max_length=64, help_text="SHA-256 of the package, in base 64.")
    policy = models.ForeignKey(
        Document, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    policy_bound = models.JSONField(
        default=dict, blank=True, help_text="Principal ARN as written → unique ID when saved."
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "region"]
        constraints = [
            models.UniqueConstraint(
                "sandbox", "account", "region", "name", name="function_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def arn(self) -> str:
        return lambda_arn(self.region, self.account.account_id, self.name)
