"""The entity of a last-accessed request: its identities, and the services of its policies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from iam import catalogue
from iam.actions.refusals import invalid_input, no_such_entity
from iam.actions.resource_kinds import KINDS
from iam.arns import parse_iam_arn
from iam.authorization import AppliedPolicy, gather_policies_each, key_of, managed_texts
from iam.engine import as_list, statements_in
from iam.models import Attachment, Group, Role, User
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.queries import has_managed, in_account
from iam.wire.errors import AwsError

_KINDS = {kind.model.arn_type: kind for kind in KINDS}


@dataclass(frozen=True)
class Accessed:
    """The entity of an ARN: a user, group or role, or a managed policy (`entity` is None)."""

    arn: str
    entity: User | Group | Role | None = None

    def identities(self, call: Call) -> list[User | Role]:
        """Return the users and roles whose use counts: also a group's members, or a policy's."""
        if isinstance(self.entity, Group):
            return _members(call, [self.entity.pk])
        if self.entity is not None:
            return [self.entity]
        held = Attachment.in_sandbox(call.caller.sandbox).filter(policy_arn=self.arn)
        rows = list(held.select_related("user__account", "role__account", "group__account"))
        mine = [row for row in rows if _owner(row).account_id == call.account.pk]
        members = _members(call, [row.group_id for row in mine if row.group_id])
        direct = [row.user or row.role for row in mine if row.user or row.role]
        return list({(one.arn_type, one.pk): one for one in [*direct, *members]}.values())

    def policies(self, call: Call) -> Sequence[AppliedPolicy]:
        """Return the policies that give the entity its permissions."""
        if self.entity is not None:
            return gather_policies_each(call.caller.sandbox, [self.entity])[
                key_of(self.entity)
            ].identity
        texts = managed_texts(call.caller.sandbox, [self.arn])
        return [
            AppliedPolicy("PRINCIPAL", one.name, one.text, arn=self.arn) for one in texts.values()
        ]


def _owner(row: Attachment) -> Any:
    return row.user or row.group or row.role


def _members(call: Call, groups: Sequence[int]) -> list[User | Role]:
    users = in_account(User, call.caller.sandbox, call.caller.account_id)
    return list(users.filter(memberships__group__in=groups).distinct())


def _find(call: Call, arn: str) -> tuple[Accessed | None, AwsError | None]:
    named = parse_iam_arn(arn, *_KINDS)
    if named is None or not named.name or "\n" in named.path:
        found = has_managed(call.account, arn)
        valid = ":policy/" in arn
        missing = no_such_entity(f"Policy {arn} was not found.", "Arn")
        invalid = invalid_input("Invalid ARN.", "Arn")
        return Accessed(arn) if found else None, missing if valid else invalid
    kind = _KINDS[named.type]
    entity = None
    if named.account == call.caller.account_id:
        rows = in_account(kind.model, call.caller.sandbox, named.account)
        entity = next((row for row in rows.filter(name=named.name) if row.arn == arn), None)
    return Accessed(arn, entity) if entity else None, kind.missing(named.name, "Arn")


def accessed(call: Call, params: Params) -> Resolution:
    """Resolve the ARN of a user, group, role or policy: the subject is `Accessed`."""
    found, missing = _find(call, params["Arn"])
    checks = (PermissionCheck(call.operation, params["Arn"]),)
    return Resolution(checks, found, None if found else missing)


def accessed_entity(call: Call, params: Params) -> Resolution:
    """Resolve the ARN of a user, group or role; a policy's is refused."""
    found = accessed(call, params)
    if found.subject is None or found.subject.entity is not None:
        return found
    invalid = invalid_input(f"ARN {params['Arn']} is not valid.", "Arn")
    return Resolution(found.checks, None, invalid)


def find_accessed(call: Call, arn: str) -> Accessed | None:
    return _find(call, arn)[0]


def _prefixes(text: str) -> Iterator[str]:
    """Return the service prefixes of the actions in a document's Allow statements."""
    for statement in statements_in(text):
        if statement.get("Effect") != "Allow":
            continue
        if "NotAction" in statement:
            yield "*"
        for action in as_list(statement.get("Action", [])):
            yield str(action).partition(":")[0].lower()


def services_in(texts: Iterable[str]) -> set[str]:
    """Return the prefixes of the services of which policies allow something."""
    patterns = {prefix for text in texts for prefix in _prefixes(text)}
    known = {service.prefix for service in catalogue.services()}
    if "*" in patterns:
        return known
    wild = [pattern for pattern in patterns if "*" in pattern or "?" in pattern]
    matched = {name for name in known for pattern in wild if fnmatchcase(name, pattern)}
    return (known & patterns) | matched
