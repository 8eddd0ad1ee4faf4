"""The labs of the site by their tracks: on or off, and in which order."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from console.administration.labs import listed_tracks, versions_with_attempts
from console.administration.record import note_administration
from console.labs.authoring.drafts import find_draft
from console.labs.catalog import is_open, known_labs
from console.labs.files import LabFile
from console.labs.lab_lists import move_lab, set_enabled
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import administrator_of, for_administrators
from console.ui.flash import flash_success


def _found_lab(slug: str) -> LabFile:
    lab = known_labs().get(slug)
    if lab is None:
        raise Http404
    return lab


@for_administrators
@require_safe
def lab_list(request: HttpRequest) -> HttpResponse:
    """List every lab, also those that are off."""
    context = {"tracks": listed_tracks()}
    return render_admin_page(request, "administration/labs/list.html", context)


@for_administrators
@require_safe
def lab_page(request: HttpRequest, lab_slug: str) -> HttpResponse:
    """Show a lab's versions."""
    lab = _found_lab(lab_slug)
    context = {
        "lab": lab,
        "open": is_open(lab_slug),
        "versions": versions_with_attempts(lab_slug),
        "draft": find_draft(administrator_of(request), lab_slug),
    }
    return render_admin_page(request, "administration/labs/lab.html", context)


@for_administrators
@require_POST
def lab_enable(request: HttpRequest, lab_slug: str) -> HttpResponse:
    """Put a lab into the lists, or take it out."""
    lab, enabled = _found_lab(lab_slug), request.POST.get("enabled") == "yes"
    set_enabled(lab_slug, enabled)
    action = "switched the lab on" if enabled else "switched the lab off"
    note_administration(request.user, action, lab.title)
    now = "on: it is in the lists again" if enabled else "off: nobody begins it; attempts go on"
    flash_success(request, f"{lab.title} is {now}.")
    return _back(lab_slug)


@for_administrators
@require_POST
def lab_move(request: HttpRequest, lab_slug: str) -> HttpResponse:
    """Move a lab up or down in its track."""
    lab, up = _found_lab(lab_slug), request.POST.get("do") == "up"
    if move_lab(lab_slug, up=up):
        note_administration(request.user, "moved the lab", lab.title, "Up." if up else "Down.")
    return _back(lab_slug)


def _back(lab_slug: str) -> HttpResponse:
    return redirect(f"{reverse('admin_labs')}#lab-{lab_slug}")
