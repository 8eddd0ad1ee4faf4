"""Tokens made, found again by what a program sends, and revoked."""

from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from console.tokens.models import ApiToken
from console.tokens.scopes import known_scopes

PREFIX = "rolecall_"
"""How a token begins, so that people and scanners of secrets know one when they see it."""
MOST_TOKENS = 20
LONGEST = timedelta(days=366)
_LENGTH = 40
_NOTED_EVERY = timedelta(minutes=1)
_KEPT = timedelta(days=30)


class TooManyTokens(Exception):
    """Somebody has as many tokens that work as one may have."""


def _hash(secret: str) -> str:
    """Return what is kept of a token: with 40 random characters no salt is needed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def tokens_of(user: User) -> list[ApiToken]:
    """Return somebody's tokens, the newest first, also some that work no longer."""
    return list(ApiToken.objects.filter(user=user).order_by("-pk"))


def issue_token(
    user: User, name: str, scopes: Collection[str], lasts: timedelta
) -> tuple[ApiToken, str]:
    """Make a token; return it with its secret, which is nowhere else. Raises TooManyTokens."""
    working = ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=timezone.now())
    if working.count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = PREFIX + get_random_string(_LENGTH)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        hash=_hash(secret),
        ends=secret[-4:],
        scopes=sorted(known_scopes().intersection(scopes)),
        expires_at=timezone.now() + min(lasts, LONGEST),
    )
    return token, secret


def find_token(secret: str) -> ApiToken | None:
    """Return the token that a program sent, also one that works no longer; one query."""
    return ApiToken.objects.filter(hash=_hash(secret)).first()


def note_use(token: ApiToken) -> None:
    """Note that a token was used, at most once a minute."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def revoke_token(user: User, public_id: str) -> ApiToken | None:
    """End one of somebody's tokens at once; None if there is no such token that works."""
    token = ApiToken.objects.filter(user=user, public_id=public_id, revoked_at=None).first()
    if token is not None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
    return token


def revoke_tokens_of(users: Collection[int]) -> None:
    """End all tokens of some users, whose passwords somebody else has set."""
    working = ApiToken.objects.filter(user__in=users, revoked_at=None)
    if working.exists():  # to change nothing would take SQLite's write lock all the same
        working.update(revoked_at=timezone.now())


def forget_ended() -> None:
    """Delete the tokens that ended a month ago."""
    old = timezone.now() - _KEPT
    ApiToken.objects.filter(Q(expires_at__lt=old) | Q(revoked_at__lt=old)).delete()
