"""The buttons of stored credentials: use, request again, forget, open a console."""

import json
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from console.pages.calls import CallResult, call, call_as
from console.pages.iam.temporary.credential_views import USES, Used
from console.pages.iam.temporary.forms import FORMS
from console.pages.iam.temporary.page import page_of
from console.pages.iam.temporary.stored_credentials import (
    StoredCredentials,
    drop,
    find_stored,
    store,
)
from console.pages.outcomes import flash_refused
from console.signin.console import visited
from console.signin.guard import console_page
from console.signin.views.completion import start_console
from console.ui.flash import flash_info, flash_success
from iam.wire.errors import AwsError
from sts.credentials import caller_of, open_token

_SLUGS = {form.operation: slug for slug, form in FORMS.items()}
_AGENT = "aws-cli (Rolecall: Temporary credentials)"


def _gone(request: HttpRequest) -> HttpResponse:
    flash_info(request, "This page no longer stores these credentials.")
    return redirect("temporary_credentials")


def _url(kept: StoredCredentials) -> str:
    return f"{reverse('temporary_credentials')}?tab={_SLUGS[kept.operation]}"


def _call(request: HttpRequest, kept: StoredCredentials, operation: str) -> CallResult:
    """Make a call as a program with these credentials would."""
    page = visited(request)
    origin = replace(page.origin, via_console=False, user_agent=_AGENT)
    try:
        caller = caller_of(open_token(kept.session_token), origin, page.visit)
    except AwsError as error:
        return CallResult(error=error)
    return call_as(caller, operation)


def _shown_result(result: CallResult) -> str:
    """Return a result as JSON; credentials in it are left out."""
    if result.error:
        return ""
    shown = (
        {**result.output, "Credentials": "…"} if "Credentials" in result.output else result.output
    )
    return json.dumps(shown, indent=2, default=str)


@require_http_methods(["GET", "POST"])
@console_page
def use(request: HttpRequest) -> HttpResponse:
    """*Use these*: make a call with exactly these credentials, and show its result."""
    if request.method == "GET":  # a reload of the result's address
        return redirect("temporary_credentials")
    kept = find_stored(request)
    if kept is None:
        return _gone(request)
    operation = request.POST.get("operation", "")
    operation = operation if operation in USES else USES[0]
    result = _call(request, kept, operation)
    used = Used(kept.id, operation, result, _shown_result(result))
    slug = _SLUGS[kept.operation]
    return page_of(request, slug, FORMS[slug](initial=kept.params), used)


@require_POST
@console_page
def request_again(request: HttpRequest) -> HttpResponse:
    """*Request again*: repeat the request for new credentials."""
    kept = find_stored(request)
    if kept is None:
        return _gone(request)
    result = call(request, kept.operation, **kept.params)
    if result.error:
        flash_refused(request, result, f"{kept.name} was refused")
    else:
        made = store(request, kept.operation, kept.params, result.output)
        flash_success(request, f"{made.name} gave new credentials of {made.arn}.")
    return redirect(_url(kept))


@require_POST
@console_page
def forget(request: HttpRequest) -> HttpResponse:
    """*Forget*: drop them here; nobody can revoke temporary credentials."""
    kept = find_stored(request)
    if kept is None:
        return _gone(request)
    drop(request, kept)
    flash_info(
        request, f"{kept.access_key_id} is removed from this page. It works until it expires."
    )
    return redirect(_url(kept))


@require_POST
@console_page
def open_in_console(request: HttpRequest) -> HttpResponse:
    """Open another console with the credentials, as AWS's federation endpoint does."""
    kept = find_stored(request)
    if kept is None or not kept.opens_console:
        return _gone(request)
    page = visited(request)
    try:
        caller_of(open_token(kept.session_token), page.origin, page.visit)
    except AwsError as error:
        flash_refused(request, CallResult(error=error), "No console was opened")
        return redirect(_url(kept))
    return start_console(request, kept.session_token)
