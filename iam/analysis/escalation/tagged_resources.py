"""What is no principal and has tags that policies ask about: a service registers its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from iam.actions.subjects import requested_tags, tag_context
from iam.analysis.world import World
from iam.arns import service_in
from iam.authorization import PermissionCheck
from iam.authorization.policies_of_many import Key
from iam.callers import Caller
from iam.models import Policy


@dataclass(frozen=True)
class Tagging:
    """The call that gives a resource one tag, or removes it, and the check that it needs."""

    operation: str
    params: Mapping[str, Any]
    check: PermissionCheck


TaggingFor = Callable[[Caller, str, str | None], Tagging]
"""From who calls, a tag's name and its value; None removes the tag."""


@dataclass(frozen=True)
class TaggedResource:
    """A resource by its row, how it is tagged, and which condition keys have its tags.

    `actions` are those that set or remove a tag. Without an account anybody may try. Where a call
    replaces all tags (`whole`), a plan sets one.
    """

    key: Key
    called: str
    arn: str
    tags: Mapping[str, str]
    prefixes: tuple[str, ...]
    actions: tuple[str, ...]
    tagging: TaggingFor
    account_id: str = ""
    whole: bool = False

    def change_of(self, name: str, value: str | None) -> str:
        """Return the words for what is done to a tag."""
        if value is None:
            return f"Remove the tag {name} from {self.called}"
        return f"Tag {self.called} with {name} = {value}"


Finder = Callable[[World, str], TaggedResource | None]
_finders: dict[str, Finder] = {}


def has_tags(service: str) -> Callable[[Finder], Finder]:
    """Register how a service finds a resource of its own that a goal is about, by its ARN."""

    def keep(finder: Finder) -> Finder:
        _finders[service] = finder
        return finder

    return keep


def tagged_resource(world: World, arn: str) -> TaggedResource | None:
    """Return the resource of a service that has an ARN, if its tags can be changed."""
    finder = _finders.get(service_in(arn))
    return finder(world, arn) if finder else None


def tagged_policy(policy: Policy) -> TaggedResource:
    """Return a customer managed policy as something that can be tagged."""

    def tagging(_: Caller, name: str, value: str | None) -> Tagging:
        params: dict[str, Any] = {"PolicyArn": policy.arn}
        if value is None:
            action, params["TagKeys"] = "iam:UntagPolicy", [name]
        else:
            action, params["Tags"] = "iam:TagPolicy", [{"Key": name, "Value": value}]
        context = {**tag_context(policy), **requested_tags(params)}
        return Tagging(action, params, PermissionCheck(action, policy.arn, context=context))

    return TaggedResource(
        key=("policy", policy.pk),
        called=f"the policy {policy.name}",
        arn=policy.arn,
        tags=policy.tags,
        prefixes=("aws:ResourceTag/", "iam:ResourceTag/"),
        actions=("iam:TagPolicy", "iam:UntagPolicy"),
        tagging=tagging,
        account_id=policy.account.account_id,
    )
