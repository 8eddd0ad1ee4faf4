"""The attempt that a request is about, and its lab."""

from django.http import Http404, HttpRequest

from console.labs.attempts import visible_attempt
from console.labs.catalog import find_lab
from console.labs.files import LabFile
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt


def found_lab(lab_slug: str) -> LabFile:
    """Return a lab of the library; raises Http404."""
    lab = find_lab(lab_slug)
    if lab is None:
        raise Http404
    return lab


def found_attempt(request: HttpRequest, attempt_id: str) -> tuple[Attempt, LabFile]:
    """Return an attempt that the visitor may see, and its lab; raises Http404."""
    attempt = visible_attempt(request.user, attempt_id)
    if attempt is None:
        raise Http404
    lab = lab_of(attempt)
    if lab is None:
        raise Http404
    return attempt, lab


def own_attempt(request: HttpRequest, attempt_id: str) -> tuple[Attempt, LabFile]:
    """Return the visitor's own attempt: nobody else changes it."""
    attempt, lab = found_attempt(request, attempt_id)
    if attempt.owner_id != request.user.pk:
        raise Http404
    return attempt, lab
