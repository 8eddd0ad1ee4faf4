"""Rolecall's authenticator app, for students without a phone: a sandbox's present codes."""

from dataclasses import dataclass
from datetime import datetime

from iam.actions.mfa_codes import STEP_SECONDS, code_of, seed_of, step_at
from iam.models import MfaDevice, Sandbox

_MOST = 100


@dataclass(frozen=True)
class ShownDevice:
    """A device with its present code and the next; `used`: the present one is spent.

    `from_start` is whose device it is from the sandbox's start, as its scenario names them.
    """

    name: str
    serial_number: str
    account: str
    account_id: str
    owner: str
    code: str
    next_code: str
    used: bool
    next_used: bool
    from_start: str


def _shown(device: MfaDevice, moment: datetime) -> ShownDevice:
    seed, step = seed_of(device), step_at(moment)
    owner = "Root user" if device.enabled_at else "Not assigned yet"
    return ShownDevice(
        name=device.name,
        serial_number=device.serial_number,
        account=device.account.name,
        account_id=device.account.account_id,
        owner=device.user.name if device.user else owner,
        code=code_of(seed, step),
        next_code=code_of(seed, step + 1),
        used=device.last_step >= step,
        next_used=device.last_step > step,
        from_start=_from_start(device),
    )


def _from_start(device: MfaDevice) -> str:
    if not device.from_start:
        return ""
    return str(device.user.start_name if device.user else device.account.start_root)


def shown_devices(sandbox: Sandbox, moment: datetime) -> tuple[list[ShownDevice], int]:
    """Return a sandbox's devices, the newest first, and the seconds that their codes last."""
    rows = MfaDevice.in_sandbox(sandbox).select_related("account", "user").order_by("-id")[:_MOST]
    left = STEP_SECONDS - int(moment.timestamp()) % STEP_SECONDS
    return [_shown(device, moment) for device in rows], left
