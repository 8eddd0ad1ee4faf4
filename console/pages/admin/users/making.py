"""A new login, and a password to write down."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.administration.people import make_person
from console.administration.record import note_administration
from console.labs.site_users import SiteRole, display_name
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import administrator_of, for_administrators
from console.pages.admin.users.forms import NewLoginForm


def password_page(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """Show a new password, once."""
    context = {
        "person": user,
        "name": display_name(user),
        "password": password,
        "address": request.build_absolute_uri(reverse("site_login")),
    }
    return render_admin_page(request, "administration/users/password.html", context)


@for_administrators
@require_http_methods(["GET", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    """Make a login."""
    form = NewLoginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        role, by = SiteRole(form.cleaned_data["role"]), administrator_of(request)
        try:
            user, password = make_person(
                form.cleaned_data["name"], form.cleaned_data["display_name"], role, by=by
            )
        except ValidationError as error:
            form.add_error("name", error.message_dict["name"])
        else:
            note_administration(by, "made the login", user, f"{role.label}.")
            return password_page(request, user, password)
    status = 400 if form.errors else 200
    return render_admin_page(request, "administration/users/new.html", {"form": form}, status)
