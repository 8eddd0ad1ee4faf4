"""*AWS accounts*: opening a role of one's groups by a signed response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from console.pages.idp.visits import IdpVisit, person_page
from console.signin.console import visited
from console.ui.flash import flash_info
from sts.built_in import response_for, roles_for

if TYPE_CHECKING:
    from sts.built_in.models import Person, RoleOffer


def chosen_offers(person: Person, chosen: str) -> list[RoleOffer]:
    return [one for one in roles_for(person) if chosen in {"", str(one.pk)}]


@require_POST
@person_page
def open_console(request: HttpRequest, visit: IdpVisit, person: Person) -> HttpResponse:
    """Send the browser to AWS's sign-in with a response for one role, or for all."""
    offers = chosen_offers(person, request.POST.get("offer", ""))
    if not offers:
        flash_info(request, "This role is no longer offered to your groups.")
        return redirect("idp", visit.slug)
    response = response_for(person, offers, visited(request).origin.received_at)
    relay = request.POST.get("relay", "")
    context = {"visit": visit, "offers": offers, "response": response, "relay": relay}
    return render(request, "idp/onward.html", context)
