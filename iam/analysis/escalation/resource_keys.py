"""What a check asks of its resource after changes: its name, its tags, its boundary."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from iam.analysis.escalation.name_changes import arn_after
from iam.analysis.escalation.steps import EntityChange
from iam.analysis.escalation.tagged_resources import TaggedResource
from iam.authorization import PermissionCheck
from iam.authorization.policies_of_many import Key
from iam.models import Group, Role, User

_TAGS = ("aws:ResourceTag/", "iam:ResourceTag/")
_BOUNDARY = "iam:PermissionsBoundary"
_SETTING_BOUNDARIES = {"iam:PutUserPermissionsBoundary", "iam:PutRolePermissionsBoundary"}


def check_after(
    check: PermissionCheck,
    changes: Iterable[EntityChange],
    thing: Callable[[Key], User | Role | Group | TaggedResource],
) -> PermissionCheck:
    """Return a check as its operation makes it once its resource has changed."""
    made = [one for one in changes if one.what in {"tagged", "unbounded", "renamed"}]
    made = [one for one in made if thing(one.holder).arn == check.resource]
    if not made:
        return check
    context, resource = dict(check.context), check.resource
    for change in made:
        holder = thing(change.holder)
        if change.what == "tagged":
            prefixes = holder.prefixes if isinstance(holder, TaggedResource) else _TAGS
            keys = {f"{prefix}{change.name}".lower() for prefix in prefixes}
            context = {key: one for key, one in context.items() if key.lower() not in keys}
            if change.value is not None:
                context.update({f"{prefix}{change.name}": change.value for prefix in prefixes})
        elif change.what == "renamed" and not isinstance(holder, TaggedResource):
            resource = arn_after(holder, change)
        elif _BOUNDARY in context and check.action not in _SETTING_BOUNDARIES:
            del context[_BOUNDARY]
            if change.value is not None:
                context[_BOUNDARY] = change.value
    return replace(check, context=context, resource=resource)
