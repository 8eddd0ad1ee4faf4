"""Session tokens: the whole content of temporary credentials, sealed and stored nowhere."""

import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from iam.models.seals import SealBroken, derived_secret, seal, unseal
from iam.wire.errors import AwsError

_PURPOSE = "session-token"


class TokenKind(StrEnum):
    """The operation that temporary credentials came from."""

    CONSOLE = "console"
    ROLE = "role"
    SESSION = "session"
    FEDERATED = "federated"


@dataclass(frozen=True)
class Token:
    """The content of a session token; times are seconds since the epoch by the sandbox's clock.

    `principal_id` is the unique ID of the user or role behind it, or the account ID for root.
    `session_name` is a role session's or a federated user's name, `instance` the ARN of the EC2
    instance that holds the credentials, `federation` the condition keys of the provider's proof. A
    token of `version` 1 is one of the global endpoint that opt-in Regions do not take.
    `own_password` is of a console sign-in with a password that was set inside the sandbox.
    """

    kind: TokenKind
    sandbox: int
    generation: int
    account_id: str
    principal_id: str
    access_key_id: str
    issued: float
    expires: float
    session_name: str = ""
    mfa: float | None = None
    source_identity: str = ""
    provider: str = ""
    policies: tuple[str, ...] = ()
    policy_arns: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    transitive: tuple[str, ...] = ()
    instance: str = ""
    federation: dict[str, Any] = field(default_factory=dict)
    version: int = 2
    own_password: bool = False

    def sealed(self) -> str:
        content = {**vars(self)}
        if not self.own_password:  # what is not needed stays out: a token has 4,096 characters
            del content["own_password"]
        raw = json.dumps(content, separators=(",", ":")).encode()
        return seal(_PURPOSE, zlib.compress(raw, 9))

    @property
    def issued_at(self) -> datetime:
        return datetime.fromtimestamp(self.issued, UTC)

    @property
    def expires_at(self) -> datetime:
        return datetime.fromtimestamp(self.expires, UTC)

    @property
    def mfa_at(self) -> datetime | None:
        return None if self.mfa is None else datetime.fromtimestamp(self.mfa, UTC)

    @property
    def secret_access_key(self) -> str:
        """Return the secret that belongs to the access key; derived, so that none is stored."""
        return derived_secret("temporary-secret", self.access_key_id, length=40)


def invalid_token() -> AwsError:
    """Return AWS's error for an invalid token, or one whose principal is gone."""
    message = "The security token included in the request is invalid."
    return AwsError("InvalidClientTokenId", message, 403)


def expired_token() -> AwsError:
    return AwsError("ExpiredToken", "The security token included in the request is expired", 403)


def open_token(sealed: str) -> Token:
    """Open a token, expired or not; raises AwsError if it was not sealed here."""
    try:
        fields = json.loads(zlib.decompress(unseal(_PURPOSE, sealed)))
        for name in ("policies", "policy_arns", "transitive"):
            fields[name] = tuple(fields[name])
        return Token(**{**fields, "kind": TokenKind(fields["kind"])})
    except (SealBroken, zlib.error, ValueError, KeyError, TypeError) as error:
        # KeyError and TypeError: sealed here, by a version with other fields.
        raise invalid_token() from error
