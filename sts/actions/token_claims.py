"""The condition keys that an ID token gives to the request, and to the session after it."""

from collections.abc import Mapping
from typing import Any

from iam.catalogue.provider_claims import provider_claims
from iam.engine import as_list
from iam.federation import IdToken

Keys = dict[str, str | tuple[str, ...]]


def texts(value: Any) -> tuple[str, ...]:
    return tuple(one for one in as_list(value) if isinstance(one, str))


def session_keys(token: IdToken, provider: str) -> Keys:
    """Return the keys that last as long as the session; each begins with the provider's address."""
    claims = token.claims
    keys: Keys = {f"{provider}:aud": token.audience, f"{provider}:sub": token.subject}
    if claims.get("azp"):
        keys[f"{provider}:oaud"] = texts(claims.get("aud"))
    if claims.get("amr"):
        keys[f"{provider}:amr"] = texts(claims["amr"])
    return keys


def request_keys(token: IdToken, provider: str) -> Keys:
    """Return the keys of the request: trust policies and resource control policies see them all.

    The claims of well-known providers are in no session (AWS: *Available in session: No*).
    """
    keys = session_keys(token, provider)
    for name in provider_claims(provider):
        value = _written(_claim(token.claims, name))
        if value:
            keys[f"{provider}:{name}"] = value
    return keys


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """Return a claim by its name, or by its path: Google nests its own under `google`."""
    if name in claims:
        return claims[name]
    outer, _, inner = name.partition("/")
    nested = claims.get(outer)
    return nested.get(inner) if isinstance(nested, Mapping) else None


def _written(value: Any) -> str | tuple[str, ...]:
    """Return a claim's value as a condition compares it; empty for what no condition can."""
    if isinstance(value, list):
        return tuple(text for one in value if isinstance(text := _written(one), str) and text)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else ""
