"""The credentials of a user's page: password, MFA devices, access keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from console.pages.calls import CallResult, call
from console.pages.iam.dashboard.views import sign_in_url
from console.pages.iam.entities.user_rows import Key, age, keys_of
from console.pages.iam.users.credential_holders import Dialogs, Holder
from console.signin.console import console_of
from console.ui.table_view import TableView
from console.ui.tables import Column, Empty, Table
from console.ui.times import ago
from iam.wire.tags import tags_of

MOST_KEYS = 2
Tags = Iterable[Mapping[str, str]]


@dataclass(frozen=True)
class ShownKey:
    """An access key with its ages in words."""

    key: Key
    created: str
    used: str
    holder: Holder
    description: str = ""

    @property
    def dialogs(self) -> Dialogs:
        return self.holder.dialogs("access_key_change", self.key.key_id)

    @property
    def sentence(self) -> str:
        """Return the summary's words: *Used 2 hours ago. Created today.*"""
        used = f"Used {self.used}" if self.used else "Never used"
        created = "today" if self.created == "Today" else f"{self.created} ago"
        return f"{used}. Created {created}." if self.key.use_known else f"Created {created}."


def _keys(request: HttpRequest, holder: Holder, tags: Tags = ()) -> dict[str, Any]:
    """Return the context of a holder's access keys, or of their denial.

    A key's description is a tag of the user.
    """
    described = tags_of(tags)
    now = console_of(request).caller.now
    result = call(request, "iam:ListAccessKeys", **holder.params)
    keys = keys_of(request, [result])[0]
    shown = [
        ShownKey(
            key,
            age(key.created, now),
            ago(key.used, now) if key.used else "",
            holder,
            described.get(key.key_id, ""),
        )
        for key in keys or ()
    ]
    return {
        "keys": shown,
        "keys_count": None if result.error else len(shown),
        "keys_result": result,
        "may_add_key": len(shown) < MOST_KEYS,
    }


_DEVICES = Table(
    id="mfa",
    prefix="mfa-",
    title="Multi-factor authentication (MFA)",
    info="mfa",
    description="Use MFA to increase the security of your AWS environment. Signing in with MFA "
    "requires an authentication code from an MFA device. Each user can have a maximum of 8 MFA "
    "devices assigned.",
    row_key="SerialNumber",
    selection="radio",
    labelled_by="SerialNumber",
    search="",
    preferences=False,
    columns=[
        Column("type", "Type", value=lambda row: "Virtual"),
        Column("SerialNumber", "Identifier", kind="copy"),
        Column("certifications", "Certifications", value=lambda row: "Not Applicable"),
        Column("EnableDate", "Created on", kind="time"),
    ],
    empty=Empty(
        "No MFA devices", "Assign an MFA device to improve the security of your AWS environment."
    ),
)


def _devices(request: HttpRequest, holder: Holder) -> tuple[int, TableView]:
    """Return the number of MFA devices, and their table."""
    result = call(request, "iam:ListMFADevices", **holder.params)
    rows = result.rows("MFADevices")
    return len(rows), _DEVICES.view(request, rows, refused=result)


def _console_access(profile: CallResult, devices: int) -> tuple[str, str]:
    """Return the status of the console access and its words."""
    if profile.code == "NoSuchEntity":
        return "stopped", "Disabled"
    if profile.error:
        return "error", "Access denied"
    return ("success", "Enabled with MFA") if devices else ("warning", "Enabled without MFA")


def root_credentials(request: HttpRequest, holder: Holder) -> dict[str, Any]:
    """Return the context of the root user's own page: root has no login profile."""
    _, table = _devices(request, holder)
    return {"holder": holder, "devices": table, **_keys(request, holder)}


def credentials(request: HttpRequest, holder: Holder, tags: Tags) -> dict[str, Any]:
    """Return the context of the summary and of the tab *Security credentials*."""
    profile = call(request, "iam:GetLoginProfile", **holder.params)
    assigned, table = _devices(request, holder)
    kind, words = _console_access(profile, assigned)
    return {
        "holder": holder,
        "name": holder.name,
        "access_kind": kind,
        "access_words": words,
        "profile": profile,
        "login": profile.output.get("LoginProfile"),
        "no_login": profile.code == "NoSuchEntity",
        "devices": table,
        "sign_in_url": sign_in_url(request, console_of(request).account_id),
        **_keys(request, holder, tags),
    }
