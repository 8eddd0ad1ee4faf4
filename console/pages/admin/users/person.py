"""One site user."""

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from console.administration.people import find_person
from console.classes.models import Enrollment, Teaching
from console.labs.site_users import display_name, role_of
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.pages.admin.users.forms import RoleForm


def found_person(number: int) -> User:
    """Return a site user; raises Http404."""
    user = find_person(number)
    if user is None:
        raise Http404
    return user


@for_administrators
@require_safe
def user(request: HttpRequest, number: int) -> HttpResponse:
    """Show what is known of a site user, and what can be done."""
    person = found_person(number)
    enrollments = Enrollment.objects.filter(user=person).select_related("course_class")
    teachings = Teaching.objects.filter(user=person).select_related("course_class")
    role = role_of(person)
    context = {
        "person": person,
        "name": display_name(person),
        "role": role,
        "form": RoleForm(initial={"role": role}),
        "enrollments": enrollments.order_by("course_class__name", "pk"),
        "teachings": teachings.order_by("course_class__name", "pk"),
        "oneself": person.pk == request.user.pk,
    }
    return render_admin_page(request, "administration/users/person.html", context)
