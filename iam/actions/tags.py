"""Tags of resources: at most 50, with keys that are unique ignoring case."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from iam.actions.bulk_reads import page_of, paged
from iam.actions.refusals import invalid_input, over_quota
from iam.actions.resource_kinds import INSTANCE_PROFILE, ROLE, SERVER_CERTIFICATE, USER
from iam.actions.subjects import Extra, named_one, no_context, requested_tags
from iam.models import (
    InstanceProfile,
    MfaDevice,
    OidcProvider,
    Policy,
    Role,
    SamlProvider,
    ServerCertificate,
    User,
)
from iam.perform import Call, Params, Result, reads, writes
from iam.perform.registry import Resolver
from iam.wire.tags import tag_list

_MOST = 50
Tagged = (
    User
    | Role
    | Policy
    | InstanceProfile
    | MfaDevice
    | SamlProvider
    | OidcProvider
    | ServerCertificate
)
_WORDS = {
    MfaDevice: "MFADevice",
    SamlProvider: "SAMLProvider",
    OidcProvider: "OpenIDConnectProvider",
}


def checked_tags(
    word: str, present: Mapping[str, str], added: Iterable[Mapping[str, str]]
) -> dict[str, str]:
    """Return tags with others added or replaced; `word` is User or the like."""
    tags = dict(present)
    seen: set[str] = set()
    for tag in added:
        key = tag["Key"]
        if key.lower() in seen:
            message = "Duplicate tag keys found. Please note that Tag keys are case insensitive."
            raise invalid_input(message, "Tags")
        if key.lower().startswith("aws:"):
            raise invalid_input("System tags cannot be added/updated by requester", "Tags")
        seen.add(key.lower())
        _discard(tags, key)
        tags[key] = tag["Value"]
    if len(tags) > _MOST:
        raise over_quota(f"TagsPer{word}", _MOST, "Tags")
    return tags


def _discard(tags: dict[str, str], key: str) -> None:
    for present in [known for known in tags if known.lower() == key.lower()]:
        del tags[present]


def _word(entity: Tagged) -> str:
    return _WORDS.get(type(entity), type(entity).__name__)


def tagged(call: Call, params: Params, entity: Tagged) -> Tagged:
    entity.tags = checked_tags(_word(entity), entity.tags, params["Tags"])
    return entity


def tag(call: Call, params: Params, entity: Tagged) -> None:
    """Add tags, or replace those whose keys are the same ignoring case."""
    entity.save(update_fields=["tags"])


def untag(call: Call, params: Params, entity: Tagged) -> None:
    """Remove tags by their keys; missing keys are no error."""
    for key in params["TagKeys"]:
        _discard(entity.tags, key)
    entity.save(update_fields=["tags"])


def list_tags(call: Call, params: Params, entity: Tagged) -> Result:
    return page_of(params, "Tags", tag_list(entity.tags), dict)


def register_tags(word: str, on: Callable[[Extra], Resolver]) -> None:
    """Register the three operations on the tags of what `on` resolves."""
    writes(f"iam:Tag{word}", on=on(requested_tags), prepare=tagged)(tag)
    writes(f"iam:Untag{word}", on=on(requested_tags))(untag)
    reads(f"iam:List{word}Tags", on=on(no_context), prepare=paged)(list_tags)


for _kind in (USER, ROLE, INSTANCE_PROFILE, SERVER_CERTIFICATE):
    register_tags(_kind.word, partial(named_one, _kind))
