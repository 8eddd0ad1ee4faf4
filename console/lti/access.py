"""Tokens with which this site asks platforms for something, by signing who it is."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.crypto import get_random_string
from joserfc import jwt

from console.lti.keys import ALGORITHM, tool_key
from console.lti.models import Platform
from console.lti.outbound import PlatformUnreachable, fetch

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LASTS = 300
"""Seconds for which the site's own statement holds."""


def access_token(platform: Platform, scopes: Iterable[str]) -> str:
    """Return a token of the platform's for some services; raises PlatformUnreachable."""
    now, key = int(timezone.now().timestamp()), tool_key()
    claims = {
        "iss": platform.client_id,
        "sub": platform.client_id,
        "aud": platform.token_url,
        "iat": now,
        "exp": now + _LASTS,
        "jti": get_random_string(32),
    }
    asked = {
        "grant_type": "client_credentials",
        "client_assertion_type": _ASSERTION,
        "client_assertion": jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key),
        "scope": " ".join(scopes),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    answered = fetch("POST", platform.token_url, body=urlencode(asked).encode(), headers=headers)
    token = answered.get("access_token") if isinstance(answered, dict) else None
    if not isinstance(token, str):
        message = f"{platform} gives no access token."
        raise PlatformUnreachable(message)
    return token
