"""*Start* of a lab, and which of two attempts of it to go on with."""

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from console.classes.own_work import exam_of_lab
from console.labs.attempts import attempt_of, begin_attempt, choices_of, go_on_with
from console.labs.catalog import find_lab
from console.labs.files import LabFile
from console.labs.guests import NoRoomError, make_room
from console.labs.models import Attempt
from console.pages.labs.lookup import found_lab, owned_attempt
from console.signin.guests import enter_as_guest, guest_of, may_start
from console.signin.log_in_first import log_in_first
from console.signin.site_throttle import wait_for_new_guest
from console.signin.throttle import in_words
from console.ui.flash import flash_error, flash_success

_HOUR = 3600


def _begun(request: HttpRequest, lab: LabFile) -> Attempt:
    """Return the visitor's attempt, begun if there is none; raises NoRoomError."""
    user, guest = request.user, guest_of(request)
    if isinstance(user, User) and guest is None:
        return begin_attempt(user, lab)
    if guest is None:
        _slow_down(request)
    if guest is None or attempt_of(guest, lab) is None:
        make_room()
    return begin_attempt(guest or enter_as_guest(request), lab)


class _TooManyGuests(Exception):
    """So many new guests have come from one address; the message is when to come again."""


def _slow_down(request: HttpRequest) -> None:
    wait = wait_for_new_guest(request)
    if wait:
        raise _TooManyGuests(in_words(wait))


def _crowded(request: HttpRequest, when: str) -> HttpResponse:
    context = {
        "title": "Many new guests from your network",
        "sentence": f"Try again {when}, or log in: then you get a world at once.",
        "label": "Log in",
        "url": reverse("site_login"),
    }
    return render(request, "signin/stopped.html", context, status=429)


def _full(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "All guest worlds are in use",
        "sentence": (
            "So many people are trying Rolecall without a login that there is no world left for "
            "you just now. Try again in an hour, or log in: then you get one at once."
        ),
        "label": "Log in",
        "url": reverse("site_login"),
    }
    response = render(request, "signin/stopped.html", context, status=503)
    response["Retry-After"] = str(_HOUR)
    return response


@never_cache
@require_POST
def lab_start(request: HttpRequest, lab_slug: str) -> HttpResponse:
    """Make the lab's world for the visitor, or go on with it."""
    lab = found_lab(request, lab_slug)
    if not may_start(request):
        return redirect_to_login(reverse("lab", args=[lab_slug]))
    exam = exam_of_lab(request.user.pk, lab_slug)
    if exam is not None:
        flash_error(
            request,
            "This lab is your exam now. You can practice it again after the results are shown.",
        )
        return redirect("my_class", exam.course_class.public_id)
    try:
        attempt = _begun(request, lab)
    except NoRoomError:
        return _full(request)
    except _TooManyGuests as error:
        return _crowded(request, str(error))
    return redirect("attempt", attempt.public_id)


@never_cache
@require_safe
def labs_twice(request: HttpRequest) -> HttpResponse:
    """Ask which attempt to go on with, for each lab of which the visitor has two."""
    user = request.user
    if not isinstance(user, User):
        return log_in_first(request)
    choices = [(find_lab(one.lab), one.attempts) for one in choices_of(user)]
    return render(request, "labs/twice.html", {"choices": [one for one in choices if one[0]]})


@never_cache
@require_POST
def attempt_go_on(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Let this attempt be the one that its lab leads to."""
    attempt, _ = owned_attempt(request, attempt_id)
    go_on_with(attempt)
    flash_success(request, "You continue with this attempt. The other one is kept, too.")
    return redirect("attempt", attempt_id)
