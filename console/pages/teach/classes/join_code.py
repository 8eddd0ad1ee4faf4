"""The join code: a page to project, and what can be set about the code."""

from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from console.classes.audit import Deed, note_action
from console.classes.joins import rotate_code
from console.classes.models import TeachingRole
from console.pages.qr_codes import qr_code
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.classes.forms import JoinForm, in_zone_of
from console.ui.flash import flash_success


def is_this_machine(host: str) -> bool:
    """Return whether an address leads to the machine itself, wherever it is opened."""
    name, _ = split_domain_port(host)
    try:
        return name == "localhost" or ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


@class_page()
@require_http_methods(["GET", "POST"])
def join_code(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show address, code and QR code in large type; teachers turn the code on and off here."""
    course_class = taught.course_class
    with in_zone_of(course_class):
        posted = request.POST if request.method == "POST" and taught.may_change else None
        form = JoinForm(posted, instance=course_class)
        if posted is not None and form.is_valid():
            form.save()
            note_action(course_class, request.user, Deed.CHANGED_THE_JOIN_CODES_SETTINGS)
            flash_success(request, "The settings of the code are saved.")
            return redirect("teach_join_code", course_class.public_id)
        if form.errors:
            course_class.refresh_from_db()
        url = request.build_absolute_uri(reverse("join_class", args=[course_class.join_code]))
        until = course_class.join_until
        context = {
            "form": form,
            "url": url,
            "address": request.build_absolute_uri(reverse("join")),
            "picture": qr_code(url, 8),
            "only_here": is_this_machine(request.get_host()),
            "is_open": course_class.join_open and not (until and until <= timezone.now()),
        }
        status = 400 if form.errors else 200
        return render_class_page(request, "teach/classes/join_code.html", taught, context, status)


@class_page(TeachingRole.TEACHER)
@require_POST
def join_code_rotate(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Make another code."""
    rotate_code(taught.course_class)
    note_action(taught.course_class, request.user, Deed.MADE_ANOTHER_JOIN_CODE)
    flash_success(request, "The class has a new code. The old one no longer works.")
    return redirect("teach_join_code", taught.course_class.public_id)
