"""The claims of well-known OpenID Connect providers that AWS takes as condition keys."""

from functools import lru_cache

from iam.catalogue.editions import read_json

_NUMERIC = {"accounts.google.com:google/organization_number"}


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (provider, tuple(claims)) for provider, claims in read_json("provider_claims.json")
    )


def _is_one_of(listed: str, provider: str) -> bool:
    """Whether a provider is the listed one, which may have a place to fill in."""
    head, place, tail = listed.partition("${")
    if not place:
        return provider == head
    end, filled = tail.partition("}")[2], provider.removeprefix(head)
    own = filled.removesuffix(end)
    return filled != provider and own + end == filled and bool(own) and "/" not in own


def provider_claims(provider: str) -> tuple[str, ...]:
    """Return the claims that are condition keys after a provider's address; most have none."""
    named = provider.lower()
    return next((claims for listed, claims in _rows() if _is_one_of(listed.lower(), named)), ())


def claim_key_type(key: str) -> str:
    """Return the type of a claim's condition key, in any case; empty for any other key."""
    provider, _, claim = key.lower().partition(":")
    if claim not in map(str.lower, provider_claims(provider)):
        return ""
    return "Numeric" if f"{provider}:{claim}" in _NUMERIC else "String"
