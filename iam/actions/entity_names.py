"""The names of users, groups and roles: refusing taken ones, and renaming."""

from dataclasses import replace

from iam.actions.refusals import already_exists, over_quota
from iam.actions.subjects import GROUP, USER, EntityKind, Owner, kind_of, named, one
from iam.perform import Call, Params, PermissionCheck, Resolution, writes
from iam.perform.registry import Resolver


def _refuse_taken(
    call: Call, params: Params, kind: EntityKind, member: str, but: Owner | None = None
) -> None:
    name = params[member]
    rows = kind.model.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if rows.filter(name__iexact=name).exclude(pk=but.pk if but else None).exists():
        raise already_exists(f"{kind.word} with name {name} already exists.", member)


def refuse_new(call: Call, params: Params, kind: EntityKind) -> None:
    """Refuse a new entity if its name is taken or the quota is reached."""
    _refuse_taken(call, params, kind, kind.parameter)
    rows = kind.model.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if rows.count() >= kind.per_account:
        raise over_quota(f"{kind.word}sPerAccount", kind.per_account)


def _to_rename(kind: EntityKind) -> Resolver:
    """Return a resolver of a renaming, which needs permission on the old and the new ARN."""
    resolve = one(named(kind))

    def resolve_both(call: Call, params: Params) -> Resolution:
        found = resolve(call, params)
        entity: Owner | None = found.subject
        if entity is None:
            return found
        name = params.get(f"New{kind.parameter}", entity.name)
        arn = kind.arn(call.caller.account_id, name, params.get("NewPath", entity.path))
        if arn == entity.arn:
            return found
        return replace(found, checks=(*found.checks, PermissionCheck(call.operation, arn)))

    return resolve_both


def rename(call: Call, params: Params, entity: Owner) -> None:
    """Change the name or path of a user or group; policies that are bound to it follow."""
    kind = kind_of(entity)
    member = f"New{kind.parameter}"
    if member in params:
        _refuse_taken(call, params, kind, member, but=entity)
    entity.name = params.get(member, entity.name)
    entity.path = params.get("NewPath", entity.path)
    entity.save(update_fields=["name", "path"])


for _kind in (USER, GROUP):
    writes(f"iam:Update{_kind.word}", on=_to_rename(_kind))(rename)
