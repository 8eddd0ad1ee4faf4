"""The view models of credentials: time left, and lines that pass them to programs."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from console.pages.calls import CallResult
from console.pages.iam.temporary.stored_credentials import StoredCredentials
from console.ui.times import hours
from iam.catalogue.regions import HOME_REGION

USES = (
    "sts:GetCallerIdentity",
    "s3:ListBuckets",
    "iam:ListUsers",
    "ec2:DescribeInstances",
    "sts:GetSessionToken",
)


@dataclass(frozen=True)
class CredentialLines:
    """Lines for one kind of program."""

    title: str
    text: str


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
    answer: CallResult
    text: str


def _left(seconds: int) -> str:
    if seconds <= 0:
        return "expired"
    return hours(seconds) if seconds >= 60 else "less than a minute"


def _lines(kept: StoredCredentials, endpoint: str) -> list[CredentialLines]:
    values = {
        "AWS_ACCESS_KEY_ID": kept.access_key_id,
        "AWS_SECRET_ACCESS_KEY": kept.secret_access_key,
        "AWS_SESSION_TOKEN": kept.session_token,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": HOME_REGION,  # read by most SDKs, and the CLI of today
        "AWS_DEFAULT_REGION": HOME_REGION,  # by boto3, and the CLI before version 2
    }
    profile = (
        "[rolecall]\n"
        f"aws_access_key_id = {kept.access_key_id}\n"
        f"aws_secret_access_key = {kept.secret_access_key}\n"
        f"aws_session_token = {kept.session_token}"
    )
    return [
        CredentialLines(
            "macOS and Linux", "\n".join(f"export {k}='{v}'" for k, v in values.items())
        ),
        CredentialLines("PowerShell", "\n".join(f"$Env:{k}='{v}'" for k, v in values.items())),
        CredentialLines(
            "Windows command prompt", "\n".join(f"SET {k}={v}" for k, v in values.items())
        ),
        CredentialLines("A profile in ~/.aws/credentials", profile),
    ]


def credential_view(request: HttpRequest, kept: StoredCredentials, now: datetime) -> CredentialView:
    """Return credentials as they are now."""
    seconds = int((kept.expiration - now).total_seconds())
    return CredentialView(
        kept=kept,
        expired=seconds <= 0,
        left=_left(seconds),
        seconds_left=max(0, seconds),
        lines=_lines(kept, request.build_absolute_uri("/aws")),
    )
