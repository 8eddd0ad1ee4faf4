"""The credential report: every user's password, keys and MFA devices as a CSV file."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

from iam.actions.password_policy import password_policy_of
from iam.actions.subjects import whole_account
from iam.models import (
    AccessKey,
    Account,
    CredentialReport,
    LoginProfile,
    MfaDevice,
    PasswordPolicy,
    SigningCertificate,
    User,
)
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.errors import AwsError

_LASTS = timedelta(hours=4)
_NONE, _UNKNOWN, _ROOT = "N/A", "no_information", "not_supported"
_KEY_COLUMNS = ("active", "last_rotated", "last_used_date", "last_used_region", "last_used_service")
_COLUMNS = (
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    *(f"access_key_{number}_{name}" for number in (1, 2) for name in _KEY_COLUMNS),
    *(f"cert_{number}_{name}" for number in (1, 2) for name in ("active", "last_rotated")),
)


def _time(moment: datetime | None, otherwise: str = _NONE) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else otherwise


def _told(value: object) -> str:
    return str(bool(value)).lower()


@dataclass(frozen=True)
class _AccountRows:
    """The data of the report's rows, loaded once."""

    account: Account
    keys: dict[int | None, list[AccessKey]]
    certificates: dict[int, list[SigningCertificate]]
    with_mfa: set[int | None]
    profiles: dict[int, LoginProfile]
    policy: PasswordPolicy | None

    def _password(self, user: User) -> list[str]:
        profile = self.profiles.get(user.pk)
        if profile is None:
            return ["false", _NONE, _NONE, _NONE]
        expires = self.policy.expires_at(profile.created_at) if self.policy else None
        used = _time(user.password_last_used, _UNKNOWN)
        return ["true", used, _time(profile.created_at), _time(expires)]

    def _rest(self, pk: int | None) -> list[str]:
        keys = self.keys[pk][:2]
        cells = [_told(pk in self.with_mfa)]
        for key in keys:
            used = [_time(key.last_used_at), key.last_used_region, key.last_used_service]
            cells += [_told(key.active), _time(key.created_at), *(cell or _NONE for cell in used)]
        for _ in range(2 - len(keys)):
            cells += ["false", *[_NONE] * 4]
        return [*cells, *self._certificates(pk)]

    def _certificates(self, pk: int | None) -> list[str]:
        kept = self.certificates[pk][:2] if pk else []
        cells = [cell for one in kept for cell in (_told(one.active), _time(one.uploaded_at))]
        return [*cells, *["false", _NONE] * (2 - len(kept))]

    def rows(self, users: Sequence[User]) -> Iterator[list[str]]:
        """Return the root user's row, then the users' rows."""
        account = self.account
        created = _time(account.created_at)
        first = ["<root_account>", account.root_arn, created, _ROOT, _UNKNOWN, _ROOT, _ROOT]
        yield [*first, *self._rest(None)]
        for user in users:
            user.account = account
            named = [user.name, user.arn, _time(user.created_at)]
            yield [*named, *self._password(user), *self._rest(user.pk)]


def _loaded(call: Call, account: Account) -> _AccountRows:
    sandbox = call.caller.sandbox
    keys: dict[int | None, list[AccessKey]] = defaultdict(list)
    for key in AccessKey.in_sandbox(sandbox).filter(account=account):
        keys[key.user_id].append(key)
    certificates: dict[int, list[SigningCertificate]] = defaultdict(list)
    for one in SigningCertificate.in_sandbox(sandbox).filter(user__account=account):
        certificates[one.user_id].append(one)
    devices = MfaDevice.in_sandbox(sandbox).filter(account=account, enabled_at__isnull=False)
    profiles = LoginProfile.in_sandbox(sandbox).filter(user__account=account)
    return _AccountRows(
        account,
        keys,
        certificates,
        set(devices.values_list("user_id", flat=True)),
        {profile.user_id: profile for profile in profiles},
        password_policy_of(call),
    )


def _content(call: Call, account: Account) -> str:
    users = User.in_sandbox(call.caller.sandbox).filter(account=account).order_by("name")
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_loaded(call, account).rows(list(users)))
    return file.getvalue()


def _report(call: Call) -> Any:
    rows = CredentialReport.in_sandbox(call.caller.sandbox)
    return rows.filter(account=call.account).first()


@writes("iam:GenerateCredentialReport", on=whole_account)
def generate_credential_report(call: Call, params: Params, account: Account) -> Result:
    """Generate the report, unless there is one of the last four hours."""
    report, now = _report(call), call.caller.now
    if report is not None and now - report.generated_at < _LASTS:
        return {"State": "COMPLETE"}
    if report is not None:
        report.delete()
    content = _content(call, account)
    CredentialReport.add(call.caller.sandbox, account=account, content=content, generated_at=now)
    description = "No report exists. Starting a new report generation task"
    return {"State": "STARTED", "Description": description}


def current_report(call: Call, params: Params, account: Account) -> Any:
    """Prepare to return the report, which must not be older than four hours."""
    report = _report(call)
    if report is None:
        raise AwsError("ReportNotPresent", "Credential report not present", 410)
    if call.caller.now - report.generated_at >= _LASTS:
        raise AwsError("ReportExpired", "Credential report has expired", 410)
    return report


@reads("iam:GetCredentialReport", on=whole_account, prepare=current_report)
def get_credential_report(call: Call, params: Params, report: CredentialReport) -> Result:
    """Return the report of the last four hours."""
    content = report.content.encode()
    generated = report.generated_at
    return {"Content": content, "ReportFormat": "text/csv", "GeneratedTime": generated}
