"""The one way to do anything: validate, resolve, authorize, execute, record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F

from iam.authorization import Authorization, PermissionCheck, authorize
from iam.callers import Caller, PerformedCall
from iam.catalogue.regions import HOME_REGION, is_global
from iam.models import Sandbox
from iam.perform.barred_operations import refuse_barred
from iam.perform.denials import AccessDenied, denial_of, kept_of
from iam.perform.registry import Call, Operation, Params, Resolution, Result, registry
from iam.trail import EventFields, deliver_due, record_later, record_now
from iam.wire.errors import AwsError
from iam.wire.validation import validate

# Of a request in a thousand parts, the event keeps the reasons of this many denied ones.
_PARTS_KEPT = 20


class _Execution:
    """One call on its way: the answers it got so far and what it resolved."""

    def __init__(self, caller: Caller, operation: Operation, params: Params) -> None:
        self.caller = caller
        self.operation = operation
        self.params = params
        self.call = Call(caller, operation.name, params)
        self.resolved: Resolution | None = None
        self.answers: list[Authorization] = []

    def permit(self, resolved: Resolution) -> Any:
        """Authorize every check, then answer what is missing; return the subject."""
        self.resolved = resolved
        if resolved.proved is not None:
            self.caller = resolved.proved
            self.call = replace(self.call, caller=resolved.proved)
        for check in resolved.checks:
            answer = authorize(self.caller, check)
            self.answers.append(answer)
            if not answer.allowed:
                raise denial_of(self.operation.service, self.caller, answer)
        self._permit_apart(resolved.apart)
        if resolved.missing is not None:
            raise resolved.missing
        return resolved.subject

    def _permit_apart(self, checks: Sequence[PermissionCheck]) -> None:
        """Authorize parts of a request: what is denied of them is told, and not raised."""
        answers = [authorize(self.caller, check) for check in checks]
        service = self.operation.service
        self.call.denials[:] = [
            None if one.allowed else denial_of(service, self.caller, one) for one in answers
        ]
        denied = [one for one in answers if not one.allowed]
        allowed = [one for one in answers if one.allowed]
        self.answers[:0] = denied[:_PARTS_KEPT] + allowed[:1]

    def execute(self) -> Result:
        refuse_barred(self.caller, self.operation.name)
        subject = self.permit(self.operation.resolve(self.call, self.params))
        return self.operation.execute(self.call, self.params, subject) or {}

    def happened(self, result: Result | None, error: AwsError | None) -> EventFields:
        """Return the event of how it went; another account sees it only if it was allowed."""
        operation, resolved = self.operation, self.resolved
        denied = bool(self.answers) and not self.answers[-1].allowed
        responds = operation.writes or operation.record_response
        return EventFields(
            source=f"{operation.service}.amazonaws.com",
            name=operation.name.partition(":")[2],
            read_only=not operation.writes,
            management=not operation.data_event,
            request=self.params,
            response=result if responds and error is None else None,
            error_code=error.code if error else "",
            error_message=error.message if error else "",
            resources=resolved.resources if resolved else (),
            also_in=resolved.also_in if resolved and not denied else (),
            decisions=kept_of(self.answers),
            region=HOME_REGION if is_global(operation.service) else "",
        )


def _lock(caller: Caller) -> None:
    """Lock the sandbox's row for a write; a sandbox that was reset meanwhile honours nothing."""
    sandbox = caller.sandbox
    rows = Sandbox.objects.filter(pk=sandbox.pk, generation=sandbox.generation)
    if not rows.update(stamp=F("stamp") + 1):
        message = "The security token included in the request is invalid."
        raise AwsError("InvalidClientTokenId", message, 403)


def _note(attempt: _Execution, error: AwsError | None, happened: EventFields | None) -> None:
    """Add the call to the visit's list, and tell a denial which event it became."""
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


def _write(attempt: _Execution) -> Result:
    caller = attempt.caller
    caller.visit.forget()
    result: Result | None = None
    error: AwsError | None = None
    with transaction.atomic():
        _lock(caller)
        try:
            with transaction.atomic():
                result = attempt.execute()
        except AwsError as refused:
            error = refused
        happened = attempt.happened(result, error)
        if not isinstance(error, AccessDenied):
            record_now(caller, happened)
    if isinstance(error, AccessDenied):
        record_later(caller, happened)
    caller.visit.forget()
    _note(attempt, error, happened)
    if error is not None:
        raise error
    return result or {}


def _read(attempt: _Execution) -> Result:
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
    found = registry.find(operation)
    if caller.sandbox.logs_due_at is not None:
        deliver_due(caller.sandbox, caller.now)
    try:
        validated = validate(operation, params or {})
    except AwsError as error:
        attempt = _Execution(caller, found, params or {})
        happened = attempt.happened(None, error)
        record_later(caller, happened)
        _note(attempt, error, happened)
        raise
    attempt = _Execution(caller, found, validated)
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
    attempt = _Execution(caller, found, requests[0])
    checked = [_validated(operation, request) for request in requests]
    outcomes: list[Result | AwsError | None] = [
        one if isinstance(one, AwsError) else None for one in checked
    ]
    valid = {i: one for i, one in enumerate(checked) if not isinstance(one, AwsError)}
    resolved = dict(zip(valid, found.resolve_each(attempt.call, list(valid.values())), strict=True))
    for i, one in resolved.items():
        try:
            attempt.permit(one)
        except AwsError as error:
            outcomes[i] = error
    allowed = [i for i, outcome in enumerate(outcomes) if outcome is None]
    if allowed:
        results = found.execute_each(
            attempt.call, [valid[i] for i in allowed], [resolved[i].subject for i in allowed]
        )
        for i, result in zip(allowed, results, strict=True):
            outcomes[i] = result
    first_error = next((one for one in outcomes if isinstance(one, AwsError)), None)
    attempt.answers = sorted(attempt.answers, key=lambda answer: answer.allowed)[:1]
    happened = attempt.happened(None, first_error)
    record_later(caller, happened)
    _note(attempt, first_error, happened)
    return [one for one in outcomes if one is not None]
