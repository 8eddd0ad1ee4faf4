"""*Multi-factor authentication*: the code of a sign-in with an assigned device."""

from dataclasses import asdict

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.signin.access import may_open
from console.signin.console import visited
from console.signin.lab_rules import fence_of
from console.signin.throttle import throttled
from console.signin.views.completion import next_url, start_console
from iam.wire.errors import AwsError
from sts.credentials import Credentials
from sts.sign_in import (
    CodeAwaited,
    FoundAccount,
    SignIn,
    UnknownAccount,
    find_account,
    sign_in_with_code,
)

_KEPT = "code_awaited"
_SECONDS = 600


class CodeForm(forms.Form):
    """The code of six digits; spaces, which some apps show, are ignored."""

    code = forms.CharField(
        label="MFA code",
        max_length=16,
        error_messages={"required": "Enter the six digits of your MFA code."},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Return the six digits."""
        digits: str = "".join(self.cleaned_data["code"].split())
        if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
            raise forms.ValidationError("An MFA code has six digits.")
        return digits


def go_on(request: HttpRequest, signed_in: SignIn) -> HttpResponse:
    """Start the console, or ask for the MFA code first."""
    if isinstance(signed_in, Credentials):
        return start_console(request, signed_in.session_token)
    request.session[_KEPT] = {
        **asdict(signed_in),
        "since": visited(request).origin.received_at.timestamp(),
        "next": next_url(request),
        "add": request.POST.get("add", ""),
    }
    return HttpResponseRedirect(reverse("signin_mfa"))


def _awaited(request: HttpRequest) -> tuple[FoundAccount, CodeAwaited] | None:
    """Return the sign-in that waits for a code, unless it is too old or the sandbox is closed."""
    kept = request.session.get(_KEPT)
    if kept is None:
        return None
    age = visited(request).origin.received_at.timestamp() - kept["since"]
    try:
        found = find_account(kept["account_id"])
    except UnknownAccount:
        return None
    if age > _SECONDS or not may_open(request, found.sandbox):
        return None
    names = ("account_id", "principal_id", "name", "own_password")
    return found, CodeAwaited(**{name: kept[name] for name in names if name in kept})


@never_cache
@require_http_methods(["GET", "POST"])
def signin_mfa(request: HttpRequest) -> HttpResponse:
    """Ask for the code; after wrong ones the delay grows."""
    awaited = _awaited(request)
    if awaited is None:
        request.session.pop(_KEPT, None)
        return redirect("signin")
    found, who = awaited
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def attempt() -> Credentials:
            code, origin = form.cleaned_data["code"], visited(request).origin
            return sign_in_with_code(found, who, code, origin, fence_of(request, found.sandbox))

        try:
            credentials = throttled(request, (who.account_id, f"mfa/{who.principal_id}"), attempt)
        except PermissionError as error:
            form.add_error(None, str(error))
        except AwsError:  # the user is gone, or the sandbox was restarted
            del request.session[_KEPT]
            return redirect("signin")
        else:
            del request.session[_KEPT]
            return start_console(request, credentials.session_token)
    kept = request.session[_KEPT]
    context = {"form": form, "who": who, "next": kept["next"], "add": kept["add"]}
    return render(request, "signin/mfa.html", context)
