"""The catalogue as the policy engine's findings use it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache

from iam.catalogue.editions import read_json
from iam.catalogue.provider_claims import claim_key_type
from iam.catalogue.regions import codes_of_all_partitions
from iam.catalogue.service_principals import Standing, did_you_mean, standing_of
from iam.catalogue.services import ConditionKey, action, global_condition_keys, service, services

_GLOBAL = "aws:"
_WITH_OTHERS_KEYS = "sts"
"""The service whose keys have the prefixes of identity providers."""


class CataloguedFacts:
    """The existing Regions, services, actions, ARNs and condition keys."""

    @property
    def regions(self) -> Collection[str]:
        return codes_of_all_partitions()

    @property
    def services(self) -> Collection[str]:
        return _prefixes()

    def has_action(self, prefix: str, name: str) -> bool:
        """Whether a service has an action of a name, in any case."""
        found = service(prefix)
        return found is not None and found.action(name) is not None

    def actions(self, prefix: str) -> Collection[str]:
        """The names of a service's actions, later ones included."""
        found = service(prefix)
        return [one.name for one in found.actions + found.later_actions] if found else ()

    def arn_formats(self, prefix: str) -> Collection[str]:
        """The forms of ARNs that begin with a service, whichever service's page lists them."""
        return _formats().get(prefix, ())

    def key_type(self, key: str) -> str:
        """The type of a condition key, in any case; empty if no such key is known."""
        name = key.lower()
        return claim_key_type(name) or next(
            (one.type for one in _candidates(name) if _names(one.name, name)), ""
        )

    def unknown_service_hint(self, principal: str) -> str | None:
        """What to say of a service principal that is not known; None for one that is."""
        return None if standing_of(principal) is Standing.KNOWN else did_you_mean(principal)

    def action_keys(self, name: str) -> Collection[str] | None:
        """The condition keys of an action and its resources; None if there is no such action."""
        found, owner = action(name), service(name.partition(":")[0])
        if found is None or owner is None:
            return None
        kinds = (owner.resource_type(kind) for kind in found.resource_types)
        of_resources = (key for kind in kinds if kind for key in kind.condition_keys)
        return [_spelt(key) for key in (*found.condition_keys, *of_resources)]


def _candidates(name: str) -> Collection[ConditionKey]:
    if name.startswith(_GLOBAL):
        return global_condition_keys()
    owner = service(name.partition(":")[0]) or service(_WITH_OTHERS_KEYS)
    return owner.condition_keys if owner else ()


def _names(listed: str, name: str) -> bool:
    """Whether a key as it is listed, perhaps with a place to fill in, is a key as it is used."""
    head, place, tail = _spelt(listed).lower().partition("${")
    if not place:
        return name == head
    end = tail.partition("}")[2]
    return len(name) > len(head) + len(end) and name.startswith(head) and name.endswith(end)


def _spelt(listed: str) -> str:
    """The lists have three ways of writing a place to fill in: this is the commonest."""
    return listed.replace("<key>", "${key}").replace("/tag-key", "/${tag-key}")


@lru_cache(maxsize=1)
def _prefixes() -> frozenset[str]:
    return frozenset(one.prefix.lower() for one in services())


@lru_cache(maxsize=1)
def _formats() -> dict[str, frozenset[str]]:
    """By the service that ARNs name: not always the one on whose page they stand."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in services():
        for _, arn, _ in read_json(f"services/{one.prefix}.json")["resource_types"]:
            found[arn.split(":")[2]].add(arn)
    return {vendor: frozenset(arns) for vendor, arns in found.items()}
