"""What a trust policy asks of an identity provider, statement by statement."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from iam.policy_documents import as_list


@dataclass(frozen=True)
class AskedKey:
    """A condition of a statement: `key` without its provider, and the values that it takes."""

    operator: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class FederatedTrust:
    """A statement about one provider, an ARN or a domain, and what it asks."""

    provider: str
    effect: str
    asked: tuple[AskedKey, ...]

    @property
    def is_saml(self) -> bool:
        return ":saml-provider/" in self.provider

    @property
    def operation(self) -> str:
        return f"AssumeRoleWith{'SAML' if self.is_saml else 'WebIdentity'}"

    @property
    def name(self) -> str:
        """Return the provider's name, or the host of its issuer."""
        return self.provider.partition("-provider/")[2] or self.provider

    def asks(self, key: str) -> list[AskedKey]:
        return [one for one in self.asked if one.key.lower() == key]


def federated_trusts(document: str) -> list[FederatedTrust]:
    """Return the statements of a trust policy about providers; none if it cannot be read."""
    with suppress(ValueError, AttributeError, TypeError):
        return list(_read(json.loads(document)))
    return []


def _read(document: dict[str, Any]) -> Iterator[FederatedTrust]:
    for statement in as_list(document.get("Statement", [])):
        principal = statement.get("Principal")
        if not isinstance(principal, dict):
            continue
        for provider in as_list(principal.get("Federated", [])):
            yield FederatedTrust(
                str(provider),
                str(statement.get("Effect", "")),
                tuple(_asked(statement.get("Condition", {}))),
            )


def _asked(conditions: dict[str, Any]) -> Iterator[AskedKey]:
    for operator, keys in conditions.items():
        for key, values in keys.items():
            yield AskedKey(operator, key.rpartition(":")[2], tuple(map(str, as_list(values))))
