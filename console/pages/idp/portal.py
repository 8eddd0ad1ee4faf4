"""The provider's front page: what it is, signing in, and the person's roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from console.labs.scenarios import people_handout
from console.pages.idp.visits import IdpVisit, entry_refused, idp_page, keep_person
from console.signin.lab_rules import FencedOff
from console.signin.throttle import throttled
from console.ui.flash import flash_info
from sts.built_in import people_of, person_by_password, person_of, roles_for
from sts.sign_in import SignInRefused

if TYPE_CHECKING:
    from sts.built_in.models import Person

RELAYS = (("", "IAM"), ("/s3/", "S3"), ("/cloudtrail/", "CloudTrail"), ("/ec2/", "EC2"))


class PersonSignInForm(forms.Form):
    """Name and password."""

    name = forms.CharField(label="User name", max_length=64)
    password = forms.CharField(
        label="Password", max_length=128, strip=False, widget=forms.PasswordInput
    )


class StartingForm(forms.Form):
    """The page on which a console opens; an empty RelayState means IAM."""

    use_required_attribute = False

    relay = forms.ChoiceField(label="Begin at", choices=RELAYS)


def _admitted(visit: IdpVisit) -> list[Person]:
    people = people_of(visit.sandbox)
    return [person for person in people if not entry_refused(visit.rules, person)]


def _page(request: HttpRequest, visit: IdpVisit, form: forms.Form | None = None) -> HttpResponse:
    person = visit.person
    context = {
        "visit": visit,
        "form": form or PersonSignInForm(),
        "people": people_handout(visit.sandbox, _admitted(visit)),
        "starting": StartingForm(),
        "offers": roles_for(person) if person else (),
    }
    return render(request, "idp/portal.html", context)


@idp_page
def portal(request: HttpRequest, visit: IdpVisit) -> HttpResponse:
    return _page(request, visit)


@require_POST
@idp_page
def sign_in(request: HttpRequest, visit: IdpVisit) -> HttpResponse:
    """Sign in with a password; failures are throttled as those of IAM users."""
    form = PersonSignInForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, form)

    def attempt() -> str:
        typed = form.cleaned_data
        person = person_by_password(visit.sandbox, typed["name"], typed["password"])
        if person is None:
            raise SignInRefused
        fenced = entry_refused(visit.rules, person)
        if fenced:
            raise FencedOff(fenced)
        return str(person.name)

    try:
        name = throttled(request, (f"idp/{visit.slug}", form.cleaned_data["name"]), attempt)
    except PermissionError as error:
        form.add_error(None, str(error))
        return _page(request, visit, form)
    keep_person(request, visit, name)
    return redirect("idp", visit.slug)


@require_POST
@idp_page
def enter(request: HttpRequest, visit: IdpVisit) -> HttpResponse:
    """Sign in with a click, in a sandbox that this visitor may open."""
    person = person_of(visit.sandbox, request.POST.get("name", ""))
    if person is None:
        flash_info(request, "Nobody here has this name any longer.")
    elif fenced := entry_refused(visit.rules, person):
        flash_info(request, fenced)
    else:
        keep_person(request, visit, person.name)
    return redirect("idp", visit.slug)


@require_POST
@idp_page
def sign_out(request: HttpRequest, visit: IdpVisit) -> HttpResponse:
    """Sign out of the provider; consoles that it opened stay signed in."""
    keep_person(request, visit, "")
    return redirect("idp", visit.slug)
