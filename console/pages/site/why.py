"""*Why?*: the decisions behind a recorded call, replayed with every statement."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.labs.rules import Tool
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.decisions.layer_views import explained_view
from console.pages.places import place_of
from console.pages.site.why_places import places_of
from console.pages.ways_to_call import WAYS_TO_CALL
from console.signin.console import console_of
from console.signin.guard import console_page, needs
from console.signin.happenings import note
from console.signin.lab_rules import rules_for
from console.signin.local_paths import sent_from
from console.ui.navigation import Crumb
from iam.analysis import LAYER_NAMES, for_viewer
from iam.perform import Explained, explain_event


def _caller_arn(explained: Explained) -> str:
    return str(explained.event.record.get("userIdentity", {}).get("arn", ""))


def _page_before(request: HttpRequest) -> str:
    """Return the page of this site whose link was followed; empty if unknown."""
    page = sent_from(request)
    return "" if page == request.get_full_path() else page


def _frame(explained: Explained | None) -> dict[str, Any]:
    if explained is None:
        return {"breadcrumbs": (Crumb("Why?"),)}
    event = explained.event
    trail = [(event.name, reverse("event", args=[event.event_id])), ("Why?", "")]
    return cloudtrail_frame(trail)


@console_page
@needs(Tool.WHY)
def why(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Show why one of the visitor's own calls was allowed or denied; the owner sees everybody's.

    Texts of policies are shown only to an identity that may read them.
    """
    console = console_of(request)
    explained = explain_event(
        console.sandbox, event_id, None if console.sees_all else console.principal_ids
    )
    if explained:
        note(request, "WhyOpened", f"{explained.event.name} {request.path_info}")
    advice = rules_for(request, console.sandbox).allows(Tool.ADVICE)
    caller = _caller_arn(explained) if explained else ""
    found = for_viewer(console.caller, explained.explanations) if explained else []
    context = {
        **_frame(explained),
        "explained": explained,
        "decisions": [
            (one, places_of(request, one, caller, advice=bool(advice)), explained_view(one, number))
            for number, one in enumerate(found)
        ],
        "caller": place_of(caller, console.account_id),
        "back": _page_before(request),
        "layers": LAYER_NAMES,
        "ways": WAYS_TO_CALL,
        "advice": advice,
    }
    if request.headers.get("HX-Target") == "help-panel":
        return render(request, "site/why.html#panel", context)
    return render(request, "site/why.html", context, status=200 if explained else 404)
