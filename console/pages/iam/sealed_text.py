"""A text that waits in the session between two pages, encrypted under the site's key."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


def _cipher() -> Fernet:
    key = salted_hmac("rolecall.pages.sealed", b"", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def sealed(text: str) -> str:
    """Return the text as only this site can read it."""
    return _cipher().encrypt(text.encode()).decode()


def opened(token: str) -> str:
    """Return a sealed text; nothing for what was not sealed here."""
    try:
        return _cipher().decrypt(token.encode()).decode()
    except InvalidToken:
        return ""
