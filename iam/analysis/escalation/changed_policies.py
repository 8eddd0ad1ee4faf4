"""The policies and tags that a principal has after changes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from iam import catalogue
from iam.analysis.escalation.steps import (
    ADMINISTRATOR_ACCESS,
    ControlledPrincipal,
)
from iam.authorization import AppliedPolicy, CallerPolicies
from iam.authorization.policies_of_many import Key

_ADDS_ALL = {"administrator", "replaced"}


def own_after(
    policies: Callable[[Key], CallerPolicies],
    group_names: Mapping[int, str],
    being: ControlledPrincipal,
    groups: Collection[int],
    texts: Mapping[str, str],
) -> tuple[AppliedPolicy, ...]:
    """Return the policies that apply: in these groups, with other texts by ARN."""
    gathered = policies(being.key)
    identity = _identity_after(policies, group_names, being)
    owners = {being.key, *(("group", pk) for pk in groups)}
    if any(one.what in _ADDS_ALL and one.holder in owners for one in being.changes):
        identity.append(_everything("AdministratorAccess", ADMINISTRATOR_ACCESS))
    boundary = gathered.boundary
    if boundary is None or any(change.what == "unbounded" for change in being.changes):
        limits = []
    else:
        limits = [boundary]
    return tuple(
        replace(one, text=texts.get(one.arn, one.text)) if one.arn in texts else one
        for one in (*gathered.controls, *identity, *limits, *gathered.session)
    )


def _identity_after(
    policies: Callable[[Key], CallerPolicies],
    group_names: Mapping[int, str],
    being: ControlledPrincipal,
) -> list[AppliedPolicy]:
    """Return the identity-based policies: those of groups joined, none of groups left."""
    identity = list(policies(being.key).identity)
    for change in being.changes:
        if change.what == "open":
            identity += policies(change.holder).identity
    for change in being.changes:
        kind, pk = change.holder
        label = f"group {group_names[pk]}" if kind == "group" else ""
        if change.what == "left":
            identity = [one for one in identity if one.attached != label]
        elif change.what in {"removed", "replaced"}:
            identity = [one for one in identity if not _is_removed(one, change.name, label)]
    return identity


def tags_after(tags: Mapping[str, str], being: ControlledPrincipal) -> dict[str, str]:
    """Return a principal's tags; a key is the same whatever its case."""
    found = dict(tags)
    for change in sorted(being.changes, key=lambda one: one.what == "session tag"):
        if change.what in {"tagged", "session tag"} and change.holder == being.key:
            found = {k: v for k, v in found.items() if k.lower() != change.name.lower()}
            if change.value is not None:
                found[change.name] = change.value
    return found


def _is_removed(applied: AppliedPolicy, name: str, group: str) -> bool:
    """Return whether it is the policy of a name (or an ARN) that a group, or nobody else, gives."""
    if (applied.arn or applied.name) != name:
        return False
    return applied.attached == group if group else applied.attached in {"directly", "inline"}


def everything_text() -> str:
    """Return the text of AdministratorAccess."""
    policy = catalogue.managed_policy(ADMINISTRATOR_ACCESS)
    if policy is None:
        message = "the catalogue has no AdministratorAccess"
        raise LookupError(message)
    return policy.document


def _everything(name: str, arn: str) -> AppliedPolicy:
    return AppliedPolicy("PRINCIPAL", name, everything_text(), "directly", arn)
