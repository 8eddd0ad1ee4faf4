"""Search over services, pages, and the account's users, groups, roles and policies."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.iam.entities.entity_pages import KINDS
from console.pages.iam.policy_table import policy_type, policy_url
from console.pages.iam.requests import ask_all
from console.signin.guard import console_page
from console.ui.search import matches

_PAGES = (
    ("Services", "IAM", "Manage access to AWS resources", "iam_dashboard"),
    ("Services", "EC2", "Virtual servers in the cloud", "instances"),
    ("Services", "S3", "Scalable storage in the cloud", "buckets"),
    ("Services", "CloudTrail", "Track user activity and API usage", "cloudtrail_events"),
    ("Pages", "Users", "IAM", "users"),
    ("Pages", "User groups", "IAM", "groups"),
    ("Pages", "Roles", "IAM", "roles"),
    ("Pages", "Policies", "IAM", "policies"),
    ("Pages", "Identity providers", "IAM", "providers"),
    ("Pages", "Add provider", "IAM", "provider_create"),
    ("Pages", "Create user", "IAM", "user_create"),
    ("Pages", "Create role", "IAM", "role_create"),
    ("Pages", "Create policy", "IAM", "policy_create"),
    ("Pages", "Create group", "IAM", "group_create"),
    ("Pages", "Policy simulator", "IAM", "simulator"),
    ("Pages", "Access map", "IAM", "access_map"),
    ("Pages", "Temporary credentials", "IAM", "temporary_credentials"),
    ("Pages", "Instances", "EC2", "instances"),
    ("Pages", "Buckets", "S3", "buckets"),
    ("Pages", "Event history", "CloudTrail", "cloudtrail_events"),
    ("Pages", "Switch role", "Account", "switchrole"),
)
_MOST = 8


@dataclass(frozen=True)
class Result:
    """Something found, and where it leads."""

    label: str
    note: str
    url: str


@dataclass(frozen=True)
class Results:
    """What was found of one kind; `own` are the account's, which the top bar asks for."""

    title: str
    results: list[Result]
    own: bool = False
    more_url: str = ""


def _site(wanted: str) -> Iterator[Results]:
    for title in ("Services", "Pages"):
        found = [
            Result(label, note, reverse(name))
            for group, label, note, name in _PAGES
            if group == title and matches(f"{label} {note}", wanted)
        ]
        yield Results(title, found)


def _entities(request: HttpRequest, wanted: str) -> Iterator[Results]:
    for kind in KINDS.values():
        answer = ask_all(request, f"iam:List{kind.word}s", f"{kind.word}s")
        names = [str(row[kind.parameter]) for row in answer.rows(f"{kind.word}s")]
        found = [
            Result(name, f"IAM {kind.noun}", kind.url(name))
            for name in names
            if matches(name, wanted)
        ]
        yield Results(kind.crumb, found, own=True, more_url=reverse(kind.plural))


def _policies(request: HttpRequest, wanted: str) -> Results:
    rows = ask_all(request, "iam:ListPolicies", "Policies").rows("Policies")
    found = [
        Result(row["PolicyName"], policy_type(row), policy_url(row["Arn"]))
        for row in rows
        if matches(row["PolicyName"], wanted)
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
