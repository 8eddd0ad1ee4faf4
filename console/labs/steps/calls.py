"""One step done: a call made and recorded, an assertion signed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from console.labs.checks.links import request_of
from console.labs.checks.people import person_of
from console.labs.documents import with_texts
from console.labs.steps.assertions import NoSuchPerson, assertion_for
from console.labs.steps.callers import NoSuchSubject, caller_for
from console.labs.steps.stage import Stage, filled
from iam.analysis import plain_origin
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError


def perform_call(
    stage: Stage, step: Mapping[str, Any], starts: Any, at: datetime | None = None
) -> None:
    """Make a step's call, by the real clock now or at a moment; a refused one is noted."""
    ((operation, given),) = step["call"].items()
    params = with_texts(operation, filled(stage, given or {}))
    origin = plain_origin(at or datetime.now(UTC))
    try:
        caller = caller_for(stage, filled(stage, step.get("as", starts)), origin)
    except AwsError as error:
        stage.refused.append(f"{operation}: {error.code}")
        return
    except (NoSuchSubject, NoSuchPerson) as error:
        stage.refused.append(f"{operation}: there is no {error}")
        return
    try:
        result = perform(caller, operation, params)
    except AwsError as error:
        stage.refused.append(f"{operation}: {error.code}")
        return
    finally:
        end_visit(caller.visit)
    if "save" in step:
        stage.saved[step["save"]] = result


def make_assertion(stage: Stage, step: Mapping[str, Any], at: datetime | None = None) -> None:
    """Save what the identity provider says of a person."""
    asks = filled(stage, {"via": "saml", **step["assertion"]})
    try:
        said = assertion_for(
            stage, person_of(asks), at or datetime.now(UTC), request_of(asks), asks.get("role", "")
        )
    except NoSuchPerson as error:
        stage.refused.append(f"assertion: there is no {error}")
        return
    stage.saved[step["save"]] = said
