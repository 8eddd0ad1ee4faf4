"""MFA devices."""

from collections import defaultdict
from collections.abc import Sequence

from iam.actions.reading import page_of, reads_many
from iam.actions.shapes import mfa_device_listed
from iam.actions.subjects import user_or_self
from iam.models import MfaDevice, User
from iam.perform import Call, Params, Result


@reads_many("iam:ListMFADevices", on=user_or_self)
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
