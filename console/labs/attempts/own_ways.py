"""A student's own way through a lab: the writes that hold, as lines for the AWS CLI."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.labs.attempts.solution import SolutionStep
from console.labs.attempts.storage import STARTED_AGAIN
from console.labs.models import Attempt
from console.labs.rows.undo.reversal import SOURCE
from iam.models import Event, Sandbox
from iam.perform import registry
from iam.trail import lower_camel, operation_of
from iam.wire.command_line import cli_line
from iam.wire.shapes import is_modelled, operation_model

MOST = 200


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


def _began(attempt: Attempt) -> datetime:
    """Return when the world was at its start last, by its own clock."""
    again = attempt.start.get(STARTED_AGAIN)
    return datetime.fromisoformat(again) if again else attempt.started_at


def _writes(attempt: Attempt) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the operation and record of each write that was not undone, the oldest first."""
    rows = Event.in_sandbox(Sandbox(pk=attempt.sandbox_id)).filter(time__gte=_began(attempt))
    rows = rows.filter(read_only=False, error_code="").order_by("pk")
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for event_id, source, name, record in rows.values_list("event_id", "source", "name", "record"):
        if source == SOURCE:
            found.pop(record["requestParameters"]["eventID"], None)
        operation = operation_of(source, name)
        if operation in registry.operations and registry.find(operation).writes:
            found[str(event_id)] = (operation, record)
    return list(found.values())


@dataclass(frozen=True)
class OwnWay:
    """A student's writes as lines, the newest ones, and how many older ones are left out."""

    steps: Sequence[SolutionStep]
    left_out: int


def own_way(attempt: Attempt) -> OwnWay:
    """Return what was done since the last start and was not undone; secrets are left out."""
    writes, steps = _writes(attempt), []
    for operation, record in writes[-MOST:]:
        by = record.get("userIdentity", {}).get("arn", "").rpartition(":")[2]
        line = _line(operation, record.get("requestParameters") or {})
        steps.append(SolutionStep(line, by.removeprefix("user/")))
    return OwnWay(steps, len(writes) - len(steps))
