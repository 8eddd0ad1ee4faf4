"""What an administrator does with one sandbox."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from console.administration.record import note_administration
from console.administration.sandboxes import (
    NotPossible,
    accounts_in,
    assign_sandbox,
    change_sandbox,
    copy_sandbox,
    delete_sandbox,
    purpose_of,
    reset_sandbox,
)
from console.labs.catalog import known_labs
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.pages.admin.sandboxes.forms import CopyForm, OwnerForm, SandboxForm
from console.pages.admin.sandboxes.page import found_sandbox, sandbox_page
from console.signin.views.one_click import enter_as_root
from console.ui.flash import flash_error, flash_success


@for_administrators
@require_POST
def sandbox_change(request: HttpRequest, number: int) -> HttpResponse:
    """Rename a sandbox, or decide who may sign in."""
    sandbox, form = found_sandbox(number), SandboxForm(request.POST)
    if not form.is_valid():
        return sandbox_page(request, sandbox, 400, form=form)
    try:
        change_sandbox(sandbox, **form.cleaned_data)
    except NotPossible as refused:
        form.add_error("public", str(refused))
        return sandbox_page(request, sandbox, 400, form=form)
    public = "Public." if form.cleaned_data["public"] else "Not public."
    detail = f"{form.cleaned_data['name']}. {public}"
    note_administration(request.user, "changed the sandbox", sandbox, detail)
    flash_success(request, "The sandbox is saved.")
    return redirect("admin_sandbox", number)


@for_administrators
@require_POST
def sandbox_open(request: HttpRequest, number: int) -> HttpResponse:
    """Sign in as the root user of one of the sandbox's accounts."""
    sandbox, wanted = found_sandbox(number), request.POST.get("account", "")
    named = (one for one in accounts_in(sandbox) if one.account_id == wanted)
    account = next(named, None)
    if account is None:
        raise Http404
    response = enter_as_root(request, account)
    if response.status_code == HTTPStatus.FOUND:
        detail = f"Account {account.account_id} of {sandbox.owner}."
        note_administration(request.user, "opened as root", sandbox, detail)
    return response


@for_administrators
@require_POST
def sandbox_copy(request: HttpRequest, number: int) -> HttpResponse:
    sandbox, form = found_sandbox(number), CopyForm(request.POST)
    if not form.is_valid():
        return sandbox_page(request, sandbox, 400, copy_form=form)
    owner = form.cleaned_data["owner"]
    copy = copy_sandbox(sandbox, owner, form.cleaned_data["name"])
    note_administration(request.user, "copied the sandbox", sandbox, f"{copy} for {owner}.")
    flash_success(request, f"This is the copy. It belongs to {owner}.")
    return redirect("admin_sandbox", copy.pk)


@for_administrators
@require_POST
def sandbox_assign(request: HttpRequest, number: int) -> HttpResponse:
    """Give a sandbox to another owner."""
    sandbox, form = found_sandbox(number), OwnerForm(request.POST)
    if form.is_valid():
        before, owner = sandbox.owner, form.cleaned_data["owner"]
        try:
            assign_sandbox(sandbox, owner)
        except NotPossible as refused:
            form.add_error("owner", str(refused))
        else:
            detail = f"From {before} to {owner}."
            note_administration(request.user, "assigned the sandbox", sandbox, detail)
            flash_success(request, f"The sandbox now belongs to {owner}.")
            return redirect("admin_sandbox", number)
    return sandbox_page(request, sandbox, 400, owner_form=form)


@for_administrators
@require_http_methods(["GET", "POST"])
def sandbox_reset(request: HttpRequest, number: int) -> HttpResponse:
    """Ask first, then start a sandbox again."""
    sandbox = found_sandbox(number)
    if request.method != "POST":
        return _ask(request, number, "reset")
    try:
        reset_sandbox(sandbox)
    except NotPossible as refused:
        flash_error(request, str(refused))
    else:
        note_administration(request.user, "reset the sandbox", sandbox, f"Of {sandbox.owner}.")
        flash_success(
            request, "The sandbox was reset to its start. Everybody in it was signed out."
        )
    return redirect("admin_sandbox", number)


@for_administrators
@require_http_methods(["GET", "POST"])
def sandbox_delete(request: HttpRequest, number: int) -> HttpResponse:
    """Ask first, then delete a sandbox with all that is in it."""
    sandbox = found_sandbox(number)
    if request.method != "POST":
        return _ask(request, number, "delete")
    detail = f"{purpose_of(sandbox, known_labs()).text}. Of {sandbox.owner}."
    delete_sandbox(sandbox)
    note_administration(request.user, "deleted the sandbox", sandbox, detail)
    flash_success(request, f"{sandbox} is deleted.")
    return redirect("admin_sandboxes")


def _ask(request: HttpRequest, number: int, what: str) -> HttpResponse:
    sandbox = found_sandbox(number)
    context = {
        "sandbox": sandbox,
        "purpose": purpose_of(sandbox, known_labs()),
        "deletes": what == "delete",
    }
    return render_admin_page(request, "administration/sandboxes/confirm.html", context)
