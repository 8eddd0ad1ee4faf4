"""One-time codes of MFA devices: six digits for each half minute of real time, used once."""

import hmac
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import pyotp

from iam.callers import Caller, CallerKind
from iam.models import MfaDevice
from iam.models.seals import seal, unseal
from iam.perform import Call, Params
from iam.wire.errors import AwsError

_PURPOSE = "mfa-seed"
_WITH_DEVICES = {CallerKind.USER, CallerKind.ROOT}
STEP_SECONDS = 30
_TOLERATED = (0, -1, 1)
_DRIFT_FOUND = 20
_INVALID_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code."
_NOT_BOTH = (
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
)
_NO_DEVICE = (
    "MultiFactorAuthentication failed, unable to validate MFA code.  "
    "Please verify your MFA serial number is valid and associated with this user."
)


def sealed_seed(seed: str) -> str:
    return seal(_PURPOSE, seed.encode())


def seed_of(device: MfaDevice) -> str:
    return unseal(_PURPOSE, device.sealed_seed).decode()


def step_at(moment: datetime) -> int:
    """Return the number of the half minute of a real moment, from which its code is made."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_of(seed: str, step: int) -> str:
    return pyotp.TOTP(seed, interval=STEP_SECONDS).generate_otp(step)


def _is_code(seed: str, step: int, code: str) -> bool:
    return hmac.compare_digest(code_of(seed, step).encode(), code.encode())


def consecutive(device: MfaDevice, first: str, second: str, moment: datetime) -> int | None:
    """Return the half minute of the second of two consecutive codes, at most ten minutes away."""
    seed, now = seed_of(device), step_at(moment)
    nearest = sorted(range(now - _DRIFT_FOUND, now + _DRIFT_FOUND), key=lambda n: abs(n - now))
    for step in nearest:
        if (
            step + 1 > device.last_step
            and _is_code(seed, step, first)
            and _is_code(seed, step + 1, second)
        ):
            return step + 1
    return None


def drift_of(step: int, moment: datetime) -> int:
    """Return by how many half minutes a device's clock is off; 0 within the tolerance."""
    off = step - step_at(moment)
    return 0 if off in _TOLERATED else off


def _steps_around(now: int, drift: int) -> list[int]:
    """Return the half minutes whose codes are accepted, for a right clock and for a wrong one.

    A code that is typed late looks like one of a clock that is slow.
    """
    return list(dict.fromkeys(now + clock + off for clock in (0, drift) for off in _TOLERATED))


def _matching(
    devices: Iterable[MfaDevice], code: str, moment: datetime
) -> Iterator[tuple[MfaDevice, int]]:
    """Return the devices and half minutes that have this code at a real moment."""
    for device in devices:
        seed = seed_of(device)
        for step in _steps_around(step_at(moment), device.drift):
            if _is_code(seed, step, code):
                yield device, step


def spend(devices: Iterable[MfaDevice], code: str, moment: datetime) -> MfaDevice | None:
    """Return the device with this code at a real moment, and use up the code."""
    for device, step in _matching(devices, code, moment):
        unspent = MfaDevice.in_sandbox(device.sandbox).filter(
            pk=device.pk, last_step__lt=step, enabled_at__isnull=False
        )
        if unspent.update(last_step=step):
            return device
    return None


def is_unspent(devices: Iterable[MfaDevice], code: str, moment: datetime) -> bool:
    """Return whether `spend` would accept a code, without using it up."""
    return any(device.last_step < step for device, step in _matching(devices, code, moment))


def devices_of(caller: Caller) -> list[MfaDevice]:
    """Return the MFA devices of the calling user or root user."""
    if caller.kind not in _WITH_DEVICES:
        return []
    rows = MfaDevice.in_sandbox(caller.sandbox).select_related("account", "sandbox")
    rows = rows.filter(account__account_id=caller.account_id, user=caller.user_pk)
    return list(rows.filter(enabled_at__isnull=False))


SecondFactor = Callable[[Call, Params], datetime | None]
"""Returns when the second factor of an STS request was given, None if none was."""


def second_factor(call: Call, params: Params) -> datetime | None:
    """Check the SerialNumber and TokenCode of an STS request; a rehearsal does not use up the code.

    Returns when, by the sandbox's clock, a second factor was given, or None if none was; raises
    AwsError for a device that is not the caller's, and for a code that is wrong or was used.
    """
    serial, code = params.get("SerialNumber"), params.get("TokenCode")
    if serial is None and code is None:
        return None
    if serial is None or code is None:
        missing = "SerialNumber" if serial is None else "TokenCode"
        raise AwsError("AccessDenied", _NOT_BOTH, 403, members=(missing,))
    own = [device for device in devices_of(call.caller) if device.serial_number == serial]
    if not own:
        raise AwsError("AccessDenied", _NO_DEVICE, 403, members=("TokenCode", "SerialNumber"))
    take = is_unspent if call.rehearsed else spend
    if not take(own, code, call.caller.origin.received_at):
        raise AwsError("AccessDenied", _INVALID_CODE, 403, members=("TokenCode",))
    return call.caller.now


def supposed_factor(call: Call, params: Params) -> datetime | None:
    """Return when a second factor was given, for a caller that counts as having a device.

    A caller that can have none is refused as with another's device.
    """
    if call.caller.kind in _WITH_DEVICES:
        return call.caller.now
    return second_factor(call, {**params, "SerialNumber": "none", "TokenCode": "none"})
