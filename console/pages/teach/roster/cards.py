"""Login cards to print: made passwords, while they are kept."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from console.classes.audit import Deed, note_action
from console.classes.models import Class, LoginCard, TeachingRole
from console.classes.roster.cards import password_on
from console.labs.site_users import display_name
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.ui.flash import flash_success


@dataclass(frozen=True)
class PrintedCard:
    """A card as it is printed."""

    name: str
    login: str
    password: str
    is_ready: bool


def _cards(course_class: Class) -> list[PrintedCard]:
    cards = LoginCard.objects.filter(
        enrollment__course_class=course_class, enrollment__removed_at=None
    )
    rows = cards.select_related("enrollment__user__profile").order_by("enrollment__user__username")
    return [
        PrintedCard(
            display_name(card.enrollment.user),
            card.enrollment.user.get_username(),
            password_on(card),
            card.hashed_at is not None,
        )
        for card in rows
    ]


@class_page(TeachingRole.TEACHER)
@require_safe
def cards(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show the cards of all students whose passwords were made and are still kept."""
    printed = _cards(taught.course_class)
    context = {
        "cards": printed,
        "waiting": sum(not card.is_ready for card in printed),
        "address": request.build_absolute_uri(reverse("site_login")),
    }
    return render_class_page(request, "teach/roster/cards.html", taught, context)


@class_page(TeachingRole.TEACHER)
@require_POST
def cards_forget(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Forget the passwords of the cards that were printed; the logins go on working."""
    kept = LoginCard.objects.filter(enrollment__course_class=taught.course_class)
    kept.exclude(hashed_at=None).delete()
    note_action(taught.course_class, request.user, Deed.FORGOT_PRINTED_CARDS)
    flash_success(request, "The printed passwords were deleted here. They still work.")
    return redirect("teach_roster", taught.course_class.public_id)
