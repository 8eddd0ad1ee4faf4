"""Credentials as a terminal shows them."""

from collections.abc import Iterable, Mapping, Sequence

from console.labs.scenarios import AccountHandout
from console.labs.scenarios.keys import KeyHandout


def _lines(account: AccountHandout, keys: Sequence[KeyHandout]) -> Iterable[str]:
    alias = f", alias {account.alias}" if account.alias else ""
    yield f"  Account {account.account_id} ({account.name}{alias})"
    rows = [("root", account.root_email, account.root_password)]
    rows += [("user", user.name, user.password) for user in account.users]
    width = max(len(name) for _, name, _ in rows)
    for kind, name, password in rows:
        yield f"    {kind}  {name:<{width}}  {password}"
    for key in keys:
        yield f"    key   {key.user_name}  {key.access_key_id}  {key.secret_access_key}"


def credentials_text(
    accounts: Iterable[AccountHandout], keys: Mapping[str, Sequence[KeyHandout]] | None = None
) -> str:
    """Return accounts with their users, passwords and access keys, a line each."""
    given = keys or {}
    return "\n".join(
        line for account in accounts for line in _lines(account, given.get(account.account_id, ()))
    )
