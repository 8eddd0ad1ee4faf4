"""*Effective permissions*: what a principal's policies leave together, and who gets into a role."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix

from console.labs.rules import Tool
from console.pages.calls import CallResult
from console.pages.iam.access_map.edges import ends_of
from console.pages.iam.access_map.links import AccountLinks
from console.pages.iam.entities.role_picture import role_picture
from console.signin.console import console_of
from console.signin.lab_rules import rules_for
from console.ui.tables import Column, Empty, Table
from console.ui.tabs import Tab
from iam.analysis import (
    LAYER_NAMES,
    Coverage,
    EffectivePermissions,
    Layer,
    ServiceReach,
    effective_permissions,
    seen_by,
    who_can_assume,
)
from iam.catalogue import ACCESS_LEVELS
from iam.wire.errors import AwsError

TAB = Tab("effective", "Effective permissions")
_WHOLE = {Coverage.ALL: "Full", Coverage.SOME: "Partial", Coverage.NONE: "-"}
_BAR = 320
_ORDER = (Layer.PRINCIPAL, Layer.PERMISSIONS_BOUNDARY, Layer.SCP, Layer.SESSION)

SERVICES = Table(
    id="effective",
    title="What is left",
    info="effective-permissions",
    description="By service and access level. Partial: on some resources or actions only, or "
    "under conditions.",
    search="Find services",
    row_key="service",
    columns=[
        Column("service", "Service"),
        *(Column(level, level) for level in ACCESS_LEVELS),
        Column("limits", "Limited by", kind="wide"),
    ],
    sort="service",
    empty=Empty("Nothing", "No identity-based policy allows anything."),
)


@dataclass(frozen=True)
class Bar:
    """How many services a layer lets something through of, beside all that identity allows."""

    title: str
    count: int
    width: int
    y: int
    left: bool = False


def effective_tab(request: HttpRequest) -> tuple[Tab, ...]:
    """Return the tab where the lab has it: it answers what the access map does."""
    console = console_of(request)
    return (TAB,) if rules_for(request, console.sandbox).allows(Tool.MAP) else ()


def effective_part(request: HttpRequest, arn: str) -> dict[str, Any]:
    """Return what the tab shows of a user or role, to who may see all of the account."""
    try:
        world = seen_by(console_of(request).caller)
        someone = world.someone(arn)
        if someone is None:
            return {}
        found = effective_permissions(someone)
    except AwsError as error:
        return {"refused": CallResult(error=error)}
    rows = [_row(one) for one in found.services]
    bars = bars_of(found)
    context: dict[str, Any] = {
        "table": SERVICES.view(request, rows),
        "bars": bars,
        "bar_width": _BAR,
        "bars_height": len(bars) * 46,
    }
    role = world.role(arn)
    if role is not None:
        links = AccountLinks({console_of(request).account_id: get_script_prefix()})
        (access,) = who_can_assume(world, [role])
        ends = ends_of([access], links)
        context |= {"picture": role_picture(role.name, ends, found), "ends": ends}
    return context


def bars_of(found: EffectivePermissions) -> list[Bar]:
    """Return the bars of the overlap: one a layer, and what is left of all."""
    total = len(found.services)
    if not total:
        return []
    layers = [(LAYER_NAMES[one], found.let_through.get(one, 0), one) for one in _ORDER]
    shown = [
        (title, count)
        for title, count, layer in layers
        if layer in found.let_through or any(layer in one.limits for one in found.services)
    ]
    bars = [*shown, ("Left", found.left)]
    return [
        Bar(title, count, count * _BAR // total, number * 46 + 20, number == len(shown))
        for number, (title, count) in enumerate(bars)
    ]


def _row(reach: ServiceReach) -> dict[str, Any]:
    limits = [LAYER_NAMES[layer] for layer in _ORDER if layer in reach.limits]
    words = {level: _level(reach, level) for level in ACCESS_LEVELS}
    return {"service": reach.name, **words, "limits": ", ".join(limits)}


def _level(reach: ServiceReach, level: str) -> str:
    if reach.whole is not None:
        return _WHOLE[reach.whole]
    found = reach.levels.get(level)
    if found is None or not found.full + found.part:
        return "-"
    if found.full == found.total:
        return "Full"
    return f"Partial ({found.full + found.part} of {found.total})"
