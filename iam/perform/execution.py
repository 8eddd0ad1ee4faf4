"""One call on its way: what it resolved, the answers it got, what becomes of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from iam.authorization import Authorization, PermissionCheck, authorize
from iam.callers import Caller
from iam.catalogue.regions import HOME_REGION, is_global
from iam.perform.barred_operations import refuse_barred
from iam.perform.denials import denial_of, kept_of
from iam.perform.registry import Call, Operation, Params, Resolution, Result
from iam.trail import EventFields
from iam.wire.errors import AwsError

Decide = Callable[[Caller, PermissionCheck], Authorization]

# Of a request in a thousand parts, the event keeps the reasons of this many denied ones.
_PARTS_KEPT = 20


def _account_in(resolved: Resolution | None) -> str:
    """Return whose the resource of a call is, if it is another account's."""
    checks = resolved.checks if resolved else ()
    return checks[0].account_id if checks else ""


class Execution:
    """A call with the steps of performing it; `decide` answers its permission checks."""

    def __init__(
        self,
        caller: Caller,
        operation: Operation,
        params: Params,
        decide: Decide = authorize,
        *,
        rehearsed: bool = False,
    ) -> None:
        self.caller = caller
        self.operation = operation
        self.params = params
        self.decide = decide
        self.call = Call(caller, operation.name, params, rehearsed=rehearsed)
        self.resolved: Resolution | None = None
        self.answers: list[Authorization] = []

    def permit(self, resolved: Resolution, params: Params) -> Any:
        """Authorize every check, answer what is missing, prepare; return what execute works on."""
        self.resolved = resolved
        if resolved.proved is not None:
            self.caller = resolved.proved
            self.call = replace(self.call, caller=resolved.proved)
        for check in resolved.checks:
            answer = self.decide(self.caller, check)
            self.answers.append(answer)
            if not answer.allowed:
                raise denial_of(self.operation.service, self.caller, answer)
        if resolved.apart:
            self._permit_apart(resolved.apart)
        if resolved.missing is not None:
            raise resolved.missing
        return self.operation.prepare(self.call, params, resolved.subject)

    def _permit_apart(self, checks: Sequence[PermissionCheck]) -> None:
        """Authorize parts of a request: a denied part is returned, and not raised."""
        answers = [self.decide(self.caller, check) for check in checks]
        service = self.operation.service
        self.call.denials[:] = [
            None if one.allowed else denial_of(service, self.caller, one) for one in answers
        ]
        denied = [one for one in answers if not one.allowed]
        allowed = [one for one in answers if one.allowed]
        self.answers[:0] = denied[:_PARTS_KEPT] + allowed[:1]

    def settle(self) -> Any:
        """Raise every refusal that can be known beforehand; return what execute works on."""
        refuse_barred(self.caller, self.operation.name)
        return self.permit(self.operation.resolve(self.call, self.params), self.params)

    def execute(self) -> Result:
        subject = self.settle()
        if self.operation.writes:  # what is read from here on is no longer of the known stamp
            self.caller.visit.wrote = True
        return self.operation.execute(self.call, self.params, subject) or {}

    def happened(self, result: Result | None, error: AwsError | None) -> EventFields:
        """Return the event of how it went; another account sees it only if it was allowed."""
        operation, resolved = self.operation, self.resolved
        denied = bool(self.answers) and not self.answers[-1].allowed
        responds = operation.writes or operation.record_response
        return EventFields(
            source=f"{operation.service}.amazonaws.com",
            name=operation.event_name,
            read_only=not operation.writes,
            management=not operation.data_event,
            request={**self.params, **resolved.requested} if resolved else self.params,
            response=result if responds and error is None else None,
            error_code=error.code if error else "",
            error_message=error.message if error else "",
            resources=resolved.resources if resolved else (),
            resource_account=_account_in(resolved) or self.caller.account_id,
            also_in=resolved.also_in if resolved and not denied else (),
            decisions=kept_of(self.answers),
            region=HOME_REGION if is_global(operation.service) else "",
        )
