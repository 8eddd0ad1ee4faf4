"""A page with every component, for the tests and for the eye; not part of the site."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from console.ui.flash import flash_error, flash_info, flash_success, flash_warning
from console.ui.navigation import Crumb, Navigation, NavItem, NavSection
from console.ui.tables import Column, Empty, SelectFilter, Table
from console.ui.tabs import Tab, Tabs
from console.ui.wizard import WizardFrame, WizardStep

NAMES = (
    "AmazonS3FullAccess",
    "IAMReadOnlyAccess",
    "AdministratorAccess",
    "AWSCloudTrail_FullAccess",
)
ROWS = [
    {
        "PolicyName": f"{NAMES[n % 4]}{n or ''}",
        "Type": "AWS managed" if n % 3 else "Customer managed",
        "Description": f"Provides access of kind {n} to all buckets, users and trails there are.",
        "Arn": f"arn:aws:iam::aws:policy/{NAMES[n % 4]}{n or ''}",
        "Created": datetime(2026, 11, 23, 9, 30, tzinfo=UTC) - timedelta(days=n),
    }
    for n in range(64)
]


@dataclass(frozen=True)
class Denial:
    """A call that was denied, as the pages have one."""

    message: str
    code: str = "AccessDenied"
    denied: bool = True
    why_url: str = "/why"


DENIAL = Denial("User: arn:aws:iam::1:user/user1 is not authorized to perform: iam:ListUsers")
POLICIES = Table(
    id="policies",
    title="Permissions policies",
    description="You can attach up to 10 managed policies.",
    info="policies",
    columns=(
        Column("PolicyName", "Policy name", link=lambda row: f"/policy/{row['PolicyName']}"),
        Column("Type", "Type"),
        Column("Description", "Description", kind="wide", sortable=False),
        Column("Created", "Created", kind="time", searchable=False),
        Column("Arn", "ARN", kind="copy", visible=False),
    ),
    row_key="Arn",
    filters=(
        SelectFilter(
            "type",
            "Filter by Type",
            (("aws", "AWS managed"), ("own", "Customer managed")),
            lambda row, value: (row["Type"] == "AWS managed") == (value == "aws"),
        ),
    ),
    selection="checkbox",
    keep_selection=True,
    page_size=10,
    detail=lambda row: "/detail",
)
ROLES = Table(
    id="roles",
    prefix="roles-",
    title="Roles",
    columns=(Column("name", "Role name"), Column("trust", "Trusted entities")),
    selection="radio",
    empty=Empty("No roles", "You have no roles yet.", "Create role", "/roles/create"),
)
USERS = Table(id="users", prefix="users-", title="Users", columns=(Column("name", "User name"),))

NAVIGATION = Navigation(
    "Identity and Access Management (IAM)",
    "/",
    search="Search IAM",
    sections=(
        NavSection((NavItem("Dashboard", "/"),)),
        NavSection(
            (
                NavItem("User groups", "/groups"),
                NavItem("Users", "/users"),
                NavItem("Roles", "/roles", current=True),
                NavItem("Policies", "/policies"),
                NavItem("Identity providers"),
            ),
            "Access management",
        ),
        NavSection(
            (NavItem("Credential report"), NavItem("Organization activity")), "Access reports"
        ),
        NavSection(
            (NavItem("CloudTrail", "/trail", external=True),), "Related consoles", divided=True
        ),
    ),
)
STEPS = (
    WizardStep("trust", "Select trusted entity", "/wizard?step=trust"),
    WizardStep("permissions", "Add permissions", "/wizard?step=permissions"),
    WizardStep("review", "Name, review, and create", "/wizard?step=review"),
)
DOCUMENT = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "VisualEditor0",
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": "*",
      "MaxAge": 3600
    }
  ]
}"""
FINDINGS = [
    {
        "severity": "error",
        "message": "`MaxAge` is no element of a statement.",
        "line": 9,
        "column": 7,
    },
    {
        "severity": "warning",
        "message": "The all wildcard '*' may be overly permissive.",
        "line": 8,
        "column": 19,
        "code": "Wildcard",
    },
]
COLORS = ("", "red", "orange", "yellow", "green", "blue")


class RoleForm(forms.Form):
    name = forms.CharField(label="Role name", max_length=64)
    description = forms.CharField(label="Description", required=False, widget=forms.Textarea)
    duration = forms.ChoiceField(
        label="Maximum session duration", choices=[("1", "1 hour"), ("2", "2 hours")]
    )
    account = forms.ChoiceField(
        label="An AWS account",
        choices=[("this", "This account (975050059573)"), ("other", "Another AWS account")],
        widget=forms.RadioSelect,
    )
    mfa = forms.BooleanField(label="Require MFA", required=False)
    document = forms.CharField(label="Trust policy", required=False, widget=forms.Textarea)


def console(color: str, *, role: bool) -> SimpleNamespace:
    user = SimpleNamespace(name="user1", account_id="975050059573", account_alias="notes-demo")
    session = SimpleNamespace(name="S3Role", account_id="111122223333", account_alias="")
    history = [
        {
            "display_name": f"{each or 'none'}-role",
            "color": each,
            "account": "975050059573",
            "role_name": f"{each}Role",
        }
        for each in COLORS[:5]
    ]
    return SimpleNamespace(
        label="S3 full access" if role else "user1",
        color=color,
        role=SimpleNamespace(has_display_name=True) if role else None,
        active_as=session if role else None,
        seconds_left=2520,
        caller=SimpleNamespace(expires_at=datetime(2026, 5, 28, 13, 48, tzinfo=UTC)),
        signed_in_as=user,
        is_role=role,
        is_root=False,
        can_switch=True,
        history=history,
        sandbox=SimpleNamespace(name="demo", lab=""),
        identity="AKIAEXAMPLE",
    )


def _context(request: HttpRequest) -> dict[str, object]:
    calls = [
        {
            "operation": "iam:ListRoles",
            "outcome": "Success",
            "error": "",
            "cli": "aws iam list-roles",
        },
        {
            "operation": "iam:ListUsers",
            "outcome": "AccessDenied",
            "error": "User: user1 is not authorized to perform: iam:ListUsers",
            "cli": "aws iam list-users",
        },
    ]
    request.console = console(request.GET.get("color", ""), role="color" in request.GET)  # type: ignore[attr-defined]
    return {
        "console": request.console,  # type: ignore[attr-defined]
        "navigation": NAVIGATION,
        "breadcrumbs": (Crumb("IAM", "/"), Crumb("Roles", "/roles"), Crumb("Gallery")),
        "calls": calls,
    }


def gallery(request: HttpRequest) -> HttpResponse:
    if "flash" in request.GET:
        flash_success(request, "Role <S3Role> created.", ("View role", "/roles/S3Role"))
        flash_error(request, "The role could not be deleted.")
        flash_info(request, "You are user1 again, with your original permissions.")
        flash_warning(request, "One of 3 policies was not attached.", ("Why?", "/why"))
    data = {"name": "bad name!", "account": "other", "document": DOCUMENT}
    form = RoleForm(data if "errors" in request.GET else None, initial=data)
    if form.is_bound:
        form.add_error("name", "The specified value for roleName is invalid.")
        form.add_error(None, "Invalid information in one or more fields.")
    context = {
        "form": form,
        "policies": POLICIES.view(request, ROWS),
        "roles": ROLES.view(request, ()),
        "users": USERS.view(
            request,
            (),
            refused=DENIAL,
        ),
        "tabs": Tabs(
            (
                Tab("permissions", "Permissions", 2),
                Tab("trust", "Trust relationships"),
                Tab("tags", "Tags"),
            ),
            request.path,
            request.GET.get("tab", ""),
        ),
        "document": DOCUMENT,
        "findings": FINDINGS,
        "colors": COLORS,
    }
    return render(request, "gallery.html", _context(request) | context)


def wizard(request: HttpRequest) -> HttpResponse:
    frame = WizardFrame(STEPS, request.GET.get("step", "permissions"), "/", "Create role")
    context = {
        "frame": frame,
        "policies": POLICIES.view(request, ROWS, selected=[str(ROWS[40]["Arn"])]),
    }
    return render(request, "wizard.html", _context(request) | context)


def help_topic(request: HttpRequest, topic: str) -> HttpResponse:
    return render(request, "help.html", {"topic": topic})


def signin(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery_signin.html", {"form": RoleForm()})


def site(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery_site.html")


def detail(request: HttpRequest) -> HttpResponse:
    return render(request, "detail.html", {"document": DOCUMENT})


urlpatterns = [
    path("", gallery, name="gallery"),
    path("wizard", wizard),
    path("signin-page", signin),
    path("site-page", site),
    path("detail", detail),
    path("help/<slug:topic>", help_topic),
    *staticfiles_urlpatterns(),
]
