"""Inline policies of users, groups and roles."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from django.db.models import QuerySet

from iam.actions.bulk_reads import page_of, paged, reads_many
from iam.actions.refusals import limit_exceeded, no_such_entity
from iam.actions.resource_kinds import KINDS, Owner, kind_of, owned_by
from iam.actions.subjects import named, named_one, to_change
from iam.engine import PolicyType, size_without_whitespace
from iam.models import Document, InlinePolicy, Sandbox
from iam.models.inserts import set_value
from iam.models.prepared_queries import Prepared
from iam.perform import Call, Params, Result, reads, writes
from iam.queries import checked_document


@cache
def _embedded_in(column: str) -> Prepared[InlinePolicy]:
    def rows(sandbox: int, owner: int) -> QuerySet[InlinePolicy]:
        policies: QuerySet[InlinePolicy] = InlinePolicy.in_sandbox(Sandbox(pk=sandbox))
        owned = policies.filter(**{column: owner}).select_related("document")
        return owned.only("name", "document__text").order_by()

    return Prepared(rows)


def _embedded(call: Call, owner: Owner) -> list[InlinePolicy]:
    return _embedded_in(owner.arn_type).rows(call.caller.sandbox.pk, owner.pk)


def _refuse_too_large(owner: Owner, others: Sequence[InlinePolicy], text: str) -> None:
    """Refuse a document that exceeds the quota together with the owner's other inline policies."""
    texts = [one.document.text for one in others]
    limit = kind_of(owner).inline_size
    if size_without_whitespace(text) + sum(map(size_without_whitespace, texts)) > limit:
        message = f"Maximum policy size of {limit} bytes exceeded for {owner.arn_type} {owner.name}"
        raise limit_exceeded(message, "PolicyDocument")


def embeddable(call: Call, params: Params, owner: Owner) -> tuple[Owner, InlinePolicy | None]:
    """Prepare to embed a policy: its document must be valid and within the quota.

    Returns the policy that it will replace, too: the one with this name, whatever its case.
    """
    name, text = params["PolicyName"].lower(), params["PolicyDocument"]
    checked_document(text, PolicyType.INLINE)
    policies = _embedded(call, owner)
    _refuse_too_large(owner, [one for one in policies if one.name.lower() != name], text)
    return owner, next((one for one in policies if one.name.lower() == name), None)


def put_policy(call: Call, params: Params, found: tuple[Owner, InlinePolicy | None]) -> None:
    """Embed a policy, or replace the one with this name."""
    owner, present = found
    sandbox = call.caller.sandbox
    document = Document.of(sandbox, params["PolicyDocument"])
    if present is not None:
        set_value(present, "document_id", document.pk)
    else:
        name = params["PolicyName"]
        InlinePolicy.add(sandbox, **owned_by(owner), name=name, document=document)


def embedded(call: Call, params: Params, owner: Owner) -> tuple[Owner, InlinePolicy]:
    """Find the inline policy that a request names."""
    name = params["PolicyName"]
    policies = InlinePolicy.in_sandbox(call.caller.sandbox).select_related("document")
    found: InlinePolicy | None = policies.filter(**owned_by(owner), name=name).first()
    if found is None:
        message = f"The {owner.arn_type} policy with name {name} cannot be found."
        raise no_such_entity(message, "PolicyName")
    return owner, found


def get_policy(call: Call, params: Params, found: tuple[Owner, InlinePolicy]) -> Result:
    """Return an inline policy with its document as typed."""
    owner, policy = found
    return {
        kind_of(owner).parameter: owner.name,
        "PolicyName": policy.name,
        "PolicyDocument": policy.document.text,
    }


def list_policies(call: Call, requests: Sequence[Params], owners: Sequence[Owner]) -> list[Result]:
    """List the names of the inline policies of users, groups or roles."""
    names: dict[int, list[str]] = defaultdict(list)
    column = owners[0].arn_type
    policies = InlinePolicy.in_sandbox(call.caller.sandbox).filter(**{f"{column}__in": owners})
    for owner_pk, name in policies.values_list(f"{column}_id", "name"):
        names[owner_pk].append(name)
    return [
        page_of(params, "PolicyNames", names[owner.pk], str)
        for params, owner in zip(requests, owners, strict=True)
    ]


def delete_policy(call: Call, params: Params, found: tuple[Owner, InlinePolicy]) -> None:
    found[1].delete()


for _kind in KINDS:
    writes(f"iam:Put{_kind.word}Policy", on=to_change(_kind), prepare=embeddable)(put_policy)
    reads(f"iam:Get{_kind.word}Policy", on=named_one(_kind), prepare=embedded)(get_policy)
    reads_many(f"iam:List{_kind.word}Policies", on=named(_kind), prepare=paged)(list_policies)
    writes(f"iam:Delete{_kind.word}Policy", on=to_change(_kind), prepare=embedded)(delete_policy)
