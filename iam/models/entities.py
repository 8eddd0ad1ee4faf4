"""The common base of users, groups, roles and customer managed policies."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from iam.arns import iam_arn
from iam.models.accounts import Account
from iam.models.base import Simulated


class Entity(Simulated):
    """A named thing of an account, with a path and a unique ID; names are unique ignoring case."""

    arn_type = ""
    joined: ClassVar[tuple[str, ...]] = ("account",)
    """What is read with each row, for its ARN and its shape."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="%(class)ss")
    path = models.CharField(max_length=512, default="/")
    name = models.CharField(max_length=128)
    unique_id = models.CharField(max_length=21)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("account", Lower("name"), name="%(class)s_name_once"),
            models.UniqueConstraint("sandbox", "unique_id", name="%(class)s_id_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def arn(self) -> str:
        return iam_arn(self.account.account_id, self.arn_type, self.name, self.path)
