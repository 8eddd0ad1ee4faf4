"""The policy simulator's page: one form, whose buttons add to it or run it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.labs.rules import Tool
from console.pages.calls import call, call_all
from console.pages.iam.entity_pages import KINDS
from console.pages.iam.navigation import iam_frame
from console.pages.iam.simulator.context_rows import TYPES, ContextRow, typed_rows, with_keys
from console.pages.iam.simulator.decision_views import SimulatedView, simulated_views
from console.pages.iam.simulator.forms import SimulatorForm, with_place
from console.pages.iam.simulator.picker import picker_of, service_choices
from console.signin.console import console_of
from console.signin.guard import console_page, needs
from iam.analysis import reasons
from iam.wire.errors import AwsError

_QUERY = {"source": "PolicySourceArn", "action": "ActionNames", "resource": "ResourceArns"}


def _first(request: HttpRequest) -> SimulatorForm:
    given = {field: request.GET.get(name, "") for name, field in _QUERY.items()}
    return SimulatorForm(initial={"mode": "entity", **given})


def _with_ticked(posted: QueryDict) -> QueryDict:
    """Return the posted data with the ticked actions added to the typed ones."""
    data = posted.copy()
    typed = data.get("ActionNames", "")
    have = {one.lower() for one in typed.replace(",", " ").split()}
    ticked = [one for one in posted.getlist("action") if one.lower() not in have]
    data["ActionNames"] = "\n".join(filter(None, [typed.rstrip(), *ticked]))
    return data


def _keys(request: HttpRequest, form: SimulatorForm) -> list[str]:
    """Return the context keys in the policies, or show why they cannot be read."""
    if form.lacks():
        return []
    word = "Custom" if form.is_custom else "Principal"
    operation = f"iam:GetContextKeysFor{word}Policy"
    result = call(request, operation, **form.policies())
    if result.error:
        form.refuse(with_place(result.error))
    return result.rows("ContextKeyNames")


def _run(
    request: HttpRequest, form: SimulatorForm, rows: list[ContextRow]
) -> list[SimulatedView] | None:
    if not form.words("ActionNames"):
        form.add_error("ActionNames", "Choose at least one action.")
    if form.lacks():
        return None
    try:
        _, found = reasons(console_of(request).caller, form.operation, form.request(rows))
    except AwsError as error:
        form.refuse(with_place(error))
        return None
    return simulated_views(found)


@require_http_methods(["GET", "POST"])
@console_page
@needs(Tool.SIMULATOR)
def simulator(request: HttpRequest) -> HttpResponse:
    """Show the simulator; its buttons pick actions, load context keys, or run the simulation."""
    decisions, rows, service = None, [ContextRow()], ""
    if request.method == "POST":
        form = SimulatorForm(_with_ticked(request.POST))
        form.is_valid()
        rows, do = typed_rows(request.POST), request.POST.get("do", "")
        service = form.cleaned_data.get("service", "")
        if do == "keys":
            rows = with_keys(rows, _keys(request, form))
        elif do == "run":
            decisions = _run(request, form, rows)
        if do == "more" or not rows:
            rows = [*rows, ContextRow()]
    else:
        form = _first(request)
    chosen = str(form["PolicySourceArn"].value() or "")
    form.choose_from(principal_choices(request, chosen))
    context: dict[str, Any] = {
        "form": form,
        "decisions": decisions,
        "rows": list(enumerate(rows)),
        "types": TYPES,
        "services": service_choices(),
        "service": service,
        "picker": picker_of(service, str(form["ActionNames"].value() or "").split()),
        "here": reverse("simulator"),
    }
    frame = iam_frame(request, "simulator", [("Policy simulator", "")])
    return render(request, "iam/simulator/page.html", {**frame, **context})


def principal_choices(request: HttpRequest, chosen: str) -> list[tuple[str, Any]]:
    """Return a select's choices by type of principal; none if nothing may be listed."""
    groups: list[tuple[str, Any]] = []
    known = set()
    for kind in KINDS.values():
        rows = call_all(request, f"iam:List{kind.word}s", f"{kind.word}s").rows(f"{kind.word}s")
        if rows:
            groups.append((kind.crumb, [(row["Arn"], row[kind.parameter]) for row in rows]))
            known |= {row["Arn"] for row in rows}
    if not groups:
        return []
    other = [("Another", [(chosen, chosen)])] if chosen and chosen not in known else []
    return [("", "Choose a user, group or role"), *groups, *other]
