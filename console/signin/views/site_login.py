"""The site's own login, which is never an IAM identity."""

from functools import partial
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from console.labs.guests import hand_over
from console.signin.guests import guest_of, take_session_along
from console.signin.throttle import note_failure, note_success, seconds_to_wait, too_many


class SlowedLoginForm(AuthenticationForm):
    """Django's login form, with a delay per user name after failures."""

    def clean(self) -> dict[str, Any]:
        """Check the password, unless this user name has to wait."""
        name, now = str(self.cleaned_data.get("username", "")), timezone.now()
        wait = seconds_to_wait(now, "site", name)
        if wait:
            raise ValidationError(too_many(wait))
        try:
            cleaned = super().clean()
        except ValidationError:
            note_failure(now, "site", name)
            raise
        note_success("site", name)
        return cleaned


class SiteLogin(LoginView):
    """`/login`."""

    template_name = "signin/site_login.html"
    authentication_form = SlowedLoginForm
    redirect_authenticated_user = False

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Log in; what a guest has done in this browser is the login's from now on."""
        guest = guest_of(self.request)
        if guest is None:
            return super().form_valid(form)
        response = take_session_along(self.request, partial(super().form_valid, form))
        return redirect("labs_twice") if hand_over(guest, form.get_user()) else response


class SiteLogout(LogoutView):
    """`/logout`, by POST."""

    next_page = "/"
