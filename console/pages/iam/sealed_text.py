"""Texts that the session keeps between two pages, encrypted under the site's key."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


def _cipher() -> Fernet:
    key = salted_hmac("rolecall.pages.sealed", b"", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def sealed(text: str) -> str:
    """Encrypt a text so that only this site can read it."""
    return _cipher().encrypt(text.encode()).decode()


def opened(token: str) -> str:
    """Decrypt a sealed text; empty for a text that was not sealed here."""
    try:
        return _cipher().decrypt(token.encode()).decode()
    except InvalidToken:
        return ""
