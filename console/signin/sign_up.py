"""Who may make a login: `ROLECALL_SIGN_UP`."""

from django.conf import settings

BY_CODE, OPEN, CLOSED = "code", "open", "closed"


def may_sign_up() -> bool:
    """Return whether anybody may make a login without a class's code."""
    return bool(settings.SIGN_UP == OPEN)


def may_sign_up_by_code() -> bool:
    """Return whether a class's code lets somebody new in; and whether a guest may keep the work."""
    return bool(settings.SIGN_UP != CLOSED)
