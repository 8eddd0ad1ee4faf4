"""What an administrator does with one login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from console.administration.people import reset_password, set_active
from console.administration.record import note_administration
from console.labs.site_users import SiteRole, set_role
from console.pages.admin.guard import administrator_of, for_administrators
from console.pages.admin.users.forms import RoleForm
from console.pages.admin.users.making import password_page
from console.pages.admin.users.person import found_person
from console.signin.log_outs import log_out_everywhere
from console.ui.flash import flash_error, flash_success


@for_administrators
@require_POST
def user_role(request: HttpRequest, number: int) -> HttpResponse:
    person, by = found_person(number), administrator_of(request)
    form = RoleForm(request.POST)
    if not form.is_valid():
        flash_error(request, "Choose a role.")
    elif person.pk == by.pk:
        flash_error(request, "Another administrator must change your own role.")
    else:
        role = SiteRole(form.cleaned_data["role"])
        set_role(person, role, by=by)
        note_administration(by, "set the role of", person, f"{role.label}.")
        flash_success(request, f"{person} is now: {role.label.lower()}.")
    return redirect("admin_user", number)


@for_administrators
@require_POST
def user_password(request: HttpRequest, number: int) -> HttpResponse:
    """Make a new password and show it once; the old one works no longer."""
    person = found_person(number)
    if person.pk == request.user.pk:
        return redirect("my_password")
    password = reset_password(person)
    note_administration(request.user, "reset the password of", person)
    return password_page(request, person, password)


@for_administrators
@require_POST
def user_log_out(request: HttpRequest, number: int) -> HttpResponse:
    """End all sessions of a site user."""
    person = found_person(number)
    log_out_everywhere(person)
    note_administration(request.user, "logged out everywhere", person)
    flash_success(request, f"{person} is logged out in every browser.")
    return redirect("admin_user", number)


@for_administrators
@require_POST
def user_active(request: HttpRequest, number: int) -> HttpResponse:
    """Deactivate a login, or let it in again."""
    person, by = found_person(number), administrator_of(request)
    active = request.POST.get("active") == "yes"
    if person.pk == by.pk:
        flash_error(request, "Another administrator must deactivate you.")
        return redirect("admin_user", number)
    set_active(person, active=active, by=by)
    note_administration(by, "activated" if active else "deactivated", person)
    done = "may log in again" if active else "can no longer log in, and their keys do not work"
    flash_success(request, f"{person} {done}.")
    return redirect("admin_user", number)
