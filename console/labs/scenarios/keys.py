"""Access keys that a scenario hands out."""

from dataclasses import dataclass

from iam.models import AccessKey, Sandbox
from iam.models.sealing import unseal


@dataclass(frozen=True)
class KeyHandout:
    """An access key of a user."""

    user_name: str
    access_key_id: str
    secret_access_key: str


def handed_out_keys(sandbox: Sandbox) -> dict[str, list[KeyHandout]]:
    """Return a sandbox's access keys of users by account ID; one query.

    For whoever has just seeded it: no page shows a secret twice.
    """
    found: dict[str, list[KeyHandout]] = {}
    rows = AccessKey.in_sandbox(sandbox).filter(user__isnull=False)
    for row in rows.select_related("account", "user"):
        secret = unseal("access-key", row.sealed_secret).decode()
        key = KeyHandout(row.user.name, row.access_key_id, secret)
        found.setdefault(row.account.account_id, []).append(key)
    return found
