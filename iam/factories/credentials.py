"""Passwords, access keys and MFA devices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from factory import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from pyotp import random_base32

from iam.actions.access_keys import add_access_key
from iam.actions.mfa_codes import sealed_seed
from iam.actions.mfa_devices import add_device, assign_device, new_device
from iam.factories.accounts import AccountFactory
from iam.factories.requests import RequestFactory, requested
from iam.models import AccessKey, Account, MfaDevice, User
from iam.models.identifiers import new_access_key_id, new_secret_access_key
from iam.perform import Call
from iam.perform.unrecorded_calls import root_caller


def enable_password(
    user: User, password: str, received_at: datetime | None = None, *, reset: bool = False
) -> None:
    params = {"UserName": user.name, "Password": password, "PasswordResetRequired": reset}
    requested(user.account, "iam:CreateLoginProfile", params, received_at)


class AccessKeyFactory(RequestFactory[AccessKey]):
    """An access key of a user, or of the root user of `account` if `user` is None.

    One that is not `fixed`, as (ID, secret), is made at random.
    """

    class Meta:
        model = AccessKey

    user = SubFactory("iam.factories.entities.UserFactory")
    account = LazyAttribute(lambda given: given.user.account)
    fixed: tuple[str, str] | None = None
    active = True
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> AccessKey:
        """Create the key, then set its status."""
        user, account, moment = given["user"], given["account"], given["received_at"]
        at = moment or account.sandbox.created_at
        key_id, secret = given["fixed"] or (new_access_key_id(), new_secret_access_key())
        call = Call(root_caller(account, at), "iam:CreateAccessKey", {})
        key = add_access_key(call, user, key_id, secret)
        if not given["active"]:
            key.active = False
            key.save(update_fields=["active"])
        return key


def assign_mfa_device(
    account: Account,
    user: User | None,
    params: Mapping[str, Any],
    seed: str,
    received_at: datetime,
) -> MfaDevice:
    """Make a device with this base32 seed and assign it, without codes; None is root.

    `params` are those of CreateVirtualMFADevice.
    """
    call = Call(root_caller(account, received_at), "iam:EnableMFADevice", {})
    device = add_device(call, new_device(call, dict(params), None), seed)
    assign_device(call, device, user)
    return device


class MfaDeviceFactory(DjangoModelFactory[MfaDevice]):
    """A virtual MFA device, not yet assigned to anybody; a row, until an operation makes them."""

    class Meta:
        model = MfaDevice

    account = SubFactory(AccountFactory)
    sandbox = LazyAttribute(lambda row: row.account.sandbox)
    name = Sequence(lambda n: f"device-{n}")
    sealed_seed = LazyFunction(lambda: sealed_seed(random_base32()))
