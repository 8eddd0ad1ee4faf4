"""Actions called for factories: valid as AWS has it, but neither authorized nor recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from iam.callers import Caller, CallerKind, Origin, Visit
from iam.catalogue.regions import HOME_REGION
from iam.models import Account, Sandbox
from iam.perform.registry import Call, Result, registry
from iam.wire.validation import validate


def root_caller(account: Account, received_at: datetime, region: str = HOME_REGION) -> Caller:
    """Return the account's root user, as a caller whose request came in at a real moment."""
    return Caller(
        kind=CallerKind.ROOT,
        sandbox=account.sandbox,
        account_id=account.account_id,
        arn=account.root_arn,
        principal_id=account.account_id,
        name=account.name,
        origin=Origin(received_at=received_at, region=region),
        visit=Visit(),
    )


def perform_unrecorded(
    caller: Caller, operation: str, params: Mapping[str, Any] | None = None
) -> Result:
    """Validate, resolve, prepare and execute an operation inside the transaction of whoever calls.

    Raises AwsError for what AWS refuses.
    """
    found = registry.find(operation)
    validated = validate(operation, params or {})
    Sandbox.objects.filter(pk=caller.sandbox.pk).update(stamp=F("stamp") + 1)
    caller.visit.forget()
    call = Call(caller, operation, validated)
    resolved = found.resolve(call, validated)
    call.denials[:] = [None] * len(resolved.apart)
    if resolved.missing is not None:
        raise resolved.missing
    prepared = found.prepare(call, validated, resolved.subject)
    result = found.execute(call, validated, prepared) or {}
    caller.visit.forget()
    return result
