"""*Keep it*: a guest chooses a login."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.labs.guests import become_student
from console.signin.guests import forget_guest, guest_of
from console.ui.flash import flash_success

_TAKEN = "A user with that username already exists."


def _kept(form: "UserCreationForm[User]") -> bool:
    """Let the guest be a student under the login that the form has; False if it is taken."""
    try:
        with transaction.atomic():
            become_student(form.save())
    except IntegrityError:  # somebody else took it in the meantime
        form.add_error("username", _TAKEN)
        return False
    return True


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Ask a guest for a name and a password, under which the work is found again anywhere."""
    guest = guest_of(request)
    if guest is None:
        return redirect("labs" if request.user.is_authenticated else "site_login")
    # A copy: a refused name must not be the guest's for the rest of the request.
    form: UserCreationForm[User] = UserCreationForm(
        request.POST or None, instance=User.objects.get(pk=guest.pk)
    )
    if request.method == "POST" and form.is_valid() and _kept(form):
        forget_guest(request)
        update_session_auth_hash(request, form.instance)
        flash_success(request, f"Your work is kept. You are logged in as {form.instance.username}.")
        return redirect("labs")
    if request.method == "GET":
        form.initial["username"] = ""
    return render(request, "signin/keep.html", {"form": form}, status=400 if form.errors else 200)
