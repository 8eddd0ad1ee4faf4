"""Roles of a scenario, in any order: a trust policy may name a role that comes after it.

Each account has besides them what AWS makes in a new one.
"""

from collections.abc import Sequence
from datetime import datetime

from console.labs.scenarios.parts import document_text, given_to_factory, keep_unique_id
from console.labs.scenarios.principals import bound_to_deleted, naming, without
from console.labs.scenarios.reader import Data
from iam.catalogue import OF_EVERY_ACCOUNT
from iam.factories import RoleFactory
from iam.factories.requests import requested
from iam.models import Account, Document, Role
from iam.queries import as_saved


def with_roles_of_every_account(world: Data) -> Data:
    """Return a world with the roles that AWS makes in a new account, but for those it describes."""
    described = world.get("service_linked_roles", [])
    has = {(row["account"], row["service"]) for row in described}
    new = [
        {"account": account, "service": service}
        for account in world["accounts"]
        for service in OF_EVERY_ACCOUNT
        if (account, service) not in has
    ]
    return {**world, "service_linked_roles": [*new, *described]}


class ScenarioRoles:
    """The roles of a world that is being filled: `make` each, then `finish` each."""

    def __init__(self, arns: Sequence[str], moment: datetime) -> None:
        self._moment = moment
        self._unfinished = dict.fromkeys(arns)

    def make(self, account: Account, row: Data) -> None:
        """Make a role; principals that are not there are left out of its trust policy for now."""
        text = document_text(row["trust"])
        gone = naming(text, row.get("deleted_principals", ()))
        absent = {*gone, *naming(text, self._unfinished)}
        given = {**given_to_factory(row), "trust": without(text, absent, account)}
        role = RoleFactory.create(account=account, received_at=self._moment, **given)
        keep_unique_id(role, row)
        if absent == set(gone):
            _trust_in_the_deleted(role, text, gone)
            self._unfinished.pop(role.arn, None)

    def finish(self, account: Account, row: Data) -> None:
        """Save the trust policy once more if it names a role that was made after it."""
        role = Role.in_sandbox(account.sandbox).get(account=account, name=row["name"])
        role.account = account
        if role.arn not in self._unfinished:
            return
        text = document_text(row["trust"])
        gone = naming(text, row.get("deleted_principals", ()))
        params = {"RoleName": row["name"], "PolicyDocument": without(text, gone, account)}
        requested(account, "iam:UpdateAssumeRolePolicy", params, self._moment)
        role.refresh_from_db()
        _trust_in_the_deleted(role, text, gone)


def _trust_in_the_deleted(role: Role, text: str, gone: Sequence[str]) -> None:
    """Let a trust policy name principals that were deleted since it was saved."""
    if gone:
        role.trust = Document.of(role.sandbox, as_saved(text))
        role.trust_bound = bound_to_deleted(role.trust_bound, gone)
        role.save(update_fields=["trust", "trust_bound"])
