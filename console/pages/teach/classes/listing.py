"""The classes that somebody teaches, and a new one."""

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from console.classes.access import taught_classes
from console.classes.audit import Deed, note_action
from console.classes.retention import ending_of
from console.classes.staff import new_class
from console.pages.teach.classes.forms import ClassForm
from console.pages.teach.guard import for_instructors
from console.ui.flash import flash_success


@for_instructors
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """List the visitor's classes, and lead to everything else a teacher has."""
    rows = taught_classes(request.user).annotate(
        students=Count("enrollments", filter=Q(enrollments__removed_at=None), distinct=True)
    )
    found = [(one, ending_of(one)) for one in rows]
    return render(request, "teach/classes/list.html", {"classes": found})


@for_instructors
@require_http_methods(["GET", "POST"])
def class_create(request: HttpRequest) -> HttpResponse:
    """Make a class; its page with the join code comes next."""
    form = ClassForm(request.POST or None)
    own = taught_classes(request.user).filter(teachings__user=request.user.pk).order_by("-pk")
    form.offer_zone(own.values_list("time_zone", flat=True).first() or "")
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        made = new_class(request.user, form.cleaned_data["name"], form.cleaned_data["time_zone"])
        note_action(made, request.user, Deed.MADE_THE_CLASS, f"{made.name}.")
        flash_success(request, f"{made.name} was created. Students join with its code.")
        return redirect("teach_join_code", made.public_id)
    context = {"form": form}
    return render(request, "teach/classes/new.html", context, status=400 if form.errors else 200)
