"""The role credentials of an instance: EC2 assumes the role for it, by its trust policy.

Only the data to make them is stored, so that the instance returns the same ones until
they are renewed.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from console.services.ec2.models import Instance
from console.services.ec2.profiles import profiles_in
from iam.callers import Caller, Origin, Visit, service_caller
from iam.models import InstanceProfile, Role
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from sts.analysis import SessionRequest
from sts.credentials import Token, TokenKind

LIFETIME = timedelta(hours=6)
RENEWED_BEFORE = timedelta(hours=1)
SERVICE = "ec2.amazonaws.com"


@dataclass(frozen=True)
class InstanceCredentials:
    """The credentials of an instance, or why it has none."""

    token: Token | None
    denied: bool
    noted_at: datetime


def instance_of(secret: str) -> Instance | None:
    """Return the running instance whose metadata has this secret in its address."""
    rows = Instance.unbound.filter(secret=secret, terminated_at=None)
    found: Instance | None = rows.select_related("account", "sandbox").first()
    if found is not None:
        found.account.sandbox = found.sandbox
    return found


def profile_of(instance: Instance) -> InstanceProfile | None:
    """Return the instance's profile; a new profile with the same name is another."""
    if not instance.profile_id:
        return None
    rows = profiles_in(instance.sandbox).filter(unique_id=instance.profile_id)
    found: InstanceProfile | None = rows.first()
    return found


def instance_credentials(
    instance: Instance, role: Role, received_at: datetime
) -> InstanceCredentials:
    """Return the instance's credentials, renewed if they expire soon."""
    now = instance.sandbox.time_at(received_at)
    if _is_current(instance, role, now):
        return _held(instance)
    visit = Visit()
    try:
        with transaction.atomic():
            rows = Instance.in_sandbox(instance.sandbox).select_for_update()
            locked = rows.get(pk=instance.pk)
            locked.sandbox, locked.account = instance.sandbox, instance.account
            if not _is_current(locked, role, now):
                _renew(locked, role, received_at, visit)
            return _held(locked)
    finally:
        end_visit(visit)


def _is_current(instance: Instance, role: Role, now: datetime) -> bool:
    """Return whether the last result still holds; a refusal holds until something has changed."""
    kept = instance.session
    if kept.get("role") != role.unique_id:
        return False
    if kept["denied"]:
        return bool(kept["stamp"] == instance.sandbox.stamp)
    return bool(now + RENEWED_BEFORE < datetime.fromtimestamp(kept["expires"], UTC))


def service_for(instance: Instance, received_at: datetime, visit: Visit) -> Caller:
    """Return EC2 as the caller that assumes an instance's role, for which instance it says."""
    account_id = instance.account.account_id
    origin = Origin(
        received_at,
        SERVICE,
        SERVICE,
        region=instance.region,
        recorded_as=SERVICE,
        supposed={"aws:SourceAccount": account_id, "aws:SourceArn": instance.arn},
    )
    caller = service_caller(SERVICE, instance.sandbox, account_id, origin, visit)
    return replace(caller, source_instance=instance.arn)


def instance_request(instance: Instance) -> SessionRequest:
    seconds = int(LIFETIME.total_seconds())
    return SessionRequest(session_name=instance.instance_id, duration=seconds)


def _renew(instance: Instance, role: Role, received_at: datetime, visit: Visit) -> None:
    caller = service_for(instance, received_at, visit)
    asked = instance_request(instance).params(role.arn)
    kept: dict[str, Any] = {
        "role": role.unique_id,
        "issued": caller.now.timestamp(),
        "denied": False,
        "stamp": instance.sandbox.stamp,
    }
    try:
        given = perform(caller, "sts:AssumeRole", asked)["Credentials"]
        kept |= {"key": given["AccessKeyId"], "expires": given["Expiration"].timestamp()}
    except AwsError:
        kept["denied"] = True
    instance.session = kept
    instance.save(update_fields=["session"])


def _held(instance: Instance) -> InstanceCredentials:
    kept = instance.session
    noted_at = datetime.fromtimestamp(kept["issued"], UTC)
    if kept["denied"]:
        return InstanceCredentials(None, denied=True, noted_at=noted_at)
    token = Token(
        kind=TokenKind.ROLE,
        sandbox=instance.sandbox.pk,
        generation=instance.sandbox.generation,
        account_id=instance.account.account_id,
        principal_id=kept["role"],
        access_key_id=kept["key"],
        issued=kept["issued"],
        expires=kept["expires"],
        session_name=instance.instance_id,
        instance=instance.arn,
    )
    return InstanceCredentials(token, denied=False, noted_at=noted_at)
