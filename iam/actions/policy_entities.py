"""The entities that use a managed policy."""

from collections.abc import Iterator

from iam.actions.bulk_reads import page_of, paged
from iam.actions.policy_subjects import managed
from iam.actions.resource_kinds import KINDS, ROLE, USER, EntityKind, Owner, kind_of
from iam.actions.shapes import arn_of_policy
from iam.actions.subjects import one
from iam.models import Attachment
from iam.perform import Call, Params, Result, reads
from iam.queries import AnyPolicy, in_account


def _attached(call: Call, arn: str, kind: EntityKind) -> Iterator[Owner]:
    column = kind.model.arn_type
    attachments = Attachment.in_sandbox(call.caller.sandbox).filter(
        **{"policy_arn": arn, f"{column}__account": call.account}
    )
    for attachment in attachments.select_related(column).order_by(f"{column}__name"):
        yield getattr(attachment, column)


def _bounded(call: Call, arn: str, kind: EntityKind) -> Iterator[Owner]:
    if kind in {USER, ROLE}:
        rows = in_account(kind.model, call.caller.sandbox, call.caller.account_id)
        yield from rows.filter(boundary_arn=arn)


def _using(call: Call, params: Params, arn: str) -> Iterator[Owner]:
    usage, wanted = params.get("PolicyUsageFilter"), params.get("EntityFilter")
    prefix = params.get("PathPrefix", "/")
    for kind in KINDS:
        if wanted not in {None, kind.word}:
            continue
        found: dict[int, Owner] = {}
        if usage != "PermissionsBoundary":
            found.update((owner.pk, owner) for owner in _attached(call, arn, kind))
        if usage != "PermissionsPolicy":
            found.update((owner.pk, owner) for owner in _bounded(call, arn, kind))
        yield from (owner for owner in found.values() if owner.path.startswith(prefix))


@reads("iam:ListEntitiesForPolicy", on=one(managed()), prepare=paged)
def list_entities_for_policy(call: Call, params: Params, found: AnyPolicy) -> Result:
    """List the users, groups and roles that have a policy, attached or as a boundary."""
    using = list(_using(call, params, arn_of_policy(found)))
    page = page_of(params, "Entities", using, lambda owner: owner)
    owners: list[Owner] = page.pop("Entities")
    for kind in KINDS:
        page[f"Policy{kind.word}s"] = [
            {kind.parameter: owner.name, f"{kind.word}Id": owner.unique_id}
            for owner in owners
            if kind_of(owner) is kind
        ]
    return page
