"""Temporary credentials: sealed tokens that no database keeps; see README.md."""

from sts.credentials.callers import caller_of, caller_with
from sts.credentials.client_credentials import (
    Presented,
    caller_from,
    nobody_in,
    note_use,
    presented,
    unknown_caller,
)
from sts.credentials.issuance import Credentials, issue
from sts.credentials.tokens import Token, TokenKind, expired_token, invalid_token, open_token

__all__ = [
    "Credentials",
    "Presented",
    "Token",
    "TokenKind",
    "caller_from",
    "caller_of",
    "caller_with",
    "expired_token",
    "invalid_token",
    "issue",
    "nobody_in",
    "note_use",
    "open_token",
    "presented",
    "unknown_caller",
]
