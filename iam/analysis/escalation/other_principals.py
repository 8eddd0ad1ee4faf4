"""Ways to act as somebody else: roles assumed or passed to a service, passwords and keys made."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from iam.actions.subjects import requested_tags, tag_context
from iam.analysis.escalation.pass_role_services import SERVICES, PassRoleService
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.service_calls import calls_to
from iam.analysis.escalation.steps import (
    ControlledPrincipal,
    EntityChange,
    EscalationStep,
    Move,
)
from iam.analysis.escalation.tag_changes import session_tags_for
from iam.analysis.resources import assume_check
from iam.analysis.world_principals import SESSION_NAME, WorldPrincipal
from iam.authorization import PermissionCheck, ResourcePolicy
from iam.authorization.policies_of_many import Key
from iam.models import Role, User

_MOST_KEYS = 2
_CREDENTIALS = ("CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile")
_PASSWORD = "Rolecall-2026!"  # noqa: S105


def becomings(board: SearchState, being: ControlledPrincipal) -> Iterator[Move]:
    """Return every other principal that a principal can act as in one step."""
    yield from _assumed(board, being)
    someone = board.someone(being)
    if any(someone.speaks_of(f"iam:{action}") for action in _CREDENTIALS):
        for user in board.world.users:
            if user.account.account_id == someone.account_id and ("user", user.pk) != being.key:
                yield from _with_credentials(board, being, user)
    yield from _on_workloads(board, being)
    services = [one for one in SERVICES if someone.speaks_of(one.actions[0])]
    if services and someone.speaks_of("iam:PassRole"):
        for role in board.world.roles:
            if role.account.account_id == someone.account_id:
                yield from _passed(board, being, role, services)


def entries(board: SearchState, being: ControlledPrincipal, new: Key) -> Iterator[Move]:
    """Return the ways to act as a user or role that was made; the role trusts whoever enters."""
    entity = board.entity(new)
    someone = board.someone(being)
    if isinstance(entity, Role):
        yield from by_edited_trust(board, being, entity)
    elif isinstance(entity, User) and entity.account.account_id == someone.account_id:
        yield from _with_credentials(board, being, entity)


def _move(
    board: SearchState,
    being: ControlledPrincipal,
    title: str,
    checks: list[PermissionCheck],
    source: str,
    to: ControlledPrincipal,
) -> Iterator[Move]:
    """Return the step, if the engine allows all it needs."""
    allowed = board.may(being, checks)
    if allowed is None:
        return
    step = EscalationStep(
        title=title,
        actions=tuple(dict.fromkeys(check.action for check in checks)),
        actor=board.someone(being).arn,
        target=board.someone(to).arn,
        source=source,
        reason=allowed.reason,
        now=allowed.now,
        needs=allowed.needs,
    )
    yield Move(step, to, being.key, tuple(checks))


def _assumed(board: SearchState, being: ControlledPrincipal) -> Iterator[Move]:
    """Roles that let the principal in as they are; a session may assume its own role again."""
    someone = board.someone(being)
    speaks = someone.speaks_of("sts:AssumeRole")
    for role in board.world.roles:
        if ("role", role.pk) != being.key and (speaks or board.names(role, someone)):
            check = assume_check(role, role.arn, role.account.account_id)
            yield from _assuming(board, being, role, [check])
            yield from _assuming_with_tags(board, being, role, check)


def _assuming_with_tags(
    board: SearchState, being: ControlledPrincipal, role: Role, check: PermissionCheck
) -> Iterator[Move]:
    """Return the steps into a role with a session tag that its own policies ask about."""
    for name, value in session_tags_for(board, being, role):
        listed = {"Tags": [{"Key": name, "Value": value}]}
        tagged = replace(check, context={**check.context, **requested_tags(listed)})
        checks = [tagged, replace(tagged, action="sts:TagSession")]
        change = EntityChange("session tag", ("role", role.pk), name=name, value=value)
        for move in _assuming(board, being, role, checks):
            title = f"{move.step.title} with the session tag {name} = {value}"
            step = replace(move.step, title=title, params={**move.step.params, **listed})
            to = ControlledPrincipal(("role", role.pk), frozenset({change}))
            yield replace(move, step=step, to=to)


def by_edited_trust(board: SearchState, being: ControlledPrincipal, role: Role) -> Iterator[Move]:
    """Return the step into a role whose trust policy was made to name the principal."""
    someone = board.someone(being)
    check = assume_check(role, role.arn, role.account.account_id)
    yield from _assuming(board, being, role, [with_edited_trust(check, someone)])


def with_edited_trust(check: PermissionCheck, someone: WorldPrincipal) -> PermissionCheck:
    """Return the check of assuming a role whose trust policy names somebody."""
    trust = ResourcePolicy(trust_in(someone.arn), "edited trust policy", bound={}, trust=True)
    return replace(check, policy=trust)


def trust_in(*arns: str) -> str:
    """Return a trust policy that names principals."""
    principal = {"AWS": arns[0] if len(arns) == 1 else list(arns)}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _assuming(
    board: SearchState, being: ControlledPrincipal, role: Role, checks: list[PermissionCheck]
) -> Iterator[Move]:
    allowed = board.may(being, checks)
    if allowed is not None:
        someone = board.someone(being)
        step = EscalationStep(
            title=f"Assume the role {role.name}",
            actions=tuple(check.action for check in checks),
            actor=someone.arn,
            target=role.arn,
            source="Principal Mapper, pathfinding sts-001",
            reason=allowed.reason,
            operation="sts:AssumeRole",
            params={"RoleArn": role.arn, "RoleSessionName": SESSION_NAME},
            now=allowed.now,
            needs=allowed.needs,
        )
        yield Move(step, ControlledPrincipal(("role", role.pk)), being.key, tuple(checks))


def _with_credentials(board: SearchState, being: ControlledPrincipal, user: User) -> Iterator[Move]:
    to = ControlledPrincipal(("user", user.pk))
    named: dict[str, object] = {"UserName": user.name}

    def check(action: str) -> PermissionCheck:
        return PermissionCheck(f"iam:{action}", user.arn, context=tag_context(user))

    keys = [check("CreateAccessKey")]
    source = "Rhino 4, pathfinding iam-002"
    if board.world.key_counts.get(user.pk, 0) >= _MOST_KEYS:
        keys.append(check("DeleteAccessKey"))
        source = "pathfinding iam-003"
    ways = [
        (f"Create an access key for the user {user.name}", "CreateAccessKey", named, keys, source)
    ]
    has_password = user.pk in board.world.with_password
    password: dict[str, object] = {**named, "Password": _PASSWORD, "PasswordResetRequired": False}
    if has_password:
        title, action, source = "Change", "UpdateLoginProfile", "Rhino 6, pathfinding iam-006"
    else:
        title, action, source = "Set", "CreateLoginProfile", "Rhino 5, pathfinding iam-004"
    title = f"{title} a console password for the user {user.name}"
    ways.append((title, action, password, [check(action)], source))
    speaks = board.someone(being).speaks_of
    for title, action, params, checks, source in ways:
        if not speaks(f"iam:{action}"):
            continue
        for move in _move(board, being, title, checks, source, to):
            step = replace(move.step, operation=f"iam:{action}", params=params)
            yield replace(move, step=step)


def _on_workloads(board: SearchState, being: ControlledPrincipal) -> Iterator[Move]:
    """Roles of what runs already, of which the principal takes the credentials."""
    someone = board.someone(being)
    for one in board.workloads:
        to = ControlledPrincipal(("role", one.role_pk))
        role = board.entities.get(to.key)
        if (
            isinstance(role, Role)
            and one.account_id == someone.account_id
            and someone.speaks_of(one.checks[0].action)
            and board.trusts(role, one.principal)
        ):
            title = f"Connect to {one.called}, which acts as the role {role.name}"
            yield from _move(board, being, title, list(one.checks), one.source, to)


def _passed(
    board: SearchState, being: ControlledPrincipal, role: Role, services: list[PassRoleService]
) -> Iterator[Move]:
    for service in services:
        if board.trusts(role, service.principal):
            title = f"Pass the role {role.name} to {service.name}, which then acts as the role"
            to = ControlledPrincipal(("role", role.pk))
            context = {"iam:PassedToService": service.principal, **tag_context(role)}
            passing = PermissionCheck("iam:PassRole", role.arn, context=context)
            if board.may(being, [passing]) is None:
                continue
            ways = calls_to(service, board.someone(being))
            moves = (
                _move(board, being, title, [passing, *one], service.source, to) for one in ways
            )
            yield from islice(chain.from_iterable(moves), 1)
