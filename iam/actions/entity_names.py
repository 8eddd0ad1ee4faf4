"""Names within an account: refusing taken ones, and renaming."""

from dataclasses import replace
from functools import cache

from django.db.models import QuerySet
from django.db.models.functions import Lower

from iam.actions.refusals import over_quota
from iam.actions.resource_kinds import GROUP, SERVER_CERTIFICATE, USER, ResourceKind
from iam.actions.subjects import named_one
from iam.models import Entity, Sandbox
from iam.models.prepared_queries import Prepared
from iam.perform import Call, Params, PermissionCheck, Resolution, writes
from iam.perform.registry import Action, Resolver


@cache
def _taken(model: type[Entity]) -> Prepared[Entity]:
    def named(sandbox: int, account: int, lowered: str) -> QuerySet[Entity]:
        rows: QuerySet[Entity] = model.in_sandbox(Sandbox(pk=sandbox)).filter(account=account)
        same = rows.alias(lowered=Lower("name")).filter(lowered=lowered)
        return same.only("pk").order_by()[:1]

    return Prepared(named)


@cache
def _last_free(model: type[Entity], quota: int) -> Prepared[Entity]:
    def last(sandbox: int, account: int) -> QuerySet[Entity]:
        rows: QuerySet[Entity] = model.in_sandbox(Sandbox(pk=sandbox)).filter(account=account)
        return rows.only("pk").order_by()[quota - 1 : quota]

    return Prepared(last)


def _refuse_taken(
    call: Call, params: Params, kind: ResourceKind, member: str, but: Entity | None = None
) -> None:
    name = params[member]
    found = _taken(kind.model).first(call.caller.sandbox.pk, call.account.pk, name.lower())
    if found is not None and found != but:
        raise kind.not_free(name, member)


def refuse_new(call: Call, params: Params, kind: ResourceKind) -> None:
    """Refuse a new entity if its name is taken or the quota is reached."""
    _refuse_taken(call, params, kind, kind.parameter)
    last = _last_free(kind.model, kind.per_account)
    if last.first(call.caller.sandbox.pk, call.account.pk) is not None:
        raise over_quota(f"{kind.word}sPerAccount", kind.per_account)


def _to_rename(kind: ResourceKind) -> Resolver:
    """Return a resolver of a renaming, which needs permission on the old and the new ARN."""
    resolve = named_one(kind)

    def resolve_both(call: Call, params: Params) -> Resolution:
        found = resolve(call, params)
        entity: Entity | None = found.subject
        if entity is None:
            return found
        name = params.get(f"New{kind.parameter}", entity.name)
        arn = kind.arn(call.caller.account_id, name, params.get("NewPath", entity.path))
        if arn == entity.arn:
            return found
        return replace(found, checks=(*found.checks, PermissionCheck(call.operation, arn)))

    return resolve_both


def _renaming(kind: ResourceKind) -> Action:
    """Return the action that changes a name or path; policies that are bound to it follow."""
    member = f"New{kind.parameter}"

    def rename(call: Call, params: Params, entity: Entity) -> None:
        if member in params:
            _refuse_taken(call, params, kind, member, but=entity)
        entity.name = params.get(member, entity.name)
        entity.path = params.get("NewPath", entity.path)
        entity.save(update_fields=["name", "path"])

    return rename


for _kind in (USER, GROUP, SERVER_CERTIFICATE):
    writes(f"iam:Update{_kind.word}", on=_to_rename(_kind))(_renaming(_kind))
