"""Authenticated encryption under the site's secret key, for secrets that must be read again."""

import base64
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

_NONCE_BYTES = 12


class SealBroken(ValueError):
    """The text was not sealed under this key for this purpose."""


@lru_cache(maxsize=8)
def _cipher(purpose: str, key: str) -> AESGCM:
    derived = salted_hmac(f"rolecall.seal.{purpose}", b"", secret=key, algorithm="sha256")
    return AESGCM(derived.digest())


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def seal(purpose: str, plain: bytes) -> str:
    """Return the bytes encrypted and authenticated, in URL-safe base64."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = _cipher(purpose, settings.SECRET_KEY).encrypt(nonce, plain, purpose.encode())
    return _written(nonce + sealed)


def unseal(purpose: str, sealed: str) -> bytes:
    """Return what was sealed for this purpose; raises SealBroken for anything else."""
    try:
        raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        if _written(raw) != sealed:  # the decoder passes over what is no base64
            raise SealBroken(purpose)
        cipher = _cipher(purpose, settings.SECRET_KEY)
        return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode())
    except (ValueError, InvalidTag) as error:
        raise SealBroken(purpose) from error


def derived_secret(purpose: str, *parts: str, length: int = 32) -> str:
    """Return letters and digits that only this site can derive from these parts."""
    message = "\x1f".join(parts)
    digest = salted_hmac(f"rolecall.derive.{purpose}", message, algorithm="sha512").digest()
    needed = digest[: -(-length * 5 // 8)]  # base32 is written in Python, five bits a letter
    return base64.b32encode(needed).decode()[:length]
