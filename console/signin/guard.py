"""The decorator that every console view runs under."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from console.labs.rules import Ruling, Tool
from console.signin.console import Console, console_of, visited
from console.signin.happenings import note
from console.signin.lab_rules import rules_for
from console.signin.landing import landed
from console.signin.local_paths import page_of_form
from console.signin.state import ConsoleStore
from console.signin.typed_fields import IDENTITY_FIELD, typed_in
from console.ui.navigation import Crumb

View = Callable[..., HttpResponse]


def _stopped(
    request: HttpRequest,
    title: str,
    sentence: str,
    onward: tuple[str, str],
    status: int = 0,
) -> HttpResponse:
    """Render the page that reports that nothing was done, with the typed values."""
    label, url = onward
    typed = typed_in(request)
    response = render(
        request,
        "signin/stopped.html",
        {
            "base": "frame.html" if visited(request).console else "site.html",
            "breadcrumbs": (Crumb(title),),
            **{"title": title, "sentence": sentence, "label": label, "url": url, "typed": typed},
        },
        status=status or (409 if request.method == "POST" else 200),
    )
    if request.headers.get("HX-Request"):
        response.status_code = 200
        response["HX-Retarget"], response["HX-Reswap"] = "body", "outerHTML"
    return response


def _here(request: HttpRequest) -> str:
    """Return where the user was: the page that was asked for, or that the form is on."""
    return page_of_form(request) or reverse("console_home")


def _nobody(request: HttpRequest) -> HttpResponse:
    store = ConsoleStore(request.session)
    why = visited(request).signed_out or store.why_ended(request.POST.get(IDENTITY_FIELD, ""))
    target = reverse("signin") + "?" + urlencode({"next": _here(request)})
    if why or request.method == "POST":
        sentence = why or "You are not signed in."
        return _stopped(request, "You are signed out", sentence, ("Sign in", target))
    if request.headers.get("HX-Request"):  # no fragment of the sign-in page
        return HttpResponseClientRedirect(target)
    return redirect(target)


def _role_ended(request: HttpRequest, console: Console) -> HttpResponse:
    store = ConsoleStore(request.session)
    store.note_end(console.identities - {console.identity}, console.ended)
    store.switch(console.console_id, None)
    name = console.signed_in_as.name
    sentence = f"{console.ended} You are {name} again, with your original permissions."
    onward = (f"Continue as {name}", _here(request))
    return _stopped(request, "The role session has ended", sentence, onward)


def other_identity(request: HttpRequest, console: Console) -> HttpResponse:
    """Refuse a form that was rendered for another identity, or in a session that has ended."""
    onward = (f"Continue as {console.label}", _here(request))
    ended = ConsoleStore(request.session).why_ended(request.POST.get(IDENTITY_FIELD, ""))
    if ended:
        sentence = f"{ended} You are {console.label} now."
        return _stopped(request, "The session has ended", sentence, onward)
    sentence = (
        "This form was shown to a different identity than the one you act as now "
        f"({console.label}), so it was not sent."
    )
    return _stopped(request, "Nothing was done", sentence, onward)


def _note_visit(request: HttpRequest, console: Console, response: HttpResponse) -> None:
    """Remember which part of the site a page that was shown is of."""
    shown = request.method == "GET" and response.status_code == HTTPStatus.OK
    if shown and not request.headers.get("HX-Request"):
        part = request.path_info.split("/")[1]
        ConsoleStore(request.session).note_visit(console.console_id, part)


def console_page(view: View) -> View:
    """Let a view run only for a signed-in console, and a form only for its own identity."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = performed(request, *args, **kwargs)
        add_never_cache_headers(response)
        if request.method == "POST" and not getattr(request, "holds_secret", False):
            # Else the Back button would lose what was typed into a form that was refused.
            response["Cache-Control"] = "max-age=0, no-cache, must-revalidate, private"
        return response

    def performed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        console = visited(request).console
        if console is None:
            return _nobody(request)
        if console.ended:
            note(request, "SessionEnded", console.ended)
            return _role_ended(request, console)
        sent = request.POST.get(IDENTITY_FIELD, "")
        if request.method == "POST" and sent != console.identity:
            return other_identity(request, console)
        response = view(request, *args, **kwargs)
        _note_visit(request, console, response)
        return landed(request, response)

    return guarded


def withheld_page(request: HttpRequest, ruling: Ruling, back: str = "") -> HttpResponse:
    """Say what a lab does not let its student do, and that nothing was done."""
    onward = ("Back to the lab", back) if back else ("Continue", reverse("console_home"))
    return _stopped(request, "Not in this lab", ruling.reason, onward, 403)


def needs(tool: Tool) -> Callable[[View], View]:
    """Let a page of the console be seen only where its sandbox's lab has a tool."""

    def withholding(view: View) -> View:
        @wraps(view)
        def ruled(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            ruling = rules_for(request, console_of(request).sandbox).allows(tool)
            return view(request, *args, **kwargs) if ruling else withheld_page(request, ruling)

        return ruled

    return withholding
