"""A denial as the caller hears it."""

from typing import Any
from uuid import UUID

from iam.authorization import Authorization, in_one_organization
from iam.callers import Caller
from iam.engine import denial_message
from iam.perform.registry import registry
from iam.wire.errors import AwsError


class AccessDenied(AwsError):
    """A denied call; `event_id` leads to the decision behind it."""

    event_id: UUID | None = None


def denial_of(service: str, caller: Caller, answer: Authorization) -> AccessDenied:
    """Return the error for a check that was not allowed, in the service's words."""
    worded = registry.denials.get(service)
    error = worded(caller, answer) if worded else None
    if error is not None:
        return AccessDenied(error.code, error.message, error.status)
    return AccessDenied("AccessDenied", denial_sentence(caller, answer), 403)


def denial_sentence(caller: Caller, answer: Authorization) -> str:
    """Return AWS's common sentence; it has the reason only in one account or organization."""
    return denial_message(
        answer.request,
        answer.decision,
        trust=answer.policies.trust,
        with_resource=answer.check.names_resource,
        with_context=in_one_organization(caller, answer.request.resource_account),
    )


def kept_of(answers: list[Authorization]) -> list[dict[str, Any]]:
    return [answer.kept() for answer in answers]
