"""An attempt's world opened in another browser, by a link that works once."""

from collections.abc import Collection
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.labs.models import Attempt, OtherBrowser

LINK_LASTS = timedelta(minutes=10)
BROWSER_LASTS = timedelta(days=30)
_MOST = 10
"""As many other browsers as one attempt has."""
_SIGNER = TimestampSigner(salt="rolecall.other-browser")


def new_link(attempt: Attempt) -> str:
    """Return the token of a link that opens an attempt's world once, within ten minutes."""
    with transaction.atomic():
        unused = OtherBrowser.objects.filter(attempt=attempt, opened_at=None)
        unused.filter(made_at__lt=timezone.now() - LINK_LASTS).delete()
        made = OtherBrowser.objects.create(attempt=attempt)
        kept = OtherBrowser.objects.filter(attempt=attempt).order_by("-pk")[:_MOST]
        OtherBrowser.objects.filter(attempt=attempt).exclude(
            pk__in=[one.pk for one in kept]
        ).delete()
    return _SIGNER.sign(made.key)


def _key(token: str) -> str:
    """Return the key that a link has; empty if it is too old, or not one of ours."""
    try:
        return _SIGNER.unsign(token, max_age=LINK_LASTS)
    except BadSignature:
        return ""


def attempt_behind(token: str) -> Attempt | None:
    """Return the attempt that a link opens, if it still does."""
    links = OtherBrowser.objects.filter(key=_key(token), opened_at=None)
    found = links.select_related("attempt").first()
    return found.attempt if found else None


def open_link(token: str) -> str:
    """Use a link; return the key that its browser keeps, empty if somebody was faster."""
    key = _key(token)
    links = OtherBrowser.objects.filter(key=key, opened_at=None)
    return key if links.update(opened_at=timezone.now()) else ""


def _open() -> QuerySet[OtherBrowser]:
    return OtherBrowser.objects.filter(opened_at__gt=timezone.now() - BROWSER_LASTS)


def browsers_of(attempt: Attempt) -> list[OtherBrowser]:
    """Return the other browsers in which an attempt's world is open, the latest first."""
    return list(_open().filter(attempt=attempt).order_by("-opened_at"))


def sandboxes_behind(keys: Collection[str]) -> frozenset[int]:
    """Return the sandboxes that are open to a browser with these keys."""
    return frozenset(_open().filter(key__in=keys).values_list("attempt__sandbox_id", flat=True))


def end_browser(attempt: Attempt, browser_id: int) -> bool:
    """Close an attempt's world in another browser; return whether it was open there."""
    found = OtherBrowser.objects.filter(attempt=attempt, pk=browser_id)
    return bool(found.delete()[0])
