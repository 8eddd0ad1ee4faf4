"""The pages of one draft: who may see them, and what all of them need."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.labs.authoring.drafts import DraftRefused, find_draft
from console.labs.models import LabDraft
from console.pages.teach.guard import for_instructors
from console.ui.flash import flash_error


def author_of(request: HttpRequest) -> User:
    """Return the instructor; the guard lets nobody else come here."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def draft_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view run for instructors who may work on the draft; it gets the draft for its name."""

    @for_instructors
    @wraps(view)
    def shown(request: HttpRequest, lab_slug: str, **kwargs: object) -> HttpResponse:
        draft = find_draft(author_of(request), lab_slug)
        if draft is None:
            raise Http404
        return view(request, draft, **kwargs)

    return shown


def draft_action(
    act: Callable[..., HttpResponse | None],
) -> Callable[..., HttpResponse]:
    """Return a view that does one thing to a draft and goes back to its page.

    What is refused is shown there as a sentence.
    """

    @draft_page
    @wraps(act)
    def done(request: HttpRequest, draft: LabDraft, **kwargs: object) -> HttpResponse:
        try:
            answered = act(request, draft, **kwargs)
        except DraftRefused as refused:
            flash_error(request, str(refused))
            answered = None
        return answered or redirect("author_lab", draft.slug)

    return done


def posted_number(request: HttpRequest, name: str) -> int:
    """Return a whole number that a form carries; 0 for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
