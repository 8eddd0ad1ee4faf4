"""The services of this console, for the services menu, the search and *Related consoles*."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse

from console.ui.navigation import NavItem, NavSection
from iam.catalogue.regions import HOME_REGION, region_name


@lru_cache(maxsize=256)
def _path(url_name: str) -> str:
    """Return the address after `/` or `/c/<id>/`; cached: every page lists all of them."""
    return reverse(url_name).removeprefix(get_script_prefix())


@dataclass(frozen=True)
class ConsolePage:
    """A page that the search finds by its title."""

    title: str
    url_name: str

    @property
    def url(self) -> str:
        """Return its address in the console of the request; empty if the site has no such page.

        The gallery of components shows the menu without having its pages.
        """
        try:
            return get_script_prefix() + _path(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class ConsoleService(ConsolePage):
    """A service: its home page, its place in the services menu, its link in other consoles."""

    category: str
    note: str
    related_label: str
    pages: tuple[ConsolePage, ...]

    @property
    def part(self) -> str:
        """Return the first part of its address: *iam*."""
        return _path(self.url_name).partition("/")[0]


IAM = ConsoleService(
    title="IAM",
    url_name="iam_dashboard",
    category="Security, Identity, & Compliance",
    note="Manage access to AWS resources",
    related_label="IAM: users and roles",
    pages=(
        ConsolePage("Users", "users"),
        ConsolePage("User groups", "groups"),
        ConsolePage("Roles", "roles"),
        ConsolePage("Policies", "policies"),
        ConsolePage("Identity providers", "providers"),
        ConsolePage("Add provider", "provider_create"),
        ConsolePage("Create user", "user_create"),
        ConsolePage("Create role", "role_create"),
        ConsolePage("Create policy", "policy_create"),
        ConsolePage("Create group", "group_create"),
        ConsolePage("Access Analyzer", "access_analyzer"),
        ConsolePage("Policy simulator", "simulator"),
        ConsolePage("Access map", "access_map"),
        ConsolePage("Temporary credentials (STS)", "temporary_credentials"),
    ),
)
EC2 = ConsoleService(
    title="EC2",
    url_name="instances",
    category="Compute",
    note="Virtual servers in the cloud",
    related_label="EC2: instances",
    pages=(ConsolePage("Instances", "instances"),),
)
LAMBDA = ConsoleService(
    title="Lambda",
    url_name="functions",
    category="Compute",
    note="Run code without thinking about servers",
    related_label="Lambda: functions",
    pages=(
        ConsolePage("Functions", "functions"),
        ConsolePage("Create function", "function_create"),
    ),
)
S3 = ConsoleService(
    title="S3",
    url_name="buckets",
    category="Storage",
    note="Scalable storage in the cloud",
    related_label="S3: buckets",
    pages=(ConsolePage("Buckets", "buckets"),),
)
CLOUDTRAIL = ConsoleService(
    title="CloudTrail",
    url_name="cloudtrail_events",
    category="Management & Governance",
    note="Track user activity and API usage",
    related_label="CloudTrail: event history",
    pages=(ConsolePage("Event history", "cloudtrail_events"),),
)
ORGANIZATIONS = ConsoleService(
    title="AWS Organizations",
    url_name="organization",
    category="Management & Governance",
    note="Central governance of AWS accounts",
    related_label="Organizations: accounts",
    pages=(
        ConsolePage("AWS accounts", "organization"),
        ConsolePage("Control policies (SCPs, RCPs)", "organization_policies"),
    ),
)
SERVICES = (IAM, EC2, LAMBDA, S3, CLOUDTRAIL, ORGANIZATIONS)


def all_consoles() -> NavSection:
    return NavSection(tuple(NavItem(one.related_label, one.url) for one in SERVICES))


def related_consoles(service: ConsoleService) -> NavSection:
    others = (NavItem(one.related_label, one.url) for one in SERVICES if one is not service)
    return NavSection(tuple(others), heading="Related consoles", divided=True)


def top_bar(request: HttpRequest) -> dict[str, Any]:
    home_region = f"{region_name(HOME_REGION)}, {HOME_REGION}"
    return {"console_services": SERVICES, "home_region": home_region}
