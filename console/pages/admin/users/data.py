"""One person's data: to send, and to delete."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from console.administration.departures import DepartureRefused, belongings_of, delete_person
from console.administration.personal_data import personal_data_of
from console.administration.record import note_administration
from console.labs.site_users import display_name
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import administrator_of, for_administrators
from console.pages.admin.sandboxes.forms import OwnerForm
from console.pages.admin.users.person import found_person
from console.ui.flash import flash_success


@for_administrators
@require_safe
def user_data(request: HttpRequest, number: int) -> HttpResponse:
    """Send what is stored of a person as a file of JSON."""
    person = found_person(number)
    note_administration(request.user, "exported the data of", person)
    response = JsonResponse(personal_data_of(person), json_dumps_params={"indent": 2})
    name = slugify(person.get_username())[:40] or "user"
    response["Content-Disposition"] = f'attachment; filename="rolecall-{name}.json"'
    return response


@for_administrators
@require_http_methods(["GET", "POST"])
def user_delete(request: HttpRequest, number: int) -> HttpResponse:
    """Show what goes, then delete a person; what others need goes to an heir."""
    person, refused = found_person(number), ""
    form = OwnerForm(request.POST if request.POST.get("owner") else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        heir: User | None = form.cleaned_data["owner"] if form.is_bound else None
        by = administrator_of(request)
        try:
            called = delete_person(person, by=by, heir=heir)
        except DepartureRefused as error:
            refused = str(error)
        else:
            detail = f"{heir} took over." if heir else ""
            note_administration(by, "deleted a login", called, detail)
            flash_success(request, "The person's login and data are deleted.")
            return redirect("admin_users")
    context = {
        "person": person,
        "name": display_name(person),
        "belongings": belongings_of(person),
        "form": form,
        "refused": refused,
    }
    status = 400 if refused or form.errors else 200
    return render_admin_page(request, "administration/users/delete.html", context, status)
