"""What slows guessing at the site's door, without locking anybody out.

Failed log-ins are counted strictly by name and address together, and loosely by the name alone: who
guesses from many addresses can make strangers wait a minute, but not a browser that has logged in
under that name before. That one has a count of its own. An address alone is never counted for
log-ins, since a school has one; wrong join codes and new guests are, with room for a hundred.
"""

from datetime import timedelta
from ipaddress import IPv6Network

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from console.signin.throttle import STRICT, Limit, note_failure, note_success, seconds_to_wait

LOOSE = Limit(50, timedelta(minutes=1))
CODES = Limit(300, timedelta(minutes=1))
GUESTS = Limit(200, timedelta(minutes=1))
_KNOWN, _A_YEAR = "rolecall_known", 365 * 24 * 3600
_MOST_NAMES = 5
Counted = tuple[tuple[str, ...], Limit]


def address_of(request: HttpRequest) -> str:
    """Return what counts as one address: of IPv6 the network, as one machine has many."""
    written: str = request.META.get("REMOTE_ADDR") or ""
    try:
        return str(IPv6Network((written, 64), strict=False))
    except ValueError:
        return written


def _short(name: str) -> str:
    return salted_hmac("rolecall.known", name.strip().lower()).hexdigest()[:16]


def _names_known(request: HttpRequest) -> dict[str, str]:
    """Return the names that have logged in by this browser, hashed, with the token of each."""
    try:
        known = signing.loads(request.COOKIES.get(_KNOWN, ""), salt=_KNOWN, max_age=_A_YEAR)
    except signing.BadSignature:
        return {}
    return dict(known)


def _counted(request: HttpRequest, name: str) -> list[Counted]:
    token = _names_known(request).get(_short(name))
    if token:
        return [(("site", name, "browser", token), STRICT)]
    return [(("site", name, address_of(request)), STRICT), (("site", name), LOOSE)]


def wait_of_login(request: HttpRequest, name: str) -> int:
    """Return how many seconds this browser must wait before it tries this name again."""
    now = timezone.now()
    return max(
        seconds_to_wait(now, *parts, limit=limit) for parts, limit in _counted(request, name)
    )


def note_failed_login(request: HttpRequest, name: str) -> None:
    for parts, _ in _counted(request, name):
        note_failure(timezone.now(), *parts)


def note_login(request: HttpRequest, name: str) -> None:
    """Forget the failures of a name here."""
    for parts, _ in _counted(request, name):
        note_success(*parts)


def know_browser(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Let this browser be known for a name, from its next log-in on."""
    known = _names_known(request)
    own = known.pop(_short(name), "") or get_random_string(12)
    latest = dict([*known.items(), (_short(name), own)][-_MOST_NAMES:])
    response.set_cookie(
        _KNOWN,
        signing.dumps(latest, salt=_KNOWN),
        max_age=_A_YEAR,
        path="/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def wait_after_wrong_code(request: HttpRequest) -> int:
    """Count a wrong join code; return how many seconds its address must wait, 0 if none.

    For wrong codes only: a right one is never refused.
    """
    return _count("join", address_of(request), CODES)


def wait_for_new_guest(request: HttpRequest) -> int:
    """Count a new guest; return how many seconds its address must wait instead, 0 if none."""
    return _count("guest", address_of(request), GUESTS)


def _count(what: str, address: str, limit: Limit) -> int:
    now = timezone.now()
    wait = seconds_to_wait(now, what, address, limit=limit)
    if not wait:
        note_failure(now, what, address)
    return wait
