"""The three questions of the access map, each answered for one tab of the page."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest

from console.pages.iam.access_map.edges import LAMBDA, ends_of
from console.pages.iam.access_map.graph import graph_of
from console.pages.iam.access_map.links import AccountLinks, page_of, simulator_url
from console.pages.iam.access_map.seen_world import functions_by_role
from console.signin.console import console_of
from console.ui.tables import Column, Empty, SelectFilter, Table
from iam.analysis import (
    PLAIN,
    Circumstances,
    Escalation,
    RoleAccess,
    World,
    escalations,
    escalations_of_all,
    who_can,
    who_can_assume,
)
from iam.wire.command_line import cli_line

_MOST_CHECKED = 100
_MOST_DRAWN = 100
"""Roles, of which some may be nobody's to assume."""
_LONGEST = 2048
_DECISIONS = (("allowed", "Allowed"), ("denied", "Denied"))

ROLES = Table(
    id="assumable",
    title="Who can assume which role",
    info="access-map",
    description="Decided for every principal of the accounts that you see: the role's trust "
    "policy and the principal's own policies together.",
    row_key="arn",
    columns=[
        Column("name", "Role", link=lambda row: row["url"]),
        Column("account", "Account"),
        Column(
            "people",
            "Users and roles that can",
            value=lambda row: " ".join(way.someone.name for way in row["access"].ways),
            template="iam/access_map/ways.html",
            late=True,
            findable=bool,
        ),
        Column("services", "AWS services", kind="wide", late=True, findable=bool),
        Column(
            "others", "Other accounts and providers named", kind="wide", late=True, findable=bool
        ),
    ],
    sort="name",
    empty=Empty("No roles", "There is no role in these accounts."),
)
PEOPLE = Table(
    id="who",
    title="Principals",
    row_key="arn",
    columns=[
        Column("name", "Principal", link=lambda row: row["url"]),
        Column("kind", "Type"),
        Column("decision", "Decision", template="iam/access_map/decision.html"),
        Column("because", "Because", kind="wide"),
        Column("why", "Reasons", template="iam/access_map/why.html", sortable=False),
    ],
    filters=[
        SelectFilter(
            "decision", "Filter by decision", _DECISIONS, lambda row, value: row["is"] == value
        )
    ],
    sort="decision",
    empty=Empty("No principals"),
)


def assume_part(request: HttpRequest, world: World, links: AccountLinks) -> dict[str, Any]:
    """Return who can assume which role in all accounts that are seen, as a table and a drawing.

    Of many roles there is no drawing, and only those that show are asked about.
    """
    own = console_of(request).account_id
    titles = {one.account_id: f"{one.name} · {one.account_id}" for one in world.accounts}
    accounts = {one: titles[one] for one in sorted(titles, key=lambda one: one != own)}
    roles = {role.arn: role for role in world.roles}
    functions = functions_by_role(request)
    if len(roles) <= _MOST_DRAWN:
        found = who_can_assume(world)
        rows = [
            {**_named(one.role, accounts, links), **_entered(one, links, functions)}
            for one in found
        ]
        graph = graph_of(ends_of(found, links, functions), accounts)
        return {"table": ROLES.view(request, rows), "graph": graph, "accounts": accounts}

    def complete(some: list[dict[str, str]], _: frozenset[str]) -> list[dict[str, Any]]:
        found = who_can_assume(world, [roles[row["arn"]] for row in some])
        return [
            {**row, **_entered(access, links, functions)}
            for row, access in zip(some, found, strict=True)
        ]

    names = [_named(role, accounts, links) for role in roles.values()]
    table = ROLES.view(request, names, complete=complete)
    return {"table": table, "graph": None, "accounts": accounts}


def _named(role: Any, accounts: Mapping[str, str], links: AccountLinks) -> dict[str, str]:
    account_id = role.account.account_id
    url = links.page("role", role.name, account_id)
    return {"arn": role.arn, "name": role.name, "url": url, "account": accounts[account_id]}


def _entered(
    access: RoleAccess, links: AccountLinks, functions: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    return {
        "access": access,
        "ways": partial(links.ways_markup, access),
        "services": ", ".join(_service(one, access, functions) for one in access.services),
        "others": ", ".join((*access.outside, *access.federated)),
    }


def _service(name: str, access: RoleAccess, functions: Mapping[str, Sequence[str]]) -> str:
    """Return a service, and which functions run as the role if it is Lambda."""
    run = functions.get(access.role.arn) if name == LAMBDA else None
    names = ", ".join(arn.rpartition(":")[2] for arn in run or ())
    return f"{name} (functions: {names})" if names else name


def who_part(request: HttpRequest, world: World, _: AccountLinks) -> dict[str, Any]:
    """Return who can do the action of the query string, if it names one."""
    action = request.GET.get("action", "").strip()[:_LONGEST]
    resource = request.GET.get("resource", "").strip()[:_LONGEST] or "*"
    mfa = request.GET.get("mfa") == "on"
    asked = {"action": action, "resource": resource, "mfa": mfa}
    if ":" not in action:
        error = "Write an action with its service, such as s3:GetObject." if action else ""
        return {**asked, "action_error": error}
    now = Circumstances(mfa=True) if mfa else PLAIN
    rows = [
        {
            "arn": one.someone.arn,
            "name": one.someone.name,
            "url": page_of(one.someone),
            "kind": one.someone.kind,
            "is": "allowed" if one.allowed else "denied",
            "decision": "Allowed" if one.allowed else "Denied",
            "because": one.because,
            "why": simulator_url(one.someone, action, resource),
        }
        for one in who_can(world, action, resource, now)
    ]
    return {**asked, "table": PEOPLE.view(request, rows)}


def admin_part(request: HttpRequest, world: World, _: AccountLinks) -> dict[str, Any]:
    """Return how one principal could become administrator, or else who could."""
    wanted = request.GET.get("principal", "")
    people = list(world.people.values())
    choices = [(one.arn, f"{one.name} ({one.kind})") for one in people]
    context: dict[str, Any] = {"people": choices, "principal": wanted}
    someone = next((one for one in people if one.arn == wanted), None)
    if someone is not None:
        found = escalations(world, someone, most_paths=3)
        context |= {"found": found, "paths": _paths(found)}
    elif request.GET.get("everyone") == "1" and len(people) <= _MOST_CHECKED:
        context["everyone"] = [
            (one, len(one.paths[0].steps) if one.paths else None)
            for one in escalations_of_all(world)
        ]
    context["can_check_all"] = len(people) <= _MOST_CHECKED
    return context


def _paths(found: Escalation) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (
            path.principal,
            [
                {
                    "step": step,
                    "cli": cli_line(step.operation, step.params) if step.operation else "",
                }
                for step in path.steps
            ],
        )
        for path in found.paths
    ]
