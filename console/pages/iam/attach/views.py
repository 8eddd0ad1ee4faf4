"""*Add permissions* and *Attach policies*: one page for users, groups and roles."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call, call_listing
from console.pages.iam.access_changes.preview import change_preview
from console.pages.iam.attach.grants import attach_policies, grant, supposed_grant
from console.pages.iam.attach.options import PermissionsChoice, option_tables
from console.pages.iam.entities.policy_rows import PolicyRow, own_policies
from console.pages.iam.entity_pages import USER, EntityPages
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_table import policy_picker
from console.pages.iam.refusals import refused_page
from console.pages.outcomes import MOST_AT_ONCE, chosen_of
from console.signin.console import console_of
from console.signin.guard import console_page
from iam.analysis import with_attached

_PICKER = policy_picker(title="Other permissions policies")


@dataclass(frozen=True)
class _Present:
    """The policies that an entity has already, and the refused call if there is one."""

    rows: list[PolicyRow]
    listed: CallResult

    @property
    def arns(self) -> set[str]:
        """Return the ARNs of the managed ones, which are not offered again."""
        return {row.arn for row in self.rows if row.arn}


def _context(kind: EntityPages, name: str, present: _Present, error: str) -> dict[str, Any]:
    title = "Add permissions" if kind is USER else f"Attach permissions policies to {name}"
    button = "Attach policies" if kind.word == "Group" else "Add permissions"
    return {
        "kind": kind,
        "name": name,
        "title": title,
        "button": button,
        "listed": present.listed,
        "current": present.rows,
        "error": error,
        "back": f"{kind.url(name)}?tab=permissions",
    }


@require_http_methods(["GET", "POST"])
@console_page
def attach(request: HttpRequest, kind: EntityPages, name: str) -> HttpResponse:
    """Show the policies to choose from; attach the chosen ones, a call each."""
    present = _Present(*own_policies(request, kind, name))
    if present.listed.error and not present.listed.denied:
        return refused_page(request, present.listed, kind.plural)
    show = _for_user if kind is USER else _for_others
    return show(request, kind, name, present)


def _for_user(
    request: HttpRequest, kind: EntityPages, name: str, present: _Present
) -> HttpResponse:
    chosen, error = PermissionsChoice.of(request.POST), ""
    shown = change_preview(request, lambda world: supposed_grant(request, world, name, chosen))
    if request.method == "POST":
        error = chosen.refusal or ("Choose what to add." if chosen.is_empty else "")
        if not error and "do" not in request.POST and grant(request, name, chosen):
            return redirect(kind.url(name))
    groups = call(request, "iam:ListGroupsForUser", UserName=name).rows("Groups")
    taken = present.arns | {group["GroupName"] for group in groups}
    tables = option_tables(request, chosen, user=name, present=taken)
    context = {**_context(kind, name, present, error), **tables, **shown}
    frame = iam_frame(request, kind.plural, kind.trail(name, "Add permissions"))
    return render(request, "iam/attach/user.html", {**frame, **context})


def _for_others(
    request: HttpRequest, kind: EntityPages, name: str, present: _Present
) -> HttpResponse:
    chosen, error = chosen_of(request.POST.getlist("selected")), ""
    owner, account_id = (kind.word.lower(), name), console_of(request).account_id
    shown = change_preview(request, lambda world: with_attached(world, account_id, owner, chosen))
    if request.method == "POST":
        error = _refusal(chosen)
        if not error and "do" not in request.POST:
            outcomes = attach_policies(request, kind, name, chosen)
            if not outcomes.nothing_done:
                return redirect(f"{kind.url(name)}?tab=permissions")
    found, present_arns = call_listing(request, "iam:ListPolicies"), present.arns
    rows = [policy for policy in found.listing.rows if policy["Arn"] not in present_arns]
    table = _PICKER.view(request, rows, selected=chosen, refused=found.refused)
    context = {**_context(kind, name, present, error), "table": table, **shown}
    frame = iam_frame(request, kind.plural, kind.trail(name, "Add permissions"))
    return render(request, "iam/attach/page.html", {**frame, **context})


def _refusal(chosen: list[str]) -> str:
    if not chosen:
        return "Choose the policies to attach."
    return f"Choose {MOST_AT_ONCE} policies at most." if len(chosen) > MOST_AT_ONCE else ""
