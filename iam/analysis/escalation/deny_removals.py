"""Ways to take away a policy that denies: from a user, a role or a group, or a user from a group.

What such a policy allows goes with it.
"""

from collections.abc import Iterator
from functools import lru_cache

from iam.actions.resource_kinds import kind_of
from iam.actions.subjects import tag_context
from iam.analysis.escalation.rights_change import (
    ALLOW_ALL,
    Owner,
    RightsChange,
    check_on_owner,
)
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.steps import EntityChange
from iam.authorization import AppliedPolicy, PermissionCheck
from iam.engine import Effect, parse_policy
from iam.models import Group

_SOURCE = "AWS IAM User Guide, policy evaluation logic: explicit denies"


@lru_cache(maxsize=2048)
def _denies(text: str) -> bool:
    return any(one.effect is Effect.DENY for one in parse_policy(text).statements)


def removals(board: SearchState, owner: Owner) -> Iterator[RightsChange]:
    """Return the ways to take denying policies from an owner, and members from a group."""
    kind, key = kind_of(owner), (owner.arn_type, owner.pk)
    of_owner = {f"group {owner.name}"} if isinstance(owner, Group) else {"directly", "inline"}
    denying = [
        one
        for one in board.policies(key).identity
        if one.attached in of_owner and _denies(one.text)
    ]
    for applied in denying:
        yield _removal(owner, kind.word, kind.parameter, applied)
        if not applied.arn:
            yield _replacement(owner, kind.word, kind.parameter, applied)
    if denying and isinstance(owner, Group):
        yield from _leavings(board, owner)


def _removal(owner: Owner, word: str, parameter: str, applied: AppliedPolicy) -> RightsChange:
    change = EntityChange("removed", (owner.arn_type, owner.pk), name=applied.arn or applied.name)
    if applied.arn:
        action = f"iam:Detach{word}Policy"
        params: dict[str, object] = {parameter: owner.name, "PolicyArn": applied.arn}
        check = check_on_owner(action, owner, PolicyARN=applied.arn)
        title = f"Detach {applied.name}, which denies, from the {owner.arn_type} {owner.name}"
    else:
        action = f"iam:Delete{word}Policy"
        params = {parameter: owner.name, "PolicyName": applied.name}
        check = check_on_owner(action, owner)
        title = f"Delete {applied.name}, which denies, from the {owner.arn_type} {owner.name}"
    return RightsChange(title, action, params, (check,), _SOURCE, change)


def _replacement(owner: Owner, word: str, parameter: str, applied: AppliedPolicy) -> RightsChange:
    action = f"iam:Put{word}Policy"
    return RightsChange(
        f"Replace {applied.name}, which denies, in the {owner.arn_type} {owner.name}",
        action,
        {parameter: owner.name, "PolicyName": applied.name, "PolicyDocument": ALLOW_ALL},
        (check_on_owner(action, owner),),
        _SOURCE,
        EntityChange("replaced", (owner.arn_type, owner.pk), name=applied.name),
    )


def _leavings(board: SearchState, group: Group) -> Iterator[RightsChange]:
    action = "iam:RemoveUserFromGroup"
    check = PermissionCheck(action, group.arn, context=tag_context(group))
    for user in board.world.users:
        if group.pk in board.world.memberships.get(user.pk, ()):
            yield RightsChange(
                f"Take the user {user.name} out of the group {group.name}, which denies",
                action,
                {"GroupName": group.name, "UserName": user.name},
                (check,),
                _SOURCE,
                EntityChange("left", ("group", group.pk), whom=("user", user.pk)),
            )
