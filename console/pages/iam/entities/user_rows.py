"""The rows of the users list: what AWS's console reads for each user, read for all at once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from console.pages.calls import CallResult, call_each
from console.signin.console import console_of
from console.ui.times import ago

_DENIED = "Access denied"


def age(moment: datetime | None, now: datetime) -> str:
    """Return an age in days as the console shows it: *Today*, *1 day*, *12 days*."""
    if moment is None:
        return ""
    days = (now - moment).days
    if days < 1:
        return "Today"
    return f"{days} day{'s' if days > 1 else ''}"


@dataclass(frozen=True)
class Key:
    """An access key, and when it was last used if the caller may see that."""

    key_id: str
    active: bool
    created: datetime
    used: datetime | None
    service: str
    region: str
    use_known: bool

    @property
    def status(self) -> str:
        return "Active" if self.active else "Inactive"


@dataclass(frozen=True)
class UserRow:
    """A user as a row; a value is None if the caller may not see it."""

    user: Mapping[str, Any]
    now: datetime = datetime.min
    groups: int | None = None
    mfa: int | None = None
    password: Mapping[str, Any] | None = None
    keys: tuple[Key, ...] | None = None

    @property
    def name(self) -> str:
        return str(self.user["UserName"])

    @property
    def last_active(self) -> datetime | None:
        moments = [self.user.get("PasswordLastUsed"), *(key.used for key in self.keys or ())]
        return max((moment for moment in moments if moment), default=None)

    @property
    def activity(self) -> str:
        return ago(self.last_active, self.now) if self.last_active else ""

    @property
    def mfa_shown(self) -> str:
        return _DENIED if self.mfa is None else "Virtual" if self.mfa else ""

    @property
    def password_created(self) -> datetime | None:
        return self.password.get("CreateDate") if self.password else None

    @property
    def password_age(self) -> str:
        return _DENIED if self.password is None else age(self.password_created, self.now)

    @property
    def console_last(self) -> str:
        """Return when the user last signed in to the console."""
        used: datetime | None = self.user.get("PasswordLastUsed")
        if used:
            return ago(used, self.now)
        return "Never" if self.password else ""

    @property
    def key(self) -> Key | None:
        return next(iter(sorted(self.keys or (), key=lambda key: not key.active)), None)

    @property
    def key_shown(self) -> str:
        """Return the key as *Active - AKIA…*."""
        if self.keys is None:
            return _DENIED
        return f"{self.key.status} - {self.key.key_id}" if self.key else ""

    @property
    def oldest_active(self) -> datetime | None:
        return min((key.created for key in self.keys or () if key.active), default=None)

    @property
    def key_age(self) -> str:
        return age(self.oldest_active, self.now)

    @property
    def key_used(self) -> str:
        """Return when a key was last used."""
        if self.keys is None or not all(key.use_known for key in self.keys):
            return _DENIED
        used = max((key.used for key in self.keys or () if key.used), default=None)
        return ago(used, self.now) if used else ""


def named_row(user: Mapping[str, Any]) -> UserRow:
    """Return a row of which only name and path are known yet."""
    return UserRow(user)


def _password(result: CallResult) -> Mapping[str, Any] | None:
    if result.error and result.code != "NoSuchEntity":
        return None
    found: Mapping[str, Any] = result.output.get("LoginProfile", {})
    return found


def keys_of(request: HttpRequest, listed: Sequence[CallResult]) -> list[tuple[Key, ...] | None]:
    """Return the access keys of several ListAccessKeys results, with their last use."""
    metadata = [key for result in listed for key in result.rows("AccessKeyMetadata")]
    asked = [{"AccessKeyId": key["AccessKeyId"]} for key in metadata]
    used = call_each(request, "iam:GetAccessKeyLastUsed", asked)
    last = {
        key["AccessKeyId"]: result.output.get("AccessKeyLastUsed", {})
        for key, result in zip(metadata, used, strict=True)
    }
    return [None if result.error else _keys(result, last) for result in listed]


def _keys(result: CallResult, last: Mapping[str, Mapping[str, Any]]) -> tuple[Key, ...]:
    return tuple(_key(key, last[key["AccessKeyId"]]) for key in result.rows("AccessKeyMetadata"))


def _key(metadata: Mapping[str, Any], last: Mapping[str, Any]) -> Key:
    return Key(
        metadata["AccessKeyId"],
        metadata["Status"] == "Active",
        metadata["CreateDate"],
        last.get("LastUsedDate"),
        last.get("ServiceName", "N/A"),
        last.get("Region", "N/A"),
        bool(last),
    )


def user_rows(request: HttpRequest, users: Sequence[Mapping[str, Any]]) -> list[UserRow]:
    """Return rows for users, in a number of queries that does not grow with them."""
    return completed(request, [UserRow(user) for user in users], _COLUMNS.keys())


def completed(
    request: HttpRequest,
    rows: Sequence[UserRow],
    columns: Collection[str],
    **known: Sequence[Any],
) -> list[UserRow]:
    """Return rows with what these columns of the list show of each user, and no more.

    `known` are values of other fields, each row's at its place.
    """
    asked = [{"UserName": row.name} for row in rows]
    values = {"now": [console_of(request).caller.now] * len(rows), **known}
    for field, read in _FIELDS.items():
        if any(_COLUMNS.get(column) == field for column in columns):
            values[field] = read(request, asked)
    return [
        replace(row, **dict(zip(values, one, strict=True)))
        for row, one in zip(rows, zip(*values.values(), strict=True), strict=True)
    ]


def _counted(operation: str, key: str) -> Callable[..., list[int | None]]:
    def read(request: HttpRequest, asked: Sequence[Mapping[str, Any]]) -> list[int | None]:
        results = call_each(request, operation, asked)
        return [None if result.error else len(result.rows(key)) for result in results]

    return read


def _passwords(
    request: HttpRequest, asked: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any] | None]:
    return list(map(_password, call_each(request, "iam:GetLoginProfile", asked)))


def _all_keys(
    request: HttpRequest, asked: Sequence[Mapping[str, Any]]
) -> list[tuple[Key, ...] | None]:
    return keys_of(request, call_each(request, "iam:ListAccessKeys", asked))


_FIELDS: dict[str, Callable[[HttpRequest, Sequence[Mapping[str, Any]]], list[Any]]] = {
    "groups": _counted("iam:ListGroupsForUser", "Groups"),
    "mfa": _counted("iam:ListMFADevices", "MFADevices"),
    "password": _passwords,
    "keys": _all_keys,
}
_COLUMNS = {
    "groups": "groups",
    "mfa_shown": "mfa",
    "password_age": "password",
    "console_last": "password",
    **dict.fromkeys(("activity", "key_shown", "key_age", "key_used"), "keys"),
}
"""The field of a row that a column of the list shows."""
