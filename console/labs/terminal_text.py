"""Credentials as a terminal shows them."""

from collections.abc import Iterable, Mapping, Sequence

from console.labs.scenarios import AccountHandout, people_handout
from console.labs.scenarios.keys import DeviceHandout, KeyHandout
from iam.models import Sandbox
from sts.built_in import name_of


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


def provider_path(sandbox: Sandbox) -> str:
    """Return where the pages of a sandbox's identity provider are."""
    return f"/idp/{name_of(sandbox).slug}/"


def people_text(sandbox: Sandbox) -> list[str]:
    """Return the people of a sandbox's identity provider, a line each below its address."""
    people = people_handout(sandbox)
    if not people:
        return []
    lines = [f"    person  {one.name}  {one.password}" for one in people]
    return [f"  Identity provider {provider_path(sandbox)}", *lines]
