"""A request to a provider's page: its provider, and the person signed in there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from console.labs.rules import LabRules, Tool
from console.signin.access import may_administer_directory, may_open
from console.signin.guard import withheld_page
from console.signin.lab_rules import rules_for
from console.signin.state import ConsoleStore
from sts.built_in import Name, name_of, named_sandbox, person_of

if TYPE_CHECKING:
    from iam.models import Sandbox
    from sts.built_in.models import Person

_KEPT = "idp"


@dataclass(frozen=True)
class IdpVisit:
    """A provider, the person signed in at it, and the rules of the sandbox's lab.

    `is_open` is whether the visitor may administer it where the lab does.
    """

    sandbox: Sandbox
    name: Name
    person: Person | None
    is_open: bool
    rules: LabRules

    @property
    def may_administer(self) -> bool:
        return self.is_open and bool(self.rules.allows(Tool.DIRECTORY))

    @property
    def slug(self) -> str:
        return self.name.slug


View = Callable[..., HttpResponse]


def sandbox_or_404(slug: str) -> Sandbox:
    """Return the sandbox of a provider's slug; raises Http404."""
    sandbox = named_sandbox(slug)
    if sandbox is None:
        raise Http404
    return sandbox


def entry_refused(rules: LabRules, person: Person) -> str:
    """Return why a person of the sandbox's start is not let in; empty if they are."""
    return rules.may_use(f"person:{person.name}").reason if person.from_start else ""


def _person(request: HttpRequest, sandbox: Sandbox, slug: str, rules: LabRules) -> Person | None:
    kept = request.session.get(_KEPT, {}).get(slug)
    if not kept or kept["generation"] != sandbox.generation:
        return None
    person = person_of(sandbox, kept["person"])
    return None if person is None or entry_refused(rules, person) else person


def keep_person(request: HttpRequest, visit: IdpVisit, name: str) -> None:
    """Remember who is signed in; "" for nobody."""
    kept = {**request.session.get(_KEPT, {})}
    kept.pop(visit.slug, None)
    if name:
        kept[visit.slug] = {"person": name, "generation": visit.sandbox.generation}
        request.session.cycle_key()
    request.session[_KEPT] = kept


def idp_page(view: View) -> View:
    """The decorator that every provider page runs under: the visitor may open the sandbox."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        sandbox = sandbox_or_404(slug)
        if not may_open(request, sandbox):
            return render(request, "idp/closed.html", status=403)
        if sandbox.lab:
            ConsoleStore(request.session).act_in(sandbox.pk)
        rules = rules_for(request, sandbox)
        person = _person(request, sandbox, slug, rules)
        is_open = may_administer_directory(request, sandbox)
        visit = IdpVisit(sandbox, name_of(sandbox), person, is_open, rules)
        return view(request, visit, **kwargs)

    return guarded


def person_page(view: View) -> View:
    """The decorator of pages for a person who is signed in at the provider."""

    @idp_page
    @wraps(view)
    def guarded(request: HttpRequest, visit: IdpVisit, **kwargs: Any) -> HttpResponse:
        if visit.person is None:
            return redirect("idp", visit.slug)
        return view(request, visit, visit.person, **kwargs)

    return guarded


def program_page(view: View) -> View:
    """Let a view of a program's credentials run for who is signed in at the provider."""

    @person_page
    @wraps(view)
    def guarded(request: HttpRequest, visit: IdpVisit, *args: Any, **kwargs: Any) -> HttpResponse:
        ruling = visit.rules.allows(Tool.CLI)
        if not ruling:
            return withheld_page(request, ruling)
        return view(request, visit, *args, **kwargs)

    return guarded


def administrator_page(view: View) -> View:
    """The decorator of pages for the visitor who may administer the provider."""

    @idp_page
    @wraps(view)
    def guarded(request: HttpRequest, visit: IdpVisit, **kwargs: Any) -> HttpResponse:
        if not visit.is_open:
            return render(request, "idp/closed.html", status=403)
        ruling = visit.rules.allows(Tool.DIRECTORY)
        if not ruling:
            return withheld_page(request, ruling)
        return view(request, visit, **kwargs)

    return guarded
