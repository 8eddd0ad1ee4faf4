"""The key of this site, and those of platforms."""

from functools import lru_cache

from django.core.cache import cache
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from console.lti.models import Platform, ToolKey
from console.lti.outbound import PlatformUnreachable, fetch
from iam.models.seals import seal, unseal

ALGORITHM = "RS256"
_PURPOSE = "lti-tool-key"
_BITS = 2048
_KEPT = 600
"""Seconds for which a platform's keys are not asked for again."""


def tool_key() -> RSAKey:
    """Return the key that this site signs with, made at first use."""
    row = ToolKey.objects.order_by("pk").first()
    if row is None:
        row = ToolKey.objects.create(sealed_key=seal(_PURPOSE, new_pem()))
    return _read_key(unseal(_PURPOSE, row.sealed_key), f"rolecall-{row.pk}")


def new_pem() -> bytes:
    return RSAKey.generate_key(_BITS).as_pem(private=True)


@lru_cache(maxsize=8)
def _read_key(pem: bytes, kid: str) -> RSAKey:
    """Read a key; that takes 50 ms, since its primes are checked."""
    return RSAKey.import_key(pem, {"kid": kid})


def public_keys() -> dict[str, object]:
    """Return the public half of the site's key as a JWK set."""
    key = tool_key()
    shown = key.as_dict(private=False) | {"kid": key.kid, "use": "sig", "alg": ALGORITHM}
    return {"keys": [shown]}


def keys_of(platform: Platform, *, again: bool = False) -> KeySet:
    """Return a platform's keys; `again` asks for them even if they are known."""
    name = f"lti-keys-{platform.pk}"
    known = None if again else cache.get(name)
    if known is None:
        known = fetch("GET", platform.keys_url)
        cache.set(name, known, _KEPT)
    try:
        return KeySet.import_key_set(known)
    except (JoseError, KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"{platform} shows no keys at its address for keys."
        raise PlatformUnreachable(message) from error
