"""Access keys and MFA devices that a scenario hands out."""

from dataclasses import dataclass

from iam.actions.mfa_codes import seed_of
from iam.models import AccessKey, MfaDevice, Sandbox
from iam.models.seals import unseal


@dataclass(frozen=True)
class KeyHandout:
    """An access key of a user, or of root."""

    user_name: str
    access_key_id: str
    secret_access_key: str


def handed_out_keys(sandbox: Sandbox) -> dict[str, list[KeyHandout]]:
    """Return a sandbox's access keys by account ID; one query.

    For whoever has just seeded it: no page shows a secret twice.
    """
    found: dict[str, list[KeyHandout]] = {}
    for row in AccessKey.in_sandbox(sandbox).select_related("account", "user"):
        secret = unseal("access-key", row.sealed_secret).decode()
        owner = row.user.name if row.user else "root"
        key = KeyHandout(owner, row.access_key_id, secret)
        found.setdefault(row.account.account_id, []).append(key)
    return found


@dataclass(frozen=True)
class DeviceHandout:
    """An MFA device of a user, or of root: the seed is what an authenticator app takes."""

    user_name: str
    serial_number: str
    seed: str


def handed_out_devices(sandbox: Sandbox) -> dict[str, list[DeviceHandout]]:
    """Return a sandbox's assigned MFA devices by account ID; one query."""
    found: dict[str, list[DeviceHandout]] = {}
    rows = MfaDevice.in_sandbox(sandbox).filter(enabled_at__isnull=False)
    for row in rows.select_related("account", "user"):
        owner = row.user.name if row.user else "root"
        device = DeviceHandout(owner, row.serial_number, seed_of(row))
        found.setdefault(row.account.account_id, []).append(device)
    return found
