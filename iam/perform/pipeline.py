"""The one way to do anything: validate, resolve, authorize, prepare, execute, record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from iam.callers import Caller, PerformedCall
from iam.models import Sandbox
from iam.perform.denials import AccessDenied
from iam.perform.execution import Execution
from iam.perform.registry import Call, Listing, Operation, Params, Result, registry
from iam.perform.write_watches import watch_of
from iam.trail import EventFields, deliver_due, record_later, record_now
from iam.wire.errors import AwsError
from iam.wire.validation import validate

FROZEN = "The time of this exam is over. Its world can be looked at, but not changed any more."
FULL = (
    "This world holds as much as a world may: 64 MB, with its history of calls. "
    "What is there can be deleted; to start the world again empties it."
)
_MAKES_ROOM = (
    *("Abort", "Deactivate", "Delete", "Detach", "Disassociate", "Remove", "Stop", "Terminate"),
    "Untag",
)

_LOCK = (
    "UPDATE iam_sandbox SET stamp = stamp + 1 WHERE id = %s AND generation = %s "
    "AND (frozen_at IS NULL OR frozen_at > %s) RETURNING stamp"
)


def _lock(caller: Caller) -> None:
    """Lock the sandbox's row for a write; a sandbox that was reset meanwhile honours nothing.

    What the visit has read stays, unless somebody has written since the sandbox was read.
    """
    sandbox, at = caller.sandbox, caller.origin.received_at
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(_LOCK, [sandbox.pk, sandbox.generation, moment])
        locked = cursor.fetchone()
    if locked is not None:
        if locked[0] != sandbox.stamp + 1:
            caller.visit.forget()
        return
    if Sandbox.objects.filter(pk=sandbox.pk, generation=sandbox.generation).exists():
        raise AwsError("AccessDenied", FROZEN, 403)
    message = "The security token included in the request is invalid."
    raise AwsError("InvalidClientTokenId", message, 403)


def _note(attempt: Execution, error: AwsError | None, happened: EventFields | None) -> None:
    """Add the call to the visit's list, and give a denial the ID of its event."""
    event_id = happened.event_id if happened else None
    if isinstance(error, AccessDenied):
        error.event_id = event_id
    attempt.caller.visit.outcomes.append(
        PerformedCall(
            attempt.operation.name,
            attempt.params,
            error.code if error else "",
            error.message if error else "",
            event_id,
        )
    )


def _refuse_if_full(attempt: Execution) -> None:
    """Refuse what makes a full sandbox grow; nothing is recorded, which would."""
    name = attempt.operation.name.partition(":")[2]
    if attempt.caller.sandbox.is_full and not name.startswith(_MAKES_ROOM):
        error = AwsError("LimitExceeded", FULL, 409)
        _note(attempt, error, None)
        raise error


def _write(attempt: Execution) -> Result:
    _refuse_if_full(attempt)
    caller = attempt.caller
    result: Result | None = None
    error: AwsError | None = None
    with transaction.atomic():
        _lock(caller)
        watch = watch_of(caller)
        try:
            with transaction.atomic(), watch:
                result = attempt.execute()
        except AwsError as refused:
            error = refused
        happened = attempt.happened(result, error)
        if not isinstance(error, AccessDenied):
            record_now(caller, happened)
        if error is None:
            watch.keep(happened)
    if isinstance(error, AccessDenied):
        record_later(caller, happened)
    caller.visit.forget()
    _note(attempt, error, happened)
    if error is not None:
        raise error
    return result or {}


def _read(attempt: Execution) -> Result:
    result: Result | None = None
    error: AwsError | None = None
    try:
        result = attempt.execute()
    except AwsError as refused:
        error = refused
    happened = attempt.happened(result, error)
    record_later(attempt.caller, happened)
    _note(attempt, error, happened)
    if error is not None:
        raise error
    return result or {}


def perform(caller: Caller, operation: str, params: Mapping[str, Any] | None = None) -> Result:
    """Perform one AWS operation, such as `iam:CreateRole`, as a caller.

    Returns the result shaped as AWS shapes it (policy documents as typed, times aware); raises
    AwsError with AWS's code and text. A denial is an AccessDenied with its event's ID.
    """
    return _performed(caller, registry.find(operation), params or {})


def perform_listing(
    caller: Caller, operation: str, params: Mapping[str, Any] | None = None
) -> Listing:
    """Perform a list operation whose rows are shaped only as far as they are looked at."""
    found = registry.find(operation)
    list_rows = found.list_rows
    if list_rows is None:
        message = f"{operation} is not registered to be listed"
        raise LookupError(message)
    made: list[Listing] = []

    def execute(call: Call, asked: Params, subject: Any) -> None:
        made.append(list_rows(call, asked, subject))

    _performed(caller, replace(found, execute=execute), params or {})
    return made[0]


def _performed(caller: Caller, found: Operation, params: Params) -> Result:
    if caller.sandbox.logs_due_at is not None:
        deliver_due(caller.sandbox, caller.now)
    try:
        validated = validate(found.name, params)
    except AwsError as error:
        attempt = Execution(caller, found, params)
        happened = attempt.happened(None, error)
        record_later(caller, happened)
        _note(attempt, error, happened)
        raise
    attempt = Execution(caller, found, validated)
    return _write(attempt) if found.writes else _read(attempt)


def _validated(operation: str, params: Mapping[str, Any]) -> Params | AwsError:
    try:
        return validate(operation, params)
    except AwsError as error:
        return error


def perform_each(
    caller: Caller, operation: str, requests: Sequence[Mapping[str, Any]]
) -> list[Result | AwsError]:
    """Perform a read once for each row of a table: few queries, one event for all.

    Each answer is the result or the AwsError of its own request, in the requests' order.
    """
    if not requests:
        return []
    found = registry.find(operation)
    if found.resolve_each is None or found.execute_each is None:
        message = f"{operation} is not registered for many requests"
        raise LookupError(message)
    attempt = Execution(caller, found, requests[0])
    checked = [_validated(operation, request) for request in requests]
    outcomes: list[Result | AwsError | None] = [
        one if isinstance(one, AwsError) else None for one in checked
    ]
    valid = {i: one for i, one in enumerate(checked) if not isinstance(one, AwsError)}
    resolved = dict(zip(valid, found.resolve_each(attempt.call, list(valid.values())), strict=True))
    subjects: dict[int, Any] = {}
    for i, one in resolved.items():
        try:
            subjects[i] = attempt.permit(one, valid[i])
        except AwsError as error:
            outcomes[i] = error.with_traceback(None)  # its frames would be kept as long as it is
        # Of all answers the event keeps the first denial, or else the first.
        denied = [answer for answer in attempt.answers if not answer.allowed]
        attempt.answers = (denied or attempt.answers)[:1]
    allowed = [i for i, outcome in enumerate(outcomes) if outcome is None]
    if allowed:
        results = found.execute_each(
            attempt.call, [valid[i] for i in allowed], [subjects[i] for i in allowed]
        )
        for i, result in zip(allowed, results, strict=True):
            outcomes[i] = result
    first_error = next((one for one in outcomes if isinstance(one, AwsError)), None)
    happened = attempt.happened(None, first_error)
    record_later(caller, happened)
    _note(attempt, first_error, happened)
    return [one for one in outcomes if one is not None]
