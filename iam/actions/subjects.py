"""Resolvers of what has a name, for one request or for a table's rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from iam.actions.known_rows import rows_named
from iam.actions.refusals import validation_error
from iam.actions.resource_kinds import ROLE, USER, ResourceKind
from iam.arns import SERVICE_LINKED_PATH, iam_arn
from iam.authorization import ContextValue
from iam.callers import CallerKind
from iam.models import Entity
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.perform.registry import EachResolver, Resolver
from iam.queries import find_named, in_account
from iam.wire.errors import AwsError

Context = Mapping[str, ContextValue]
Extra = Callable[[Params, Any], Context]

_MUST_NAME_USER = "Must specify userName when calling with non-User credentials"


def no_context(params: Params, subject: Any) -> Context:
    return {}


def tag_context(subject: Any) -> Context:
    """Return the condition keys of a resource's own tags."""
    context: dict[str, ContextValue] = {}
    for key, value in getattr(subject, "tags", {}).items():
        context[f"aws:ResourceTag/{key}"] = value
        context[f"iam:ResourceTag/{key}"] = value
    return context


def requested_tags(params: Params, subject: Any = None) -> Context:
    """Return the condition keys of the tags that a request sets or removes."""
    tags = params.get("Tags", ())
    keys = tuple(tag["Key"] for tag in tags) or tuple(params.get("TagKeys", ()))
    context: dict[str, ContextValue] = {f"aws:RequestTag/{t['Key']}": t["Value"] for t in tags}
    return {**context, "aws:TagKeys": keys} if keys else context


def boundary_context(params: Params, subject: Any = None) -> Context:
    """Return the condition key of the boundary that a request sets, else of its subject's."""
    arn = params.get("PermissionsBoundary") or getattr(subject, "boundary_arn", "")
    return {"iam:PermissionsBoundary": arn} if arn else {}


def resolution_of(
    call: Call,
    arn: str,
    found: Any,
    context: Context,
    *,
    missing: AwsError | None,
    resource: Mapping[str, str],
) -> Resolution:
    """Return the usual resolution: one check on the ARN, and an error if the entity is missing."""
    context = {**tag_context(found), **context}
    return Resolution(
        checks=(PermissionCheck(call.operation, arn, context=context),),
        subject=found,
        missing=None if found else missing,
        resources=(resource,),
    )


def _resolved(
    call: Call, kind: ResourceKind, name: str, entity: Entity | None, context: Context
) -> Resolution:
    arn = entity.arn if entity else kind.arn(call.caller.account_id, name)
    missing = None if entity else kind.missing(name)
    resource = kind.resource(name)
    return resolution_of(call, arn, entity, context, missing=missing, resource=resource)


def _found(call: Call, kind: ResourceKind, names: Sequence[str]) -> dict[str, Any]:
    sandbox, account_id = call.caller.sandbox, call.caller.account_id
    if len(names) == 1:
        return {row.name: row for row in find_named(kind.model, sandbox, account_id, names[0])}
    return rows_named(call, kind.model, names)


def named(kind: ResourceKind, extra: Extra = no_context) -> EachResolver:
    """Return a resolver of requests that each name an entity."""

    def resolve(call: Call, requests: Sequence[Params]) -> list[Resolution]:
        names = [str(params[kind.parameter]) for params in requests]
        found = _found(call, kind, names)
        return [
            _resolved(call, kind, name, found.get(name), extra(params, found.get(name)))
            for name, params in zip(names, requests, strict=True)
        ]

    return resolve


def user_or_self(call: Call, requests: Sequence[Params]) -> list[Resolution]:
    """Resolve users; without a name the caller itself, for root with subject None."""
    caller = call.caller
    own = caller.name if caller.kind is CallerKind.USER else ""
    names = [str(params.get("UserName") or own) for params in requests]
    found = _found(call, USER, names)
    outcomes = []
    for name in names:
        if name:
            outcomes.append(_resolved(call, USER, name, found.get(name), {}))
        elif caller.kind is CallerKind.ROOT:
            outcomes.append(
                Resolution(checks=(PermissionCheck(call.operation, call.account.root_arn),))
            )
        else:
            outcomes.append(
                Resolution(checks=(), missing=validation_error(_MUST_NAME_USER, "UserName"))
            )
    return outcomes


def named_user_or_own(call: Call, requests: Sequence[Params]) -> list[Resolution]:
    """Resolve users as `user_or_self` does, but refuse the root user."""
    return [
        Resolution(checks=(), missing=validation_error(_MUST_NAME_USER, "UserName"))
        if one.subject is None and one.missing is None
        else one
        for one in user_or_self(call, requests)
    ]


def one(resolve_each: EachResolver) -> Resolver:
    return lambda call, params: resolve_each(call, [params])[0]


def named_one(kind: ResourceKind, extra: Extra = no_context) -> Resolver:
    return one(named(kind, extra))


def protected_role(name: str) -> AwsError:
    """Return the error for changing a service-linked role."""
    message = (
        f"Cannot perform the operation on the protected role '{name}' - "
        "this role is only modifiable by AWS"
    )
    return AwsError("UnmodifiableEntity", message, 400, (ROLE.parameter,))


def to_change(kind: ResourceKind, extra: Extra = boundary_context) -> Resolver:
    """Return a resolver of an entity to change; service-linked roles are refused."""
    resolve = named_one(kind, extra)

    def protecting(call: Call, params: Params) -> Resolution:
        found = resolve(call, params)
        entity: Entity | None = found.subject
        if entity is None or not entity.path.startswith(SERVICE_LINKED_PATH):
            return found
        refusal = protected_role(entity.name)
        return Resolution(found.checks, entity, refusal, found.resources)

    return protecting


def resolution_of_new(
    call: Call, word: str, arn: str, context: Context, resource: Mapping[str, str]
) -> Resolution:
    """Resolve a new resource by its future ARN; tags need the permission to tag it."""
    actions = [call.operation]
    if "aws:TagKeys" in context:
        actions.append(f"iam:Tag{word}")
    checks = tuple(PermissionCheck(one, arn, context=context) for one in actions)
    return Resolution(checks=checks, resources=(resource,))


def new(kind: ResourceKind) -> Resolver:
    """Return a resolver of a new entity: a check on its future ARN."""

    def resolve(call: Call, params: Params) -> Resolution:
        name = params[kind.parameter]
        arn = kind.arn(call.caller.account_id, name, params.get("Path", "/"))
        context = {**requested_tags(params), **boundary_context(params)}
        return resolution_of_new(call, kind.word, arn, context, kind.resource(name))

    return resolve


def all_of(type_: str) -> Resolver:
    """Return a resolver of a list: AWS checks on the ARN of the path prefix."""

    def resolve(call: Call, params: Params) -> Resolution:
        arn = iam_arn(call.caller.account_id, type_, "", params.get("PathPrefix", "/"))
        return Resolution(checks=(PermissionCheck(call.operation, arn),))

    return resolve


def whole_account(call: Call, params: Params) -> Resolution:
    return Resolution(checks=(PermissionCheck(call.operation, "*"),), subject=call.account)


def below_prefix(call: Call, params: Params, model: type[Entity]) -> QuerySet[Any]:
    """Return the account's entities whose path begins as the request says."""
    rows = in_account(model, call.caller.sandbox, call.caller.account_id)
    return rows.filter(path__startswith=params.get("PathPrefix", "/"))
