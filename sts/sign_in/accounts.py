"""The account that a sign-in or switch-role form names."""

import re
from dataclasses import dataclass

from django.db.models import F

from iam.arns import is_account_id
from iam.models import Account, Directory, Sandbox

_NO_SUCH_ID = "There is no account with this ID here."
_NO_SUCH_ALIAS = "There is no account with this alias here."
_SEPARATORS = re.compile(r"[\s-]")


class UnknownAccount(LookupError):
    """The name means no account, or more than one; the message is for the form."""


@dataclass(frozen=True)
class FoundAccount:
    """An account with its sandbox; `start_name` is what the sandbox's scenario calls it."""

    sandbox: Sandbox
    account_id: str
    alias: str
    name: str
    start_name: str = ""


def as_account_id(typed: str) -> str | None:
    """Return the account ID without dashes and spaces; None for an alias."""
    digits = _SEPARATORS.sub("", typed)
    return digits if is_account_id(digits) else None


def unknown_account(typed: str) -> str:
    return _NO_SUCH_ALIAS if as_account_id(typed) is None else _NO_SUCH_ID


def without_nul(typed: str) -> str:
    """Return a text without NUL, which PostgreSQL refuses."""
    return typed.replace("\0", "?")


def _alias(typed: str) -> str:
    return without_nul(typed).strip().lower()


def found_account(account: Account) -> FoundAccount:
    return FoundAccount(
        account.sandbox, account.account_id, account.alias, account.name, account.start_name
    )


def find_account(typed: str) -> FoundAccount:
    """Return the account of an ID or alias, by the directory of all sandboxes."""
    listed = Directory.objects.all()
    account_id = as_account_id(typed)
    if account_id is not None:
        entry = listed.filter(key=account_id).select_related("sandbox").first()
        if entry is None:
            raise UnknownAccount(_NO_SUCH_ID)
        accounts = Account.in_sandbox(entry.sandbox).select_related("sandbox")
        account = accounts.filter(account_id=account_id).first()
        if account is None:
            raise UnknownAccount(_NO_SUCH_ID)
        return found_account(account)
    alias = _alias(typed)
    known = Account.unbound.filter(sandbox__directory__key=F("account_id")).exclude(alias="")
    rows = known.filter(alias=alias).select_related("sandbox")[:2]
    matches = [found_account(account) for account in rows]
    if not matches:
        raise UnknownAccount(_NO_SUCH_ALIAS)
    if len(matches) > 1:
        raise UnknownAccount("Several accounts here use this alias. Enter the 12-digit account ID.")
    return matches[0]


def account_id_in(sandbox: Sandbox, typed: str) -> str | None:
    """Return the account ID for an ID or alias in this sandbox; None if there is none."""
    accounts = Account.in_sandbox(sandbox)
    account_id = as_account_id(typed)
    named = accounts.filter(account_id=account_id or "")
    if account_id is None:
        named = accounts.filter(alias=_alias(typed)).exclude(alias="")
    found: str | None = named.values_list("account_id", flat=True).first()
    return found


def account_name(sandbox: Sandbox, account_id: str) -> tuple[str, str]:
    """Return an account's name and alias, for the navbar."""
    rows = Account.in_sandbox(sandbox).filter(account_id=account_id)
    found = rows.values_list("name", "alias").first()
    return found if found else ("", "")
