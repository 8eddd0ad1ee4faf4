"""Ways to change what a principal may do: by its policies, groups, boundary, a role's trust."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from iam import quotas
from iam.actions.resource_kinds import kind_of
from iam.actions.subjects import tag_context
from iam.analysis.escalation.deny_removals import removals
from iam.analysis.escalation.new_principals import creations
from iam.analysis.escalation.renames import renamings
from iam.analysis.escalation.rights_change import (
    ALLOW_ALL,
    Owner,
    RightsChange,
    check_on_owner,
)
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.steps import (
    ADMINISTRATOR_ACCESS,
    ControlledPrincipal,
    EntityChange,
    EscalationStep,
    Move,
)
from iam.analysis.escalation.tag_changes import tag_ways
from iam.arns import SERVICE_LINKED_PATH
from iam.authorization import PermissionCheck
from iam.authorization.policies_of_many import Key
from iam.models import Group, PolicyVersion, Role, User

_ATTACH = {
    "User": "Rhino 7, pathfinding iam-008",
    "Group": "Rhino 8, pathfinding iam-010",
    "Role": "Rhino 9, pathfinding iam-009",
}
_PUT = {
    "User": "Rhino 10, pathfinding iam-007",
    "Group": "Rhino 11, pathfinding iam-011",
    "Role": "Rhino 12, pathfinding iam-005",
}


def changes(board: SearchState, being: ControlledPrincipal) -> Iterator[Move]:
    """Return every change that a principal may make in its account, each in the first way."""
    actor = board.someone(being)
    spoken = (
        way
        for action, ways in _ways_by_action(board, actor.account_id).items()
        if actor.speaks_of(action)
        for way in ways
    )
    ways = chain(spoken, tag_ways(board, being), creations(board, being), renamings(board, being))
    yield from _allowed(board, being, ways)


def changes_of_new(board: SearchState, being: ControlledPrincipal, new: Key) -> Iterator[Move]:
    """Return every change that a principal may make to a user or role that was made."""
    actor, entity = board.someone(being), board.entity(new)
    if entity.account.account_id != actor.account_id:
        return
    spoken = (way for way in _of_owner(board, entity) if actor.speaks_of(way.checks[0].action))
    ways = chain(spoken, tag_ways(board, being, [entity]))
    yield from _allowed(board, being, (way for way in ways if way.change.what != "open"))


def _allowed(
    board: SearchState, being: ControlledPrincipal, ways: Iterable[RightsChange]
) -> Iterator[Move]:
    actor = board.someone(being)
    made: set[EntityChange] = set()
    for way in ways:
        allowed = board.may(being, way.checks) if way.change not in made else None
        if allowed is None:
            continue
        made.add(way.change)
        step = EscalationStep(
            title=way.title,
            actions=tuple(check.action for check in way.checks),
            actor=actor.arn,
            target=way.checks[0].resource,
            source=way.source,
            reason=allowed.reason,
            operation=way.operation,
            params=way.params,
            now=allowed.now,
            needs=allowed.needs,
        )
        yield Move(step, way.change, being.key, way.checks)


def _ways_by_action(board: SearchState, account_id: str) -> dict[str, list[RightsChange]]:
    """Return the ways of an account by the action that they need first: the same for everybody."""

    def make() -> dict[str, list[RightsChange]]:
        found: dict[str, list[RightsChange]] = {}
        for way in _ways(board, account_id):
            found.setdefault(way.checks[0].action, []).append(way)
        return found

    return board.remember(("ways", account_id), make)


def _ways(board: SearchState, account_id: str) -> Iterator[RightsChange]:
    for entity in board.entities.values():
        if entity.account.account_id == account_id and not entity.path.startswith(
            SERVICE_LINKED_PATH
        ):
            yield from _of_owner(board, entity)
    for versions in board.versions.values():
        if versions[0].policy.account.account_id == account_id:
            yield from _of_policy(versions)


def _of_owner(board: SearchState, owner: Owner) -> Iterator[RightsChange]:
    kind, key = kind_of(owner), (owner.arn_type, owner.pk)
    named: dict[str, object] = {kind.parameter: owner.name}
    administrator = EntityChange("administrator", key)
    attached = sum(
        1 for one in board.policies(key).identity if one.arn and one.attached == "directly"
    )
    if attached < kind.policies:
        yield RightsChange(
            f"Attach AdministratorAccess to the {owner.arn_type} {owner.name}",
            f"iam:Attach{kind.word}Policy",
            {**named, "PolicyArn": ADMINISTRATOR_ACCESS},
            (
                check_on_owner(
                    f"iam:Attach{kind.word}Policy", owner, PolicyARN=ADMINISTRATOR_ACCESS
                ),
            ),
            _ATTACH[kind.word],
            administrator,
        )
    yield RightsChange(
        f"Embed a policy that allows everything in the {owner.arn_type} {owner.name}",
        f"iam:Put{kind.word}Policy",
        {**named, "PolicyName": "everything", "PolicyDocument": ALLOW_ALL},
        (check_on_owner(f"iam:Put{kind.word}Policy", owner),),
        _PUT[kind.word],
        administrator,
    )
    yield from removals(board, owner)
    if isinstance(owner, Group):
        yield RightsChange(
            f"Add a user to the group {owner.name}",
            "iam:AddUserToGroup",
            named,
            (PermissionCheck("iam:AddUserToGroup", owner.arn, context=tag_context(owner)),),
            "Rhino 13, pathfinding iam-013",
            EntityChange("open", key),
        )
        return
    yield from _of_bounded(owner, named)
    if isinstance(owner, Role):
        yield RightsChange(
            f"Edit the trust policy of the role {owner.name}",
            "iam:UpdateAssumeRolePolicy",
            named,
            (check_on_owner("iam:UpdateAssumeRolePolicy", owner),),
            "Rhino 14, pathfinding iam-012",
            EntityChange("open", key),
        )


def _of_bounded(owner: User | Role, named: dict[str, object]) -> Iterator[RightsChange]:
    if not owner.boundary_arn:
        return
    kind, unbounded = kind_of(owner), EntityChange("unbounded", (owner.arn_type, owner.pk))
    delete = f"iam:Delete{kind.word}PermissionsBoundary"
    source = "AWS IAM User Guide, permissions boundaries"
    title = f"Remove the permissions boundary of the {owner.arn_type} {owner.name}"
    yield RightsChange(title, delete, named, (check_on_owner(delete, owner),), source, unbounded)
    put = f"iam:Put{kind.word}PermissionsBoundary"
    widest = replace(unbounded, value=ADMINISTRATOR_ACCESS)
    yield RightsChange(
        f"Set AdministratorAccess as the boundary of the {owner.arn_type} {owner.name}",
        put,
        {**named, "PermissionsBoundary": ADMINISTRATOR_ACCESS},
        (check_on_owner(put, owner, PermissionsBoundary=ADMINISTRATOR_ACCESS),),
        source,
        widest,
    )


def _of_policy(versions: list[PolicyVersion]) -> Iterator[RightsChange]:
    policy = versions[0].policy
    key, context = ("policy", policy.pk), tag_context(policy)
    create = [PermissionCheck("iam:CreatePolicyVersion", policy.arn, context=context)]
    if len(versions) >= quotas.VERSIONS_PER_POLICY:
        create.append(PermissionCheck("iam:DeletePolicyVersion", policy.arn, context=context))
    yield RightsChange(
        f"Make a new version of {policy.name} that allows everything",
        "iam:CreatePolicyVersion",
        {"PolicyArn": policy.arn, "PolicyDocument": ALLOW_ALL, "SetAsDefault": True},
        tuple(create),
        "Rhino 1, pathfinding iam-001",
        EntityChange("rewritten", key),
    )
    for version in versions:
        if version.is_default:
            continue
        yield RightsChange(
            f"Set {policy.name} back to its version {version.version_id}",
            "iam:SetDefaultPolicyVersion",
            {"PolicyArn": policy.arn, "VersionId": version.version_id},
            (PermissionCheck("iam:SetDefaultPolicyVersion", policy.arn, context=context),),
            "Rhino 2",
            EntityChange("version", key, version.number),
        )
