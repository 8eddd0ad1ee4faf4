"""Worlds in which somebody could become administrator, and steps walked for real."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from iam.analysis import Escalation, EscalationPath, EscalationStep, check_on, escalations
from iam.authorization import authorize
from iam.callers import Caller
from iam.perform import PermissionCheck, perform
from iam.wire.errors import AwsError
from iam.wire.tags import tags_of
from tests.iam.analysis_worlds import arn, as_caller, seen
from tests.worlds import ACCOUNT_ID, World, allow, document

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
EVERYTHING = allow("*")
SELF = arn("user", "mallory")


def mallory(world: World, *actions: str, resource: str = "*", **more: Any) -> World:
    world.add_user("mallory", allow(*actions, resource=resource, **more) if actions else "")
    return world


def ask(world: World, name: str = "mallory", kind: str = "user", **options: Any) -> Escalation:
    whole = seen(world)
    someone = whole.someone(arn(kind, name))
    assert someone is not None
    return escalations(whole, someone, **options)


def operations(path: EscalationPath) -> list[tuple[str, ...]]:
    return [step.actions for step in path.steps]


def only_path(world: World, **options: Any) -> list[tuple[str, ...]]:
    """Return the actions of the shortest path, after walking it."""
    found = ask(world, **options)
    assert found.complete
    assert found.paths, "no path"
    walk(world, found.paths[0])
    return operations(found.paths[0])


def admin_role(world: World, name: str = "Admin", trusted: str = "", **service: str) -> None:
    """Add a role that may do everything; `service` names the service that it trusts."""
    if service:
        statement = {"Effect": "Allow", "Principal": service, "Action": "sts:AssumeRole"}
        text = document(statement)
        world.do("CreateRole", RoleName=name, AssumeRolePolicyDocument=text)
    else:
        world.add_role(name, trusted)
    world.do("AttachRolePolicy", RoleName=name, PolicyArn=ADMIN)


def deny(*actions: str, resource: str = "*") -> str:
    return document({"Effect": "Deny", "Action": list(actions), "Resource": resource})


def admin_group(world: World) -> None:
    world.do("CreateGroup", GroupName="admins")
    world.do("AttachGroupPolicy", GroupName="admins", PolicyArn=ADMIN)


def admin_user(world: World) -> None:
    world.add_user("boss", EVERYTHING)


def admin_role_for_nobody(world: World) -> None:
    admin_role(world, Service="ec2.amazonaws.com")


def _caller(world: World, actor: str, steps: Sequence[EscalationStep] = ()) -> Caller:
    """Return who somebody is after steps: a role's session has the tags that it was given."""
    someone = seen(world).someone(actor)
    assert someone is not None
    caller = as_caller(world, someone)
    given = [step.params.get("Tags", ()) for step in steps if step.params.get("RoleArn") == actor]
    return replace(caller, tags={**caller.tags, **tags_of(given[-1])}) if given else caller


def carry_out(world: World, path: EscalationPath) -> None:
    """Perform every step of a path that a call makes."""
    for place, step in enumerate(path.steps):
        if step.operation:
            try:
                caller = step.now.apply(_caller(world, step.actor, path.steps[:place]))
                perform(caller, step.operation, step.params)
            except AwsError as error:
                message = f"{step.title}: {error}"
                raise AssertionError(message) from error


def walk(world: World, path: EscalationPath) -> None:
    """Perform every step of a path that a call makes, and ask whether its end is administrator."""
    carry_out(world, path)
    caller = path.now.apply(_caller(world, path.principal, path.steps))
    assert authorize(caller, PermissionCheck("anything:AtAll")).allowed
    assert authorize(
        caller, PermissionCheck("iam:DeleteUser", f"arn:aws:iam::{ACCOUNT_ID}:user/x")
    ).allowed


def walk_to(world: World, path: EscalationPath, action: str, resource: str) -> None:
    """Perform every step of a path that a call makes, and ask whether its end may do an action."""
    carry_out(world, path)
    caller = path.now.apply(_caller(world, path.principal, path.steps))
    check = check_on(seen(world), action, resource)(caller)
    assert authorize(caller, check).allowed
