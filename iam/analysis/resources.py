"""The checks that an action on a resource needs; a service registers those of its own resources."""

from collections.abc import Callable
from typing import Any

from iam import catalogue
from iam.actions.subjects import boundary_context, tag_context
from iam.analysis.world import World
from iam.analysis.world_principals import SESSION_NAME
from iam.arns import account_of, parse_iam_arn, service_in
from iam.authorization import GRANTS_NOTHING, ContextValue, PermissionCheck, ResourcePolicy
from iam.callers import Caller
from iam.models import Role

CheckFor = Callable[[Caller], PermissionCheck]
Finder = Callable[[World, str, str], CheckFor | None]

_finders: dict[str, Finder] = {}
TRUST_ACTIONS = {"sts:assumerole", "sts:tagsession", "sts:setsourceidentity"}


def owned_by(service: str) -> Callable[[Finder], Finder]:
    """Register how a service finds the check of an action on a resource of its own.

    The finder takes world, action and ARN, reads what it needs once, and returns what makes
    the check for each caller; None where it does not know the resource.
    """

    def keep(finder: Finder) -> Finder:
        _finders[service] = finder
        return finder

    return keep


def check_on(world: World, action: str, arn: str) -> CheckFor:
    """Return what makes the check of an action on a resource for each caller."""
    service = service_in(arn)
    if service == "iam":
        return _on_iam(world, action, arn)
    finder = _finders.get(service)
    found = finder(world, action, arn) if finder else None
    if found is not None:
        return found
    account = account_of(arn) if service else ""
    return lambda caller: PermissionCheck(action, arn, account)


def _on_iam(world: World, action: str, arn: str) -> CheckFor:
    named = parse_iam_arn(arn, "user", "group", "role")
    if named is None or not named.name:
        account = account_of(arn)
        return lambda caller: PermissionCheck(action, arn, account)
    rows: dict[str, list[Any]] = {"user": world.users, "group": world.groups, "role": world.roles}
    entity = next((one for one in rows[named.type] if one.arn == arn), None)
    if action.lower() in TRUST_ACTIONS:
        role = entity if named.type == "role" else None
        check = assume_check(role, arn, named.account, action)
    else:
        check = PermissionCheck(action, arn, named.account, context=_context(action, entity))
    return lambda caller: check


def _context(action: str, entity: Any) -> dict[str, ContextValue]:
    """Return the keys of an entity: its tags, and its boundary where the action knows that key."""
    found = catalogue.action(action)
    bounded = found is not None and "iam:PermissionsBoundary" in found.condition_keys
    return {**tag_context(entity), **(boundary_context({}, entity) if bounded else {})}


def assume_check(
    role: Role | None, arn: str, account_id: str, action: str = "sts:AssumeRole"
) -> PermissionCheck:
    """Return the check of assuming a role; one that does not exist trusts nobody."""
    text, bound = (role.trust.text, role.trust_bound) if role else (GRANTS_NOTHING, {})
    trust = ResourcePolicy(text, "trust policy", bound=bound, trust=True)
    context: dict[str, ContextValue] = {"sts:RoleSessionName": SESSION_NAME}
    return PermissionCheck(action, arn, account_id, trust, {**context, **tag_context(role)})
