"""Setting, changing and removing the permissions boundary of users and roles."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call, call_all
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.access_changes.preview import change_preview
from console.pages.iam.entity_pages import EntityPages
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_table import policy_picker
from console.pages.iam.refusals import refused_page
from console.pages.places import policy_url
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from iam.analysis import with_boundary
from iam.wire.errors import AwsError

_PICKER = policy_picker(
    id="boundary",
    title="Policies",
    selection="radio",
    selection_name="boundary",
    keep_selection=False,
)


def boundary_of(entity: Mapping[str, Any]) -> str:
    return str(entity.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", ""))


def boundary_part(kind: EntityPages, name: str, entity: Mapping[str, Any]) -> dict[str, str]:
    """Return the context of `iam/entities/boundary_part.html` on the entity's page."""
    arn = boundary_of(entity)
    return {
        "noun": kind.noun,
        "boundary": arn,
        "boundary_url": policy_url(arn) if arn else "",
        "set_boundary_url": reverse(f"{kind.page}_boundary", args=[name]),
        "remove_boundary_url": reverse(f"{kind.page}_boundary_remove", args=[name]),
    }


def _put(request: HttpRequest, kind: EntityPages, name: str, arn: str) -> CallResult:
    if not arn:
        message = "Choose the policy to use as the boundary."
        return CallResult(error=AwsError("ValidationError", message))
    params = {kind.parameter: name, "PermissionsBoundary": arn}
    return call(request, f"iam:Put{kind.word}PermissionsBoundary", **params)


def _previewed(request: HttpRequest, kind: EntityPages, name: str, arn: str) -> dict[str, Any]:
    owner, account_id = (kind.word.lower(), name), console_of(request).account_id
    return change_preview(request, lambda world: with_boundary(world, account_id, owner, arn))


@require_http_methods(["GET", "POST"])
@console_page
def entity_boundary(request: HttpRequest, kind: EntityPages, name: str) -> HttpResponse:
    """Set or replace the permissions boundary."""
    entity = call(request, f"iam:Get{kind.word}", **{kind.parameter: name})
    if entity.error:
        return refused_page(request, entity, kind.plural)
    refused, chosen = CallResult(), request.POST.get("boundary", "")
    shown = _previewed(request, kind, name, chosen)
    if request.method == "POST" and "do" not in request.POST:
        refused = _put(request, kind, name, chosen)
        if not refused.error:
            flash_success(request, f"Permissions boundary set for {kind.noun} {name}.")
            return redirect(kind.url(name))
    result = call_all(request, "iam:ListPolicies", "Policies")
    selected = [chosen or boundary_of(entity.output[kind.word])]
    context = {
        "name": name,
        "noun": kind.noun,
        "table": _PICKER.view(request, result.rows("Policies"), selected=selected, refused=result),
        "refused": refused,
        "back": kind.url(name),
        **shown,
    }
    frame = iam_frame(request, kind.plural, kind.trail(name, "Permissions boundary"))
    return render(request, "iam/entities/boundary.html", {**frame, **context})


@require_http_methods(["GET", "POST"])
@console_page
def entity_boundary_remove(request: HttpRequest, kind: EntityPages, name: str) -> HttpResponse:
    """Ask for confirmation, then remove the permissions boundary."""
    dialog = ConfirmDialog(
        f"Remove the permissions boundary of {name}?",
        (f"The {kind.noun}'s policies then apply without a limit.",),
        "Remove boundary",
        kind.url(name),
    )
    frame = iam_frame(request, kind.plural, kind.trail(name, "Remove boundary"))
    frame |= _previewed(request, kind, name, "")
    operation = f"iam:Delete{kind.word}PermissionsBoundary"
    remove = partial(call, request, operation, **{kind.parameter: name})
    done = f"Permissions boundary removed from {kind.noun} {name}."
    return dialog.carry_out(request, frame, remove, done)
