"""Virtual MFA devices: created, assigned, resynchronized, deactivated, deleted."""

import base64
import io
import secrets
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

import segno

from iam.actions.bulk_reads import page_of, paged, reads_many
from iam.actions.mfa_codes import consecutive, drift_of, sealed_seed
from iam.actions.mfa_subjects import (
    OwnedDevice,
    any_assigned_device,
    assigned_device,
    device_owners,
    named_device,
    on_new_device,
    owner_and_device,
)
from iam.actions.refusals import already_exists, delete_conflict, over_quota
from iam.actions.resource_kinds import USER
from iam.actions.shapes import mfa_device_listed, shown_tags, virtual_mfa_device
from iam.actions.subjects import whole_account
from iam.actions.tags import checked_tags, register_tags
from iam.arns import mfa_arn
from iam.models import Account, MfaDevice, User
from iam.perform import Call, Params, Result, reads, writes
from iam.wire import sentences
from iam.wire.errors import AwsError

MFA_DEVICES_PER_USER = 8
_SEED_BYTES = 40
_LONGEST_SERIAL = 256
_TOO_LONG = sentences.too_long("VirtualMFADeviceName", 226)
_QR_SCALE = 5


def _refuse_name(call: Call, name: str, path: str) -> None:
    if len(mfa_arn(call.caller.account_id, name, path)) > _LONGEST_SERIAL:
        raise AwsError("ValidationError", violations=[_TOO_LONG])
    devices = MfaDevice.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if devices.filter(name__iexact=name, path=path).exists():
        message = "MFADevice entity at the same path and name already exists."
        raise already_exists(message, "VirtualMFADeviceName")
    if devices.count() >= USER.per_account:
        raise over_quota("VirtualMFADevicesPerAccount", USER.per_account)


def qr_code(account: Account, name: str, seed: str) -> bytes:
    """Return the QR code for an authenticator app, as PNG."""
    label = quote(f"{name}@{account.alias or account.account_id}", safe="@")
    query = urlencode({"secret": seed, "issuer": "Rolecall"})
    image = io.BytesIO()
    segno.make(f"otpauth://totp/{label}?{query}").save(image, kind="png", scale=_QR_SCALE)
    return image.getvalue()


def new_device(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new device; raises AwsError if the request is refused."""
    name, path = params["VirtualMFADeviceName"], params.get("Path", "/")
    _refuse_name(call, name, path)
    tags = checked_tags("MFADevice", {}, params.get("Tags", ()))
    return {"name": name, "path": path, "tags": tags}


def add_device(call: Call, fields: dict[str, Any], seed: str) -> MfaDevice:
    """Store an unassigned device with this base32 seed."""
    device: MfaDevice = MfaDevice.add(
        call.caller.sandbox, account=call.account, sealed_seed=sealed_seed(seed), **fields
    )
    return device


@writes("iam:CreateVirtualMFADevice", on=on_new_device, prepare=new_device)
def create_virtual_mfa_device(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Create a device; only this result ever has its seed."""
    seed = base64.b32encode(secrets.token_bytes(_SEED_BYTES)).decode()
    device = add_device(call, fields, seed)
    made = {
        "SerialNumber": device.serial_number,
        "Base32StringSeed": seed.encode(),
        "QRCodePNG": qr_code(call.account, device.name, seed),
    }
    return {"VirtualMFADevice": {**made, **shown_tags(device)}}


def _assigned(call: Call, user: User | None) -> int:
    devices = MfaDevice.in_sandbox(call.caller.sandbox)
    own = devices.filter(account=call.account, user=user, enabled_at__isnull=False)
    return int(own.count())


def synchronized(call: Call, params: Params, owned: OwnedDevice) -> OwnedDevice:
    """Prepare to resynchronize a device by two consecutive codes."""
    device, moment = owned.device, call.caller.origin.received_at
    codes = params["AuthenticationCode1"], params["AuthenticationCode2"]
    step = consecutive(device, *codes, moment)
    if step is None:
        message = "Authentication code for device is not valid."
        members = ("AuthenticationCode2", "AuthenticationCode1")
        raise AwsError("InvalidAuthenticationCode", message, 403, members)
    device.last_step, device.drift = step, drift_of(step, moment)
    return owned


def assignable(call: Call, params: Params, owned: OwnedDevice) -> OwnedDevice:
    """Prepare to assign a device: it is free, the user may have another, the codes are right."""
    if owned.device.enabled_at:
        raise already_exists("MFA Device is already in use.", "SerialNumber")
    if _assigned(call, owned.user) >= MFA_DEVICES_PER_USER:
        raise over_quota("MFADevicesPerUser", MFA_DEVICES_PER_USER)
    return synchronized(call, params, owned)


@writes("iam:EnableMFADevice", on=owner_and_device, prepare=assignable)
def enable_mfa_device(call: Call, params: Params, owned: OwnedDevice) -> None:
    assign_device(call, owned.device, owned.user)


def assign_device(call: Call, device: MfaDevice, user: User | None) -> None:
    """Assign a device to a user; None is the root user."""
    device.user, device.enabled_at = user, call.caller.now
    device.save(update_fields=["user", "enabled_at", "last_step", "drift"])


@writes("iam:ResyncMFADevice", on=assigned_device, prepare=synchronized)
def resync_mfa_device(call: Call, params: Params, owned: OwnedDevice) -> None:
    """Save how far a device's clock is off; this uses up the codes."""
    owned.device.save(update_fields=["last_step", "drift"])


@writes("iam:DeactivateMFADevice", on=assigned_device)
def deactivate_mfa_device(call: Call, params: Params, owned: OwnedDevice) -> None:
    """Unassign a device; it stays until it is deleted."""
    owned.device.user = owned.device.enabled_at = None
    owned.device.save(update_fields=["user", "enabled_at"])


@writes("iam:DeleteVirtualMFADevice", on=named_device())
def delete_virtual_mfa_device(call: Call, params: Params, device: MfaDevice) -> None:
    if device.enabled_at:
        raise delete_conflict("MFA VirtualDevice in use. Must deactivate first.")
    device.delete()


@reads("iam:GetMFADevice", on=any_assigned_device)
def get_mfa_device(call: Call, params: Params, owned: OwnedDevice) -> Result:
    owned.device.user = owned.user
    return mfa_device_listed(owned.device)


@reads("iam:ListVirtualMFADevices", on=whole_account, prepare=paged)
def list_virtual_mfa_devices(call: Call, params: Params, account: Account) -> Result:
    """List the account's devices; assigned ones with their users."""
    devices = MfaDevice.in_sandbox(call.caller.sandbox).filter(account=account)
    wanted = params.get("AssignmentStatus", "Any")
    if wanted != "Any":
        devices = devices.filter(enabled_at__isnull=wanted == "Unassigned")
    devices = devices.select_related("account", "user__account")
    return page_of(params, "VirtualMFADevices", devices, virtual_mfa_device)


@reads_many("iam:ListMFADevices", on=device_owners, prepare=paged)
def list_mfa_devices(
    call: Call, requests: Sequence[Params], users: Sequence[User | None]
) -> list[Result]:
    """List the MFA devices that are assigned to users, or to the root user."""
    devices = MfaDevice.in_sandbox(call.caller.sandbox).filter(account=call.account)
    by_user: dict[int | None, list[MfaDevice]] = defaultdict(list)
    for device in devices.filter(enabled_at__isnull=False).select_related("account", "user"):
        by_user[device.user_id].append(device)
    return [
        page_of(params, "MFADevices", by_user[user.pk if user else None], mfa_device_listed)
        for params, user in zip(requests, users, strict=True)
    ]


register_tags("MFADevice", named_device)
