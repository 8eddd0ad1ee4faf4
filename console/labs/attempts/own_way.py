"""A student's own way through a lab: the writes that hold, as lines for the AWS CLI."""

from collections.abc import Mapping
from typing import Any

from console.labs.attempts.solution import SolutionStep
from console.labs.models import Attempt, UndoStep
from iam.models import Event, Sandbox
from iam.trail import lower_camel
from iam.wire.command_line import cli_line
from iam.wire.shapes import is_modelled, operation_model


def _as_sent(shape: Any, recorded: Any) -> Any:
    """Return a recorded request under the names that the API has for its members."""
    if shape.type_name == "structure" and isinstance(recorded, Mapping):
        keys = {member: lower_camel(member) for member in shape.members}
        return {
            member: _as_sent(shape.members[member], recorded[key])
            for member, key in keys.items()
            if key in recorded
        }
    if shape.type_name == "list" and isinstance(recorded, list):
        return [_as_sent(shape.member, one) for one in recorded]
    return recorded


def _line(operation: str, recorded: Mapping[str, Any]) -> str:
    if not is_modelled(operation):
        return operation
    shape = operation_model(operation).input_shape
    params = _as_sent(shape, recorded) if shape else {}
    return cli_line(operation, params) or operation


def own_way(attempt: Attempt) -> list[SolutionStep]:
    """Return what was done since the last reset and was not undone; secrets are left out.

    It has as many writes as can be undone, the newest ones.
    """
    steps = UndoStep.objects.filter(sandbox=attempt.sandbox_id).order_by("pk")
    made = dict(steps.values_list("event_id", "operation"))
    events = Event.in_sandbox(Sandbox(pk=attempt.sandbox_id)).filter(event_id__in=made)
    records = dict(events.values_list("event_id", "record"))
    found = []
    for event_id, operation in made.items():
        record = records.get(event_id, {})
        by = record.get("userIdentity", {}).get("arn", "").rpartition(":")[2]
        line = _line(operation, record.get("requestParameters") or {})
        found.append(SolutionStep(line, by.removeprefix("user/")))
    return found
