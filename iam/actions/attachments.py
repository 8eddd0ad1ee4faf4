"""Managed policies attached to users, groups and roles."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from iam.actions.bulk_reads import page_of, paged, reads_many
from iam.actions.refusals import invalid_input, no_such_entity, over_quota
from iam.actions.resource_kinds import KINDS, Owner, kind_of, owned_by
from iam.actions.shapes import attached_policy
from iam.actions.subjects import Context, boundary_context, named, to_change
from iam.models import Attachment
from iam.perform import Call, Params, Result, writes
from iam.queries import has_managed, parse_policy_arn


def _context(params: Params, owner: Any) -> Context:
    return {**boundary_context(params, owner), "iam:PolicyARN": params["PolicyArn"]}


def _refuse_malformed(arn: str) -> None:
    if parse_policy_arn(arn) is None:
        raise invalid_input(f"ARN {arn} is not valid.", "PolicyArn")


def _held(call: Call, owner: Owner) -> QuerySet[Attachment]:
    rows: QuerySet[Attachment] = Attachment.in_sandbox(call.caller.sandbox)
    return rows.filter(**owned_by(owner))


def attachable(call: Call, params: Params, owner: Owner) -> Owner:
    """Prepare to attach a managed policy, which must exist."""
    arn = params["PolicyArn"]
    _refuse_malformed(arn)
    if not has_managed(call.account, arn):
        raise no_such_entity(f"Policy {arn} does not exist or is not attachable.", "PolicyArn")
    return owner


def attach_policy(call: Call, params: Params, owner: Owner) -> None:
    """Attach a managed policy; an attached one stays attached."""
    arn, kind, attached = params["PolicyArn"], kind_of(owner), _held(call, owner)
    if attached.filter(policy_arn=arn).exists():
        return
    if attached.count() >= kind.policies:
        raise over_quota(f"PoliciesPer{kind.word}", kind.policies)
    Attachment.add(call.caller.sandbox, **owned_by(owner), policy_arn=arn)


def attached_row(call: Call, params: Params, owner: Owner) -> Attachment:
    """Prepare to detach a managed policy: find the attachment."""
    arn = params["PolicyArn"]
    _refuse_malformed(arn)
    found = _held(call, owner).filter(policy_arn=arn).first()
    if found is None:
        raise no_such_entity(f"Policy {arn} was not found.", "PolicyArn")
    return found


def detach_policy(call: Call, params: Params, attached: Attachment) -> None:
    attached.delete()


def _has_path(arn: str, prefix: str) -> bool:
    named = parse_policy_arn(arn)
    return named is not None and named.path.startswith(prefix)


def list_attached_policies(
    call: Call, requests: Sequence[Params], owners: Sequence[Owner]
) -> list[Result]:
    """List the managed policies attached to users, groups or roles."""
    arns: dict[int, list[str]] = defaultdict(list)
    column = owners[0].arn_type
    attached = Attachment.in_sandbox(call.caller.sandbox).filter(**{f"{column}__in": owners})
    for owner_pk, arn in attached.values_list(f"{column}_id", "policy_arn"):
        arns[owner_pk].append(arn)
    pages = []
    for params, owner in zip(requests, owners, strict=True):
        prefix = params.get("PathPrefix", "/")
        chosen = [arn for arn in arns[owner.pk] if _has_path(arn, prefix)]
        pages.append(page_of(params, "AttachedPolicies", chosen, attached_policy))
    return pages


for _kind in KINDS:
    _on = to_change(_kind, _context)
    writes(f"iam:Attach{_kind.word}Policy", on=_on, prepare=attachable)(attach_policy)
    writes(f"iam:Detach{_kind.word}Policy", on=_on, prepare=attached_row)(detach_policy)
    reads_many(f"iam:ListAttached{_kind.word}Policies", on=named(_kind), prepare=paged)(
        list_attached_policies
    )
