"""*My account*: what a site user is called, the password, and where the rest is."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.labs.site_users import (
    display_name,
    role_of,
    set_display_name,
    tidy_display_name,
)
from console.signin.guests import guest_of
from console.signin.log_in_first import log_in_first
from console.signin.log_outs import log_out_everywhere
from console.signin.site_throttle import note_failed_login, note_login, wait_of_login
from console.signin.throttle import too_many
from console.ui.flash import flash_success

_View = Callable[..., HttpResponse]


def of_a_login(view: _View) -> Callable[..., HttpResponse]:
    """Let a view run for whoever is logged in; a guest is asked to choose a login first.

    The view gets the site user after the request.
    """

    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not isinstance(request.user, User):
            return log_in_first(request)
        return redirect("keep") if guest_of(request) else view(request, request.user, **kwargs)

    return guarded


class DisplayNameForm(forms.Form):
    """What others see instead of the login."""

    display_name = forms.CharField(
        label="Display name",
        max_length=80,
        required=False,
        help_text="Your teachers see it, and it appears on certificates. A pseudonym is fine.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_display_name(self) -> str:
        return tidy_display_name(self.cleaned_data["display_name"])


class SitePasswordForm(PasswordChangeForm):
    """Django's form, with the log-in's delay after wrong passwords."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        super().__init__(user, request.POST if request.method == "POST" else None)
        self._request, self._name = request, user.get_username()

    def clean_old_password(self) -> str:
        """Return the present password, unless it is wrong or this browser has to wait."""
        wait = wait_of_login(self._request, self._name)
        if wait:
            raise ValidationError(too_many(wait))
        try:
            password: str = super().clean_old_password()
        except ValidationError:
            note_failed_login(self._request, self._name)
            raise
        note_login(self._request, self._name)
        return password


@of_a_login
def my_account(request: HttpRequest, user: User) -> HttpResponse:
    """Show the account, and change the display name."""
    shown = display_name(user)
    initial = {"display_name": "" if shown == user.get_username() else shown}
    form = DisplayNameForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        set_display_name(user, form.cleaned_data["display_name"])
        flash_success(request, "Your display name is saved.")
        return redirect("my_account")
    context = {"form": form, "role": role_of(user).label}
    return render(request, "signin/account.html", context, status=400 if form.errors else 200)


@of_a_login
def my_password(request: HttpRequest, user: User) -> HttpResponse:
    """Change the password; every other browser is logged out by that."""
    form = SitePasswordForm(request, user)
    if form.is_bound and form.is_valid():
        update_session_auth_hash(request, form.save())
        flash_success(request, "Your password is changed. Other browsers are logged out.")
        return redirect("my_account")
    status = 400 if form.errors else 200
    return render(request, "signin/own_password.html", {"form": form}, status=status)


@of_a_login
def my_log_outs(request: HttpRequest, user: User) -> HttpResponse:
    """Log out in every browser, this one too."""
    if request.method == "GET":
        return redirect(reverse("my_account") + "#sessions")
    log_out_everywhere(user)
    logout(request)
    flash_success(request, "You are logged out in every browser.")
    return redirect("site_login")
