"""Credentials as a terminal shows them."""

from collections.abc import Iterable, Mapping, Sequence

from console.labs.scenarios import AccountHandout
from console.labs.scenarios.keys import DeviceHandout, KeyHandout


def _lines(
    account: AccountHandout, keys: Sequence[KeyHandout], devices: Sequence[DeviceHandout]
) -> Iterable[str]:
    alias = f", alias {account.alias}" if account.alias else ""
    yield f"  Account {account.account_id} ({account.name}{alias})"
    rows = [("root", account.root_email, account.root_password)]
    rows += [("user", user.name, user.password) for user in account.users]
    width = max(len(name) for _, name, _ in rows)
    for kind, name, password in rows:
        yield f"    {kind}  {name:<{width}}  {password}"
    for key in keys:
        yield f"    key   {key.user_name}  {key.access_key_id}  {key.secret_access_key}"
    for device in devices:
        yield f"    mfa   {device.user_name}  {device.serial_number}  {device.seed}"


def credentials_text(
    accounts: Iterable[AccountHandout],
    keys: Mapping[str, Sequence[KeyHandout]] | None = None,
    devices: Mapping[str, Sequence[DeviceHandout]] | None = None,
) -> str:
    """Return accounts with their users, passwords, access keys and MFA devices, a line each."""
    given, held = keys or {}, devices or {}
    return "\n".join(
        line
        for account in accounts
        for line in _lines(
            account, given.get(account.account_id, ()), held.get(account.account_id, ())
        )
    )
