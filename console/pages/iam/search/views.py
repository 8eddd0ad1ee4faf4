"""Search over services, pages, and the account's users, groups, roles and policies."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import call_listing
from console.pages.iam.entity_pages import KINDS
from console.pages.iam.policy_table import policy_type
from console.pages.places import policy_url
from console.pages.services import SERVICES
from console.signin.guard import console_page
from console.ui.search import matches, matching

_MOST = 8


@dataclass(frozen=True)
class Result:
    """One match, with what returns its link: most matches are not shown."""

    label: str
    note: str
    url: Callable[[], str]


@dataclass(frozen=True)
class Results:
    """The matches of one type; with `own` the account's, which the top bar fetches."""

    title: str
    results: list[Result]
    own: bool = False
    more_url: str = ""


def _site(wanted: str) -> Iterator[Results]:
    services = [Result(one.title, one.note, partial(getattr, one, "url")) for one in SERVICES]
    pages = [
        Result(page.title, one.title, partial(getattr, page, "url"))
        for one in SERVICES
        for page in one.pages
    ]
    pages.append(Result("Console Home", "Account", partial(reverse, "console_home")))
    pages.append(Result("Switch role", "Account", partial(reverse, "switchrole")))
    for title, links in (("Services", services), ("Pages", pages)):
        found = [link for link in links if matches(f"{link.label} {link.note}", wanted)]
        yield Results(title, found)


def _entities(request: HttpRequest, wanted: str) -> Iterator[Results]:
    for kind in KINDS.values():
        listing = call_listing(request, f"iam:List{kind.word}s").listing
        names = [str(row[kind.parameter]) for row in listing.rows]
        found = [
            Result(name, f"IAM {kind.noun}", partial(kind.url, name))
            for name in matching(names, names, wanted)
        ]
        yield Results(kind.crumb, found, own=True, more_url=reverse(kind.plural))


def _policies(request: HttpRequest, wanted: str) -> Results:
    rows = call_listing(request, "iam:ListPolicies").listing.rows
    found = [
        Result(row["PolicyName"], policy_type(row), partial(policy_url, row["Arn"]))
        for row in matching(rows, [row["PolicyName"] for row in rows], wanted)
    ]
    return Results("Policies", found, own=True, more_url=reverse("policies"))


@console_page
def search(request: HttpRequest) -> HttpResponse:
    """Show what matches; lists that are denied give no rows."""
    wanted = request.GET.get("q", "").strip()
    groups: list[Results] = []
    if wanted:
        groups = [*_site(wanted), *_entities(request, wanted), _policies(request, wanted)]
    groups = [group for group in groups if group.results]
    context = {"wanted": wanted, "groups": groups, "most": _MOST}
    fragment = "#results" if request.headers.get("HX-Target") == "search-results" else ""
    return render(request, f"iam/search/page.html{fragment}", context)
