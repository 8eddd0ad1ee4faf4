"""What is done in the console and is no call: a role switched to, and left."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from console.labs.steps.callers import NoSuchSubject, caller_for
from console.labs.steps.stage import Stage
from iam.analysis import plain_origin
from iam.trail import end_visit
from iam.wire.errors import AwsError
from sts.credentials import caller_of, open_token
from sts.sign_in import exit_role, switch_role


def use_console(stage: Stage, step: Mapping[str, Any]) -> None:
    """Switch to a role in the console, or leave it."""
    origin = plain_origin(datetime.now(UTC))
    account, _, name = step["role"].partition("/")
    try:
        user = caller_for(stage, step["as"], origin)
    except NoSuchSubject as error:
        stage.refused.append(f"console:{step['console']}: there is no {error}")
        return
    try:
        token = stage.saved.get(step["role"]) or switch_role(user, stage.values[account], name)
    except AwsError as error:
        stage.refused.append(f"console:{step['console']}: {error.code}")
        return
    finally:
        end_visit(user.visit)
    stage.saved[step["role"]] = token
    if step["console"] == "ExitRole":
        exit_role(user, caller_of(open_token(token), origin, user.visit))
        del stage.saved[step["role"]]
