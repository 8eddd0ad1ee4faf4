"""Marks on what a world has from its start, by which a lab's rules know it from a student's own."""

from django.db.models import F, Value
from django.db.models.functions import Concat

from iam.models import AccessKey, Account, LoginProfile, MfaDevice, Sandbox, User
from sts.built_in.models import Person


def mark_start(sandbox: Sandbox) -> None:
    """Mark every credential that there is as one of the start, and name each user for good.

    Users that are renamed later keep the names that a lab's file has for them.
    """
    for model in (AccessKey, LoginProfile, MfaDevice, Person):
        model.in_sandbox(sandbox).update(from_start=True)
    for account in Account.in_sandbox(sandbox):
        users = User.in_sandbox(sandbox).filter(account=account)
        users.update(start_name=Concat(Value(f"{account.start_name}/"), F("name")))
