"""The dashboard: recommendations, counters, the account; each part shows its own denial."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import call
from console.pages.iam.navigation import iam_frame
from console.signin.console import console_of
from console.signin.guard import console_page

_COUNTERS = (
    ("User groups", "Groups", "groups"),
    ("Users", "Users", "users"),
    ("Roles", "Roles", "roles"),
    ("Policies", "Policies", "policies"),
    ("Identity providers", "Providers", "providers"),
)


@dataclass(frozen=True)
class Counter:
    """The number of the account's users, groups or the like, and their list's address."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Recommendation:
    """A security recommendation, and whether the account follows it."""

    followed: bool
    title: str
    text: str
    action: str = ""


def _counters(summary: Mapping[str, int]) -> list[Counter]:
    counters = []
    for label, key, name in _COUNTERS:
        url = reverse(name) if name else ""
        if name == "policies":
            url = f"{url}?type=Customer+managed"
        counters.append(Counter(label, summary.get(key, 0), url))
    return counters


def _recommendations(summary: Mapping[str, int]) -> list[Recommendation]:
    has_mfa = bool(summary.get("AccountMFAEnabled"))
    has_keys = bool(summary.get("AccountAccessKeysPresent"))
    return [
        Recommendation(
            has_mfa,
            "Root user has MFA" if has_mfa else "Add MFA for root user",
            "Having multi-factor authentication (MFA) for the root user improves security for "
            "this account.",
            "" if has_mfa else "Add MFA",
        ),
        Recommendation(
            not has_keys,
            "Root user has active access keys"
            if has_keys
            else "Root user has no active access keys",
            "Using access keys attached to an IAM user instead of the root user improves security.",
            "Manage access keys" if has_keys else "",
        ),
    ]


def sign_in_url(request: HttpRequest, account: str) -> str:
    """Return the sign-in address of an account's IAM users; `account` is an ID or alias."""
    return request.build_absolute_uri(f"{reverse('signin')}?{urlencode({'account': account})}")


@console_page
def dashboard(request: HttpRequest) -> HttpResponse:
    console = console_of(request)
    summary = call(request, "iam:GetAccountSummary")
    aliases = call(request, "iam:ListAccountAliases")
    counts: dict[str, int] = dict(summary.output.get("SummaryMap", {}))
    alias = next(iter(aliases.rows("AccountAliases")), "")
    context: dict[str, Any] = {
        "summary": summary,
        "counters": _counters(counts),
        "recommendations": _recommendations(counts),
        "aliases": aliases,
        "alias": alias,
        "account_id": console.account_id,
        "sign_in_url": sign_in_url(request, alias or console.account_id),
    }
    frame = iam_frame(request, "iam_dashboard", [("Dashboard", "")])
    return render(request, "iam/dashboard/page.html", {**frame, **context})
