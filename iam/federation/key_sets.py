"""JSON Web Key Sets: the public keys of an OpenID Connect provider."""

import json
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from iam.federation.errors import BadKeySet

_MOST = 100
_USABLE = {"RSA", "EC"}


def _read(text: str) -> list[Any]:
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = "The JSON Web Key Set is not JSON."
        raise BadKeySet(message) from error
    keys = raw.get("keys") if isinstance(raw, dict) else None
    if not isinstance(keys, list) or not keys or not all(isinstance(one, dict) for one in keys):
        message = 'The JSON Web Key Set has no "keys".'
        raise BadKeySet(message)
    if len(keys) > _MOST:
        message = f"A JSON Web Key Set holds {_MOST} keys at most."
        raise BadKeySet(message)
    return keys


def checked_key_set(text: str) -> dict[str, Any]:
    """Return a JSON Web Key Set of public RSA and EC keys; raises BadKeySet for anything else."""
    keys = _read(text)
    if any(one.get("kty") == "oct" or "d" in one for one in keys):
        message = "The JSON Web Key Set holds a private key: give the public keys only."
        raise BadKeySet(message)
    if not all(one.get("kty") in _USABLE for one in keys):
        message = "The keys of a JSON Web Key Set have to be RSA or EC keys."
        raise BadKeySet(message)
    try:
        KeySet.import_key_set({"keys": keys})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        message = "A key of the JSON Web Key Set cannot be read."
        raise BadKeySet(message) from error
    return {"keys": keys}
