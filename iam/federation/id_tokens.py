"""OpenID Connect ID tokens: verified by the provider's keys, and read as claims."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from iam.federation.errors import ProofExpired, ProofRefused

ALGORITHMS = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")
_LEEWAY = timedelta(minutes=5)
"""For clocks that differ: IAM also takes a token until five minutes after its `exp`."""
_FAR = 10**11
_LONGEST_SUBJECT = 255
_MALFORMED = (
    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
)
_NOT_VERIFIED = (
    "Couldn't verify the signature of the ID token with the keys of the identity provider"
)


@dataclass(frozen=True)
class IdToken:
    """A verified token: its issuer, its subject, the accepted audience, its claims."""

    issuer: str
    subject: str
    audience: str
    claims: Mapping[str, Any]


def _json(part: bytes) -> dict[str, Any]:
    try:
        found = json.loads(part)
    except (ValueError, RecursionError) as error:
        raise ProofRefused(_MALFORMED) from error
    if not isinstance(found, dict):
        raise ProofRefused(_MALFORMED)
    return found


def _claims(token: str) -> tuple[dict[str, Any], jws.CompactSignature]:
    try:
        unverified = jws.extract_compact(token.encode())
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ProofRefused(_MALFORMED) from error
    return _json(unverified.payload), unverified


def issuer_in(token: str) -> str:
    """Return the issuer that a token names, nothing verified; raises ProofRefused without one."""
    issuer = _claims(token)[0].get("iss")
    if not isinstance(issuer, str) or not issuer:
        message = "Missing a required claim: iss"
        raise ProofRefused(message)
    return issuer


def _time(claims: Mapping[str, Any], name: str) -> datetime | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _FAR:
        message = f"The claim {name} is no time"
        raise ProofRefused(message)
    return datetime.fromtimestamp(value, UTC)


def _in_time(claims: Mapping[str, Any], now: datetime) -> None:
    ends, issued, begins = (_time(claims, name) for name in ("exp", "iat", "nbf"))
    for name, moment in (("exp", ends), ("iat", issued)):
        if moment is None:
            message = f"Missing a required claim: {name}"
            raise ProofRefused(message)
    if ends and now >= ends + _LEEWAY:
        message = (
            f"Token expired: current date/time {_epoch(now)} must be before "
            f"the expiration date/time {_epoch(ends)}"
        )
        raise ProofExpired(message)
    if any(moment and moment > now + _LEEWAY for moment in (issued, begins)):
        message = "The ID token is not valid yet"
        raise ProofRefused(message)


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def _audience(claims: Mapping[str, Any], client_ids: Sequence[str]) -> str:
    """Return the audience of the token that the provider takes; azp decides if there is one."""
    said = claims.get("azp") or claims.get("aud")
    audiences = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    for audience in audiences:
        if isinstance(audience, str) and audience in client_ids:
            return audience
    message = "Incorrect token audience"
    raise ProofRefused(message)


def verify_id_token(
    token: str, issuer: str, client_ids: Sequence[str], keys: Mapping[str, Any], now: datetime
) -> IdToken:
    """Read a token that one of the keys of the JSON Web Key Set signed.

    `issuer` is the provider's address with https://. Raises ProofExpired for a token whose time is
    over, ProofRefused for anything else that is wrong.
    """
    _, unverified = _claims(token)
    if unverified.headers().get("alg") not in ALGORITHMS:
        message = f"The ID token has to be signed by one of {', '.join(ALGORITHMS)}"
        raise ProofRefused(message)
    try:
        verified = jws.deserialize_compact(
            token,
            KeySet.import_key_set({"keys": keys.get("keys", [])}),
            algorithms=list(ALGORITHMS),
        )
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProofRefused(_NOT_VERIFIED) from error
    return read_claims(_json(verified.payload), issuer, client_ids, now)


def read_claims(
    claims: Mapping[str, Any], issuer: str, client_ids: Sequence[str], now: datetime
) -> IdToken:
    """Return what the claims of a token say whose signature is good; raises as verify_id_token."""
    if claims.get("iss") != issuer:
        message = "No OpenIDConnect provider found in your account for the issuer of the token"
        raise ProofRefused(message)
    _in_time(claims, now)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        message = "Missing a required claim: sub"
        raise ProofRefused(message)
    if len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
        message = "The claim sub is not a text of 255 characters or fewer"
        raise ProofRefused(message)
    return IdToken(issuer, subject, _audience(claims, client_ids), claims)
