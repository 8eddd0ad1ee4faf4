"""The attempt that a request is about, and its lab."""

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest

from console.labs.attempts import attempt_of, is_worker, visible_attempt
from console.labs.catalog import find_lab, is_open
from console.labs.files import LabFile
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from console.signin.other_browsers import opened_worlds


def found_lab(request: HttpRequest, lab_slug: str) -> LabFile:
    """Return a lab that the visitor may begin or has begun; raises Http404."""
    lab = find_lab(lab_slug)
    if lab is None or not (is_open(lab_slug) or _has_begun(request, lab)):
        raise Http404
    return lab


def _has_begun(request: HttpRequest, lab: LabFile) -> bool:
    user = request.user
    return isinstance(user, User) and attempt_of(user, lab) is not None


def seen_attempt(request: HttpRequest, attempt_id: str) -> tuple[Attempt, LabFile]:
    """Return an attempt that the visitor may see, and its lab; raises Http404."""
    attempt = visible_attempt(request.user, attempt_id, opened_worlds(request))
    if attempt is None:
        raise Http404
    lab = lab_of(attempt)
    if lab is None:
        raise Http404
    return attempt, lab


def found_attempt(request: HttpRequest, attempt_id: str) -> tuple[Attempt, LabFile]:
    """Return an attempt that the visitor may see, in a world that one can work in."""
    attempt, lab = seen_attempt(request, attempt_id)
    if is_over(attempt):
        raise Http404
    return attempt, lab


def is_over(attempt: Attempt) -> bool:
    """Return whether nobody can work in an attempt's world: it is gone, or its class archived."""
    return attempt.world_gone_at is not None or attempt.sandbox.suspended


def is_own(request: HttpRequest, attempt: Attempt) -> bool:
    """Return whether the visitor may change an attempt, in this browser or from another one."""
    return is_worker(request.user, attempt) or attempt.sandbox_id in opened_worlds(request)


def own_attempt(request: HttpRequest, attempt_id: str) -> tuple[Attempt, LabFile]:
    """Return the visitor's own attempt: nobody else changes it."""
    attempt, lab = found_attempt(request, attempt_id)
    if not is_own(request, attempt):
        raise Http404
    return attempt, lab


def owned_attempt(request: HttpRequest, attempt_id: str) -> tuple[Attempt, LabFile]:
    """Return an attempt whose owner this browser is logged in as, or a guest as."""
    attempt, lab = found_attempt(request, attempt_id)
    if attempt.owner_id != request.user.pk:
        raise Http404
    return attempt, lab
