"""Who logs in to the site: by name, in any case of letters, and password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import (
    PBKDF2PasswordHasher,
    get_hasher,
    get_hashers,
    identify_hasher,
)
from django.contrib.auth.models import User
from django.http import HttpRequest

from console.labs.site_users import user_of_request

_OLDER = PBKDF2PasswordHasher.algorithm


def named(typed: str) -> User | None:
    """Return the site user of a name, or the only one whose name differs in case alone."""
    exact = User.objects.filter(username=typed).first()
    if exact is not None:
        return exact
    alike = User.objects.filter(username__iexact=typed)[:2]
    return alike[0] if len(alike) == 1 else None


class SiteBackend(ModelBackend):
    """Django's own, which keeps to itself whether a name exists."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Return the user; a failure runs each hasher that is in use once, whoever is named."""
        if username is None or password is None:
            return None
        user = named(username)
        if user is not None and user.check_password(password) and self.user_can_authenticate(user):
            return user
        for algorithm in _in_use() - _ran(user):
            hasher = next(one for one in get_hashers() if one.algorithm == algorithm)
            hasher.encode(password, hasher.salt())
        return None

    def get_user(self, user_id: int) -> User | None:
        user = user_of_request(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


def _ran(user: User | None) -> set[str | None]:
    """Return the hashers that a wrong password has run."""
    if user is None:
        return set()
    if not user.has_usable_password():
        return {get_hasher().algorithm}
    return {identify_hasher(user.password).algorithm}


def _in_use() -> set[str | None]:
    """Return the hashers of site users' passwords: the first, and PBKDF2 while anybody has one."""
    older = User.objects.filter(password__startswith=f"{_OLDER}$")
    return {get_hasher().algorithm} | ({_OLDER} if older.exists() else set())
