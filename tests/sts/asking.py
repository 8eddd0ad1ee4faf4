"""Calls of STS as the tests make them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from iam.callers import Caller, Visit
from iam.perform import perform
from iam.wire.errors import AwsError
from sts.credentials import TokenKind, caller_of, issue, open_token
from tests.worlds import World

OTHER_ACCOUNT = "210987654321"


def assume(caller: Caller, role_arn: str, **params: Any) -> dict[str, Any]:
    request = {"RoleArn": role_arn, "RoleSessionName": "lesson", **params}
    return perform(caller, "sts:AssumeRole", request)


def refused(caller: Caller, role_arn: str, **params: Any) -> AwsError:
    """Assume a role that must be refused; returns AWS's error."""
    with pytest.raises(AwsError) as caught:
        assume(caller, role_arn, **params)
    return caught.value


def session_from(world: World, result: dict[str, Any]) -> Caller:
    token = result["Credentials"]["SessionToken"]
    return caller_of(open_token(token), world.origin, Visit())


def signed_in(world: World, user: Caller, **says: Any) -> Caller:
    """Return a user as the console signs it in: with temporary credentials of twelve hours."""
    credentials = issue(
        TokenKind.CONSOLE,
        world.sandbox,
        user.now,
        lifetime=timedelta(hours=12),
        account_id=user.account_id,
        principal_id=user.principal_id,
        **says,
    )
    return caller_of(open_token(credentials.session_token), world.origin, Visit())


def later(world: World, **by: float) -> World:
    """Return the world as seen by a request that comes in later."""
    at = world.origin.received_at + timedelta(**by)
    return World(world.sandbox, world.account, replace(world.origin, received_at=at))
