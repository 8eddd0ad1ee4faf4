"""*Switch Role*, its history, and *Switch back*."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from console.labs.printed_accounts import account_meant
from console.signin.colors import COLORS, color_named
from console.signin.console import Console, console_of
from console.signin.forms import SwitchRoleForm
from console.signin.guard import console_page
from console.signin.landing import land, page_before
from console.signin.state import ActiveRole, ConsoleStore
from iam.wire.errors import AwsError
from sts.credentials import open_token
from sts.sign_in import NoSuchAccount, exit_role, switch_role

INVALID = (
    "Invalid information in one or more fields. "
    "Check your information or contact your administrator."
)


def _page(request: HttpRequest, form: SwitchRoleForm, **more: Any) -> HttpResponse:
    console = console_of(request)
    context = {
        "form": form,
        "colors": COLORS,
        "is_root": console.is_root,
        "redirect_uri": page_before(request),
        **more,
    }
    return render(request, "signin/switch_role.html", context)


def _switch(request: HttpRequest, form: SwitchRoleForm) -> HttpResponse:
    console = console_of(request)
    if console.is_root:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form)
    wanted = form.cleaned_data
    try:
        token = switch_role(console.base, wanted["account"], wanted["roleName"])
    except NoSuchAccount:
        form.add_error(None, INVALID)
        reason = "No account of this sandbox has this ID or alias."
        meant = account_meant(console.sandbox, wanted["account"])
        return _page(request, form, reason=reason, account_meant=meant)
    except AwsError as error:
        form.add_error(None, INVALID)
        event_id = getattr(error, "event_id", None)
        return _page(request, form, reason=error.message, event_id=event_id)
    _keep(request, console, token, wanted)
    name, me = wanted["roleName"].rpartition("/")[2], console.signed_in_as.name
    return land(request, f"You are now {name}. {me}'s own permissions are set aside.")


def _keep(request: HttpRequest, console: Console, token: str, wanted: dict[str, str]) -> None:
    role = ActiveRole.shown_as(token, wanted)
    store = ConsoleStore(request.session)
    store.switch(console.console_id, role)
    store.remember(console.base.arn, role, open_token(token).account_id)


@require_http_methods(["GET", "POST"])
@console_page
def switchrole(request: HttpRequest) -> HttpResponse:
    """Show the form, which a link may fill in, or switch."""
    if request.method == "POST" and "fill" not in request.POST:
        return _switch(request, SwitchRoleForm(request.POST))
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in SwitchRoleForm.base_fields}
        return _page(request, SwitchRoleForm(initial={**typed, "account": request.POST["fill"]}))
    named = ("account", "roleName", "displayName")
    initial = {name: request.GET.get(name, "") for name in named}
    initial["color"] = color_named(request.GET.get("color", ""))
    return _page(request, SwitchRoleForm(initial=initial))


@require_POST
@console_page
def role_history(request: HttpRequest) -> HttpResponse:
    return _switch(request, SwitchRoleForm(request.POST))


@require_POST
@console_page
def switch_back(request: HttpRequest) -> HttpResponse:
    """Leave the role, and return to the original permissions."""
    console = console_of(request)
    if not console.is_role:
        return HttpResponseRedirect(page_before(request) or reverse("console_home"))
    exit_role(console.base, console.caller)
    ConsoleStore(request.session).switch(console.console_id, None)
    me = console.signed_in_as.name
    return land(request, f"You are {me} again, with your original permissions.")
