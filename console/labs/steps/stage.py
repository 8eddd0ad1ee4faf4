"""Where steps are performed, and the names that they use."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from console.labs.files.names import NAME_IN_BRACES, NOW
from iam.actions.mfa_codes import code_of, step_at
from iam.models import Sandbox


class Stage(Protocol):
    """A world in which steps are performed; `refused` are the calls that AWS would refuse."""

    sandbox: Sandbox
    values: Mapping[str, str]
    saved: dict[str, Any]
    refused: list[str]


def filled(stage: Stage, value: Any) -> Any:
    """Return data with variables, account IDs and what was saved filled in."""
    if isinstance(value, str):
        return NAME_IN_BRACES.sub(lambda found: _value(stage, found), value)
    if isinstance(value, Mapping):
        return {filled(stage, key): filled(stage, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [filled(stage, one) for one in value]
    return value


def _value(stage: Stage, found: re.Match[str]) -> str:
    name, path = found[1], [step for step in found[2].split(".") if step]
    if name in stage.saved:
        value: Any = stage.saved[name]
        for step in path:
            value = _part(value, step)
        return str(value)
    if name == NOW:
        return f"{stage.sandbox.time_at(datetime.now(UTC)):%Y-%m-%dT%H:%M:%SZ}"
    return stage.values.get(name, found[0])


def _part(value: Any, step: str) -> Any:
    """Return a member, one of a list by its number, or the last three codes of an MFA seed."""
    if step == "codes" and isinstance(value, bytes):
        now = step_at(datetime.now(UTC))
        return [code_of(value.decode(), one) for one in (now - 2, now - 1, now)]
    return value[int(step)] if isinstance(value, list) else value[step]
