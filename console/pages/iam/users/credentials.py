"""What a user signs in and calls with: password, MFA devices, access keys."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from console.pages.iam.dashboard.views import sign_in_url
from console.pages.iam.entities.user_rows import Key, age, keys_of
from console.pages.iam.requests import Answered, ask
from console.signin.console import console_of
from console.ui.times import ago

MOST_KEYS = 2


@dataclass(frozen=True)
class ShownKey:
    """An access key with its ages in words."""

    key: Key
    created: str
    used: str

    @property
    def sentence(self) -> str:
        """Return the summary's words: *Used 2 hours ago. Created today.*"""
        used = f"Used {self.used}" if self.used else "Never used"
        created = "today" if self.created == "Today" else f"{self.created} ago"
        return f"{used}. Created {created}."


def shown_keys(request: HttpRequest, name: str) -> tuple[list[ShownKey], Answered]:
    """Return a user's access keys, and the denial if there was one."""
    now = console_of(request).caller.now
    answer = ask(request, "iam:ListAccessKeys", UserName=name)
    keys = keys_of(request, [answer.result])[0] if not answer.denied else ()
    shown = [
        ShownKey(key, age(key.created, now), ago(key.used, now) if key.used else "")
        for key in keys or ()
    ]
    return shown, answer


def _console_access(profile: Answered, devices: int) -> tuple[str, str]:
    """Return the status of the console access and its words."""
    if profile.code == "NoSuchEntity":
        return "stopped", "Disabled"
    if profile.denied:
        return "error", "Access denied"
    return ("success", "Enabled with MFA") if devices else ("warning", "Enabled without MFA")


def credentials(request: HttpRequest, name: str) -> dict[str, Any]:
    """Return what the summary and the tab *Security credentials* show."""
    profile = ask(request, "iam:GetLoginProfile", UserName=name)
    devices = ask(request, "iam:ListMFADevices", UserName=name)
    keys, listed = shown_keys(request, name)
    kind, words = _console_access(profile, len(devices.rows("MFADevices")))
    account = console_of(request).account_id
    return {
        "access_kind": kind,
        "access_words": words,
        "profile": profile,
        "login": profile.result.get("LoginProfile"),
        "no_login": profile.code == "NoSuchEntity",
        "devices": devices,
        "mfa_devices": devices.rows("MFADevices"),
        "keys": keys,
        "keys_answer": listed,
        "may_add_key": len(keys) < MOST_KEYS,
        "sign_in_url": sign_in_url(request, account),
    }
