"""The view models of credentials: time left, and lines that pass them to programs."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from console.pages.calls import CallResult
from console.pages.iam.temporary.credential_lines import (
    CredentialLines,
    Keys,
    profile_lines,
    shell_lines,
)
from console.pages.iam.temporary.stored_credentials import StoredCredentials
from console.ui.times import time_left

USES = (
    "sts:GetCallerIdentity",
    "s3:ListBuckets",
    "iam:ListUsers",
    "ec2:DescribeInstances",
    "sts:GetSessionToken",
)


@dataclass(frozen=True)
class CredentialView:
    """Credentials with their time left and their lines."""

    kept: StoredCredentials
    expired: bool
    left: str
    seconds_left: int
    lines: list[CredentialLines]


@dataclass(frozen=True)
class Used:
    """The result of a call with the credentials; `text` is JSON."""

    kept_id: str
    operation: str
    result: CallResult
    text: str


def credential_view(request: HttpRequest, kept: StoredCredentials, now: datetime) -> CredentialView:
    """Return credentials as they are now."""
    keys = Keys(kept.access_key_id, kept.secret_access_key, kept.session_token)
    seconds = int((kept.expiration - now).total_seconds())
    return CredentialView(
        kept=kept,
        expired=seconds <= 0,
        left=time_left(seconds),
        seconds_left=max(0, seconds),
        lines=[*shell_lines(keys, request.build_absolute_uri("/aws")), profile_lines(keys)],
    )
