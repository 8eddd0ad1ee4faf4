"""STS's operations; importing this registers them."""

from sts.actions import (
    assume_role,
    assume_role_with_saml,
    assume_role_with_web_identity,
    assume_root,
    authorization_messages,
    identity,
    proofs,
    session_tokens,
)

__all__ = [
    "assume_role",
    "assume_role_with_saml",
    "assume_role_with_web_identity",
    "assume_root",
    "authorization_messages",
    "identity",
    "proofs",
    "session_tokens",
]
