"""Resolvers of MFA devices, by serial number, and of their owners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from iam.actions.refusals import no_such_entity
from iam.actions.resource_kinds import USER, iam_resource
from iam.actions.subjects import (
    Extra,
    no_context,
    one,
    requested_tags,
    resolution_of,
    resolution_of_new,
    tag_context,
    user_or_self,
)
from iam.arns import mfa_arn, parse_iam_arn
from iam.callers import CallerKind
from iam.models import MfaDevice, User
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.perform.registry import Resolver
from iam.queries import in_account

# AWS's model requires a name, which the root user does not have: people write `root`.
ROOT_NAME = "root"


@dataclass(frozen=True)
class OwnedDevice:
    """A device with its present or future user; None is the root user."""

    user: User | None
    device: MfaDevice


def find_device(call: Call, serial_number: str) -> MfaDevice | None:
    """Return a device of the caller's account by its serial number."""
    named = parse_iam_arn(serial_number, "mfa")
    if named is None or named.account != call.caller.account_id:
        return None
    rows = MfaDevice.in_sandbox(call.caller.sandbox).select_related("account", "user__account")
    found: MfaDevice | None = rows.filter(
        account__account_id=named.account, path=named.path, name=named.name
    ).first()
    return found


def _resource(serial_number: str) -> Mapping[str, str]:
    return iam_resource("MFADevice", serial_number)


def on_new_device(call: Call, params: Params) -> Resolution:
    """Resolve a new device: a check on its future ARN."""
    name, path = params["VirtualMFADeviceName"], params.get("Path", "/")
    arn = mfa_arn(call.caller.account_id, name, path)
    return resolution_of_new(call, "MFADevice", arn, requested_tags(params), _resource(arn))


def named_device(extra: Extra = no_context) -> Resolver:
    """Return a resolver of a request that names a virtual device, assigned or not."""

    def resolve(call: Call, params: Params) -> Resolution:
        serial = params["SerialNumber"]
        device = find_device(call, serial)
        message = f"VirtualMFADevice with serial number {serial} doesn't exist."
        missing = no_such_entity(message, "SerialNumber")
        context, resource = extra(params, device), _resource(serial)
        return resolution_of(call, serial, device, context, missing=missing, resource=resource)

    return resolve


def _root_unnamed(call: Call, params: Params) -> Params:
    """Return the root user's request about itself without the user name."""
    if call.caller.kind is not CallerKind.ROOT or params.get("UserName") != ROOT_NAME:
        return params
    users = in_account(User, call.caller.sandbox, call.caller.account_id)
    if users.filter(name=ROOT_NAME).exists():
        return params
    return {key: value for key, value in params.items() if key != "UserName"}


def device_owners(call: Call, requests: Sequence[Params]) -> list[Resolution]:
    """Resolve users, or the root user (subject None) that asks about itself."""
    return user_or_self(call, [_root_unnamed(call, params) for params in requests])


def owner_and_device(call: Call, params: Params) -> Resolution:
    """Resolve a user and a device of the account: the subject is `OwnedDevice`."""
    owner = one(device_owners)(call, params)
    if owner.missing is not None:
        return owner
    serial = params["SerialNumber"]
    device = find_device(call, serial)
    message = f"VirtualMFADevice with serial number {serial} doesn't exist."
    missing = no_such_entity(message, "SerialNumber")
    return replace(
        owner,
        subject=OwnedDevice(owner.subject, device) if device else None,
        missing=None if device else missing,
        resources=(*owner.resources, _resource(serial)),
    )


def assigned_device(call: Call, params: Params) -> Resolution:
    """Resolve a device that is assigned to the user who is named, or to the caller."""
    found = owner_and_device(call, params)
    owned: OwnedDevice | None = found.subject
    if owned is None:
        return found
    own = owned.device.user_id == (owned.user.pk if owned.user else None)
    if own and owned.device.enabled_at:
        return found
    return replace(found, missing=no_such_entity("MFA Device invalid for user.", "SerialNumber"))


def any_assigned_device(call: Call, params: Params) -> Resolution:
    """Resolve a device by its serial number; with a user name, a device of that user."""
    if "UserName" in params:
        return assigned_device(call, params)
    serial = params["SerialNumber"]
    device = find_device(call, serial)
    user = device.user if device else None
    arn = user.arn if user else call.account.root_arn
    message = f"MFADevice with serial number {serial} doesn't exist."
    missing = no_such_entity(message, "SerialNumber")
    return Resolution(
        checks=(PermissionCheck(call.operation, arn, context=tag_context(user)),),
        subject=OwnedDevice(user, device) if device else None,
        missing=None if device and device.enabled_at else missing,
        resources=(*((USER.resource(user.name),) if user else ()), _resource(serial)),
    )
