"""*Tokens*: what programs use the API with, made, shown once, and revoked."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from console.labs.site_users import is_instructor, tidy_display_name
from console.signin.views.account import of_a_login
from console.tokens.issuing import (
    MOST_TOKENS,
    TooManyTokens,
    issue_token,
    revoke_token,
    tokens_of,
)
from console.tokens.scopes import Area, areas_for
from console.ui.flash import flash_success

_DAYS = [("7", "A week"), ("30", "30 days"), ("90", "90 days"), ("365", "A year")]
_NOTHING, _READ, _WRITE = "", "read", "write"


class ApiTokenForm(forms.Form):
    """A token's name, how long it works, and what it lets a program do, area by area."""

    name = forms.CharField(
        label="Name", max_length=80, help_text="For you, such as the program that uses it."
    )
    days = forms.ChoiceField(label="Works for", choices=_DAYS, initial="90")

    def __init__(self, data: Any, *, teacher: bool) -> None:
        super().__init__(data)
        self._areas = areas_for(teacher=teacher)
        for area in self._areas:
            self.fields[f"area_{area.name}"] = _area_field(area)

    @property
    def area_fields(self) -> Iterator[BoundField]:
        return (self[f"area_{area.name}"] for area in self._areas)

    def clean_name(self) -> str:
        """Return the name in printable letters."""
        name = tidy_display_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Enter a name.")
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse a token that lets a program do nothing."""
        cleaned = super().clean() or {}
        if not self.errors and not self.scopes():
            raise forms.ValidationError("Choose at least one area that the token may read.")
        return cleaned

    def scopes(self) -> list[str]:
        """Return the scopes that were chosen."""
        chosen = ((area, self.cleaned_data.get(f"area_{area.name}")) for area in self._areas)
        return [f"{area.name}:{access}" for area, access in chosen if access]

    def lasts(self) -> timedelta:
        return timedelta(days=int(self.cleaned_data["days"]))


def _area_field(area: Area) -> forms.ChoiceField:
    choices = [(_NOTHING, "No access"), (_READ, "Read")]
    if area.writes:
        choices.append((_WRITE, "Read and change"))
    return forms.ChoiceField(
        label=area.title, help_text=area.about, choices=choices, required=False
    )


@of_a_login
def my_tokens(request: HttpRequest, user: User) -> HttpResponse:
    """List the tokens; make one, and show it this once."""
    posted = request.POST if request.method == "POST" else None
    form = ApiTokenForm(posted, teacher=is_instructor(user))
    made, secret = None, ""
    if form.is_bound and form.is_valid():
        try:
            made, secret = issue_token(user, form.cleaned_data["name"], form.scopes(), form.lasts())
        except TooManyTokens:
            form.add_error(None, f"You already have {MOST_TOKENS} tokens. Revoke one first.")
        else:
            form = ApiTokenForm(None, teacher=is_instructor(user))
    context = {"form": form, "tokens": tokens_of(user), "made": made, "secret": secret}
    status = 400 if form.errors else 200
    return render(request, "signin/tokens.html", context, status=status)


@require_POST
@of_a_login
def my_token_revoke(request: HttpRequest, user: User, token_id: str) -> HttpResponse:
    """End a token at once."""
    token = revoke_token(user, token_id.replace("\0", ""))
    if token is None:
        raise Http404
    flash_success(request, f"{token.name} no longer works.")
    return redirect("my_tokens")
