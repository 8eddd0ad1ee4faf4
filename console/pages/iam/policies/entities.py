"""The entities that have a policy: the tables, attaching and detaching."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call, call_all
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import sent
from console.pages.iam.access_changes.preview import change_preview
from console.pages.iam.entity_pages import KINDS, EntityPages
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policies.policy_lookup import PolicyLookup, policy_page
from console.pages.outcomes import MOST_AT_ONCE, Outcomes, chosen_of
from console.signin.console import console_of
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, SelectFilter, Table
from iam.analysis import World, with_attached, without_policies

_TYPES = {"users": "IAM users", "groups": "IAM user groups", "roles": "IAM roles"}


@dataclass(frozen=True)
class EntityRow:
    """A user, group or role; its key names its type: *roles/Auditor*."""

    kind: EntityPages
    name: str

    @property
    def key(self) -> str:
        return f"{self.kind.plural}/{self.name}"

    @property
    def type(self) -> str:
        return _TYPES[self.kind.plural]

    @property
    def url(self) -> str:
        return self.kind.url(self.name)


def _table(**options: Any) -> Table:
    defaults: dict[str, Any] = {
        "id": "entities",
        "title": "Attached as a permissions policy",
        "description": "A permissions policy is attached to IAM users, groups and roles, and "
        "defines their permissions.",
        "row_key": "key",
        "selection": "checkbox",
        "columns": [
            Column("name", "Entity name", link=lambda row: row.url),
            Column("type", "Entity type"),
        ],
        "filters": [
            SelectFilter(
                "type",
                "Filter by Entity type",
                tuple(_TYPES.items()),
                lambda row, value: row.kind.plural == value,
            )
        ],
        "empty": Empty("No resources to display"),
    }
    return Table(**{**defaults, **options})


_ATTACHED = _table()
_BOUNDARY = _table(
    id="boundaries",
    title="Attached as a permissions boundary",
    description="A permissions boundary sets the maximum permissions of IAM users and roles.",
    prefix="boundary-",
    selection="none",
)
_OTHERS = _table(
    id="others",
    title="IAM entities",
    description="",
    selection_form="",
    keep_selection=True,
)


def _rows(result: CallResult) -> list[EntityRow]:
    return [
        EntityRow(kind, row[kind.parameter])
        for kind in KINDS.values()
        for row in result.rows(f"Policy{kind.word}s")
    ]


def _using(request: HttpRequest, found: PolicyLookup, usage: str) -> CallResult:
    params = {"PolicyArn": found.arn, "PolicyUsageFilter": usage, "MaxItems": 1000}
    return call(request, "iam:ListEntitiesForPolicy", **params)


def entity_tables(request: HttpRequest, found: PolicyLookup) -> dict[str, Any]:
    """Return the tables of the tab *Entities attached*."""
    attached = _using(request, found, "PermissionsPolicy")
    bounded = _using(request, found, "PermissionsBoundary")
    return {
        "table": _ATTACHED.view(request, _rows(attached), refused=attached),
        "boundary_table": _BOUNDARY.view(request, _rows(bounded), refused=bounded),
    }


def _chosen(values: list[str]) -> Iterator[EntityRow]:
    for value in chosen_of(values)[:MOST_AT_ONCE]:
        plural, _, name = value.partition("/")
        if plural in KINDS and name:
            yield EntityRow(KINDS[plural], name)


def _perform(
    request: HttpRequest, found: PolicyLookup, verb: str, rows: list[EntityRow]
) -> Outcomes:
    outcomes = Outcomes()
    for row in rows:
        params = {row.kind.parameter: row.name, "PolicyArn": found.arn}
        outcomes.call(request, row.name, f"iam:{verb}{row.kind.word}Policy", **params)
    if count := len(outcomes.done):
        entities = "1 entity" if count == 1 else f"{count} entities"
        done = "attached to" if verb == "Attach" else "detached from"
        flash_success(request, f"Policy {found.name} {done} {entities}.")
    outcomes.flash_refused(request, "attached" if verb == "Attach" else "detached")
    return outcomes


_CHOOSE = "Choose the entities to attach to."


def _previewed(
    request: HttpRequest,
    found: PolicyLookup,
    rows: list[EntityRow],
    change: Callable[[World, str, tuple[str, str], list[str]], World],
) -> dict[str, Any]:
    account_id = console_of(request).account_id

    def suppose(world: World) -> World:
        for row in rows:
            world = change(world, account_id, (row.kind.word.lower(), row.name), [found.arn])
        return world

    return change_preview(request, suppose)


def _everybody(request: HttpRequest) -> tuple[list[EntityRow], CallResult]:
    rows: list[EntityRow] = []
    refused = CallResult()
    for kind in KINDS.values():
        result = call_all(request, f"iam:List{kind.word}s", f"{kind.word}s")
        rows += [EntityRow(kind, one[kind.parameter]) for one in result.rows(f"{kind.word}s")]
        refused = result if result.error else refused
    return rows, CallResult() if rows else refused


@require_http_methods(["GET", "POST"])
@policy_page
def policy_attach(request: HttpRequest, found: PolicyLookup) -> HttpResponse:
    """Attach the policy to the chosen users, groups and roles."""
    chosen = list(_chosen(request.POST.getlist("selected")))
    sends = chosen and "do" not in request.POST
    if sends and not _perform(request, found, "Attach", chosen).nothing_done:
        return redirect(found.tab("entities"))
    have = {row.key for row in _rows(_using(request, found, "PermissionsPolicy"))}
    rows, refused = _everybody(request)
    others = [row for row in rows if row.key not in have]
    context = {
        "table": _OTHERS.view(
            request, others, selected=[one.key for one in chosen], refused=refused
        ),
        **_previewed(request, found, chosen, with_attached),
        "name": found.name,
        "error": _CHOOSE if request.method == "POST" and not chosen else "",
        "back": found.tab("entities"),
    }
    frame = iam_frame(request, "policies", found.trail("Attach"))
    return render(request, "iam/policies/attach.html", {**frame, **context})


@require_http_methods(["GET", "POST"])
@policy_page
def policy_detach(request: HttpRequest, found: PolicyLookup) -> HttpResponse:
    """Ask for confirmation, then detach the policy from the chosen entities."""
    data = sent(request)
    rows = list(_chosen(data.getlist("selected")))
    if not rows:
        return redirect(found.tab("entities"))
    dialog = ConfirmDialog(
        f"Detach {found.name}?",
        ("These entities lose the permissions in the policy. The policy itself stays.",),
        "Detach policy",
        found.tab("entities"),
        hidden=(("arn", found.arn), *(("selected", row.key) for row in rows)),
        items=tuple((row.name, row.type) for row in rows),
    )
    if not dialog.confirmed(request):
        frame = iam_frame(request, "policies", found.trail("Detach"))
        return dialog.show(request, frame | _previewed(request, found, rows, without_policies))
    _perform(request, found, "Detach", rows)
    return redirect(found.tab("entities"))
