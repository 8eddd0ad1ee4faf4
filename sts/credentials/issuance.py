"""Issuing temporary credentials."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from iam.models import Sandbox
from iam.models.identifiers import new_access_key_id
from sts.credentials.tokens import Token, TokenKind


@dataclass(frozen=True)
class Credentials:
    """An access key ID, its secret, the session token, and when they expire.

    `token` is the content of the session token.
    """

    access_key_id: str
    secret_access_key: str
    session_token: str
    expiration: datetime
    token: Token

    def shape(self) -> dict[str, Any]:
        """Return the Credentials shape of the STS model."""
        return {
            "AccessKeyId": self.access_key_id,
            "SecretAccessKey": self.secret_access_key,
            "SessionToken": self.session_token,
            "Expiration": self.expiration,
        }


def issue(
    kind: TokenKind,
    sandbox: Sandbox,
    now: datetime,
    *,
    lifetime: timedelta,
    **token_fields: Any,
) -> Credentials:
    """Return new temporary credentials; `token_fields` are the token's other fields."""
    expiration = (now + lifetime).replace(microsecond=0)
    token = Token(
        kind=kind,
        sandbox=sandbox.pk,
        generation=sandbox.generation,
        access_key_id=new_access_key_id("ASIA"),
        issued=now.timestamp(),
        expires=expiration.timestamp(),
        **token_fields,
    )
    return Credentials(
        token.access_key_id, token.secret_access_key, token.sealed(), expiration, token
    )
