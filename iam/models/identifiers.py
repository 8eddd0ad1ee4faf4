"""Identifiers as AWS makes them: unique IDs, access keys, account IDs."""

import base64
import secrets

_KEY_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _random(length: int) -> str:
    """Return letters and digits of base32, which are those of AWS's IDs: five bits each."""
    return base64.b32encode(secrets.token_bytes(-(-length * 5 // 8)))[:length].decode()


def new_random_id(length: int) -> str:
    return _random(length)


def new_unique_id(prefix: str) -> str:
    """Return 21 characters that begin with a prefix such as AIDA (user) or AROA (role)."""
    return prefix + _random(21 - len(prefix))


def new_user_id() -> str:
    return new_unique_id("AIDA")


def new_role_id() -> str:
    return new_unique_id("AROA")


def new_group_id() -> str:
    return new_unique_id("AGPA")


def new_policy_id() -> str:
    return new_unique_id("ANPA")


def new_instance_profile_id() -> str:
    return new_unique_id("AIPA")


def new_certificate_id() -> str:
    return new_unique_id("ASCA")


def new_access_key_id(prefix: str = "AKIA") -> str:
    """Return 20 characters: AKIA for a long-term key, ASIA for a temporary one."""
    return prefix + _random(20 - len(prefix))


def new_secret_access_key() -> str:
    """Return the 40 characters of a secret access key."""
    return "".join(secrets.choice(_KEY_ALPHABET) for _ in range(40))


def new_account_id() -> str:
    """Return 12 random digits that do not begin with a zero."""
    return str(secrets.randbelow(9 * 10**11) + 10**11)
