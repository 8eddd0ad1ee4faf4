"""The answer to a call, without making it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from iam.authorization import Authorization, authorize
from iam.callers import Caller
from iam.perform.execution import Decide, Execution
from iam.perform.registry import Params, Resolver, registry
from iam.wire.errors import AwsError
from iam.wire.validation import validate


@dataclass(frozen=True)
class Rehearsal:
    """The decision of a rehearsed call: nothing changed, and there is no event.

    `error` is the refusal. `authorizations` are the permission checks that were decided, up to the
    one that was denied. `denials` has, for each part of a request that stands apart (the keys of
    DeleteObjects), its refusal or None: they do not refuse the call. `caller` is who the request
    proved to be calling; `subject` is what the action would work on.
    """

    caller: Caller
    operation: str
    params: Params
    authorizations: tuple[Authorization, ...] = ()
    error: AwsError | None = None
    denials: tuple[AwsError | None, ...] = ()
    subject: Any = None

    @property
    def allowed(self) -> bool:
        """Return whether AWS would do it, but for what only doing it finds: a name is taken."""
        return self.error is None

    @property
    def decisive(self) -> Authorization | None:
        """Return the check that was denied, otherwise the last one; None if nothing was asked."""
        denied = next((one for one in self.authorizations if not one.allowed), None)
        return denied or (self.authorizations[-1] if self.authorizations else None)


def rehearse(
    caller: Caller,
    operation: str,
    params: Mapping[str, Any] | None = None,
    *,
    decide: Decide = authorize,
    resolve: Resolver | None = None,
) -> Rehearsal:
    """Validate, resolve, authorize and prepare an operation as `perform` does, and stop there.

    Refusals are returned, not raised. `decide` answers the permission checks, for who asks what
    would be under other policies; `resolve` resolves the call, for who has no proof to send along.
    """
    asked: Params = params or {}
    try:
        found = registry.find(operation)
        found = replace(found, resolve=resolve) if resolve else found
        asked = validate(operation, asked)
    except AwsError as error:
        return Rehearsal(caller, operation, asked, error=error)
    execution = Execution(caller, found, asked, decide, rehearsed=True)
    subject, refusal = None, None
    try:
        subject = execution.settle()
    except AwsError as error:
        refusal = error
    return Rehearsal(
        execution.caller,
        operation,
        asked,
        tuple(execution.answers),
        refusal,
        tuple(execution.call.denials),
        subject,
    )
