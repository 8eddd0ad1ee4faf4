"""The site's own login, which is never an IAM identity."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from console.labs.guests import hand_over
from console.signin.guests import guest_of, take_session_along
from console.signin.shared_computers import SharedComputerForm, is_shared, note_computer
from console.signin.sign_up import may_sign_up
from console.signin.site_throttle import (
    know_browser,
    note_failed_login,
    note_login,
    wait_of_login,
)
from console.signin.throttle import too_many


class SlowedLoginForm(SharedComputerForm, AuthenticationForm):
    """Django's login form, with a delay after failures."""

    field_order = ("username", "password", "shared")

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "Name and password do not match. Passwords are case-sensitive.",
    }

    def clean(self) -> dict[str, Any]:
        """Check the password, unless this browser has to wait for this name."""
        request, name = self.request, str(self.cleaned_data.get("username", ""))
        if request is None or not name:
            return super().clean()
        wait = wait_of_login(request, name)
        if wait:
            raise ValidationError(too_many(wait))
        try:
            cleaned = super().clean()
        except ValidationError:
            note_failed_login(request, name)
            raise
        note_login(request, name)
        return cleaned


class SiteLogin(LoginView):
    """`/login`."""

    template_name = "signin/site_login.html"
    authentication_form = SlowedLoginForm
    redirect_authenticated_user = False
    extra_context = {"may_sign_up": may_sign_up}

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show the form, but to who is logged in already; a guest may log in."""
        if request.user.is_authenticated and guest_of(request) is None:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Log in; what a guest has done in this browser is the login's from now on."""
        guest, user = guest_of(self.request), form.get_user()
        log_in = partial(super().form_valid, form)
        if guest is None:
            response = log_in()
        else:
            response = take_session_along(self.request, log_in)
            if hand_over(guest, user):
                response = redirect("labs_twice")
        note_computer(self.request, form)
        if not is_shared(self.request):
            know_browser(self.request, response, user.get_username())
        return response


class SiteLogout(LogoutView):
    """`/logout`: asks, and logs out by POST."""

    http_method_names = ["get", "head", "post", "options"]
    next_page = "/"

    def get(self, request: HttpRequest, *_: object, **__: object) -> HttpResponse:
        """Ask: a guest is warned that the work is gone then."""
        if not request.user.is_authenticated:
            return redirect("start")
        return render(request, "signin/site_logout.html")


@require_safe
def admin_login(request: HttpRequest) -> HttpResponse:
    """Lead from the administration's log-in page to the site's, and back to where one wanted to."""
    wanted = request.GET.get("next") or reverse("admin_home")
    return redirect(reverse("site_login") + "?" + urlencode({"next": wanted}))
