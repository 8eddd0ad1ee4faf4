"""Canonical user IDs, by which S3 names accounts."""

from hashlib import sha256


def owner_of(account_id: str) -> dict[str, str]:
    """Return an account as S3 names an owner: by its canonical user ID."""
    return {"ID": sha256(f"canonical user of {account_id}".encode()).hexdigest()}
