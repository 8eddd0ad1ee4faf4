"""Ways to give a user or a group another path or name, which other policies are about."""

from collections.abc import Iterator

from iam.actions.resource_kinds import GROUP, USER, EntityKind
from iam.actions.subjects import tag_context
from iam.analysis.escalation.other_names import further_names
from iam.analysis.escalation.rights_change import RightsChange
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.steps import ControlledPrincipal, EntityChange
from iam.authorization import PermissionCheck
from iam.models import Group, User

_SOURCE = "AWS IAM User Guide, renaming users and groups: policies go by the name"


def renamings(board: SearchState, being: ControlledPrincipal) -> Iterator[RightsChange]:
    """Return the renamings that a principal may want in its account."""
    actor = board.someone(being)
    for kind in (USER, GROUP):
        if actor.speaks_of(f"iam:Update{kind.word}"):
            yield from _of_account(board, kind, actor.account_id)


def _of_account(board: SearchState, kind: EntityKind, account_id: str) -> tuple[RightsChange, ...]:
    def make() -> tuple[RightsChange, ...]:
        rows = board.world.users if kind is USER else board.world.groups
        return tuple(
            way
            for row in rows
            if row.account.account_id == account_id
            for way in _of_one(board, kind, row)
        )

    return board.remember(("renamings", kind.word, account_id), make)


def _of_one(board: SearchState, kind: EntityKind, row: User | Group) -> Iterator[RightsChange]:
    action, account_id = f"iam:Update{kind.word}", row.account.account_id
    for path, name in further_names(board, row.arn_type, account_id, (row.path, row.name)):
        params: dict[str, object] = {kind.parameter: row.name}
        if path != row.path:
            params["NewPath"] = path
        if name != row.name:
            params[f"New{kind.parameter}"] = name
        yield RightsChange(
            f"Rename the {row.arn_type} {row.name} to {path}{name}",
            action,
            params,
            (
                PermissionCheck(action, row.arn, context=tag_context(row)),
                PermissionCheck(action, kind.arn(account_id, name, path)),
            ),
            _SOURCE,
            EntityChange("renamed", (row.arn_type, row.pk), name=path, value=name),
        )
