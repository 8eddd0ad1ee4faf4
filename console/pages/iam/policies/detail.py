"""A policy's page: details and tabs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import CallResult, call
from console.pages.iam.entities.last_accessed import last_accessed
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policies.entities import entity_tables
from console.pages.iam.policies.policy_lookup import (
    PolicyLookup,
    document,
    find_policy,
    policy_page,
)
from console.pages.iam.policy_text import policy_text, policy_text_page
from console.signin.guard import console_page
from console.ui.tabs import Tab, Tabs

TABS = (
    Tab("permissions", "Permissions"),
    Tab("entities", "Entities attached"),
    Tab("tags", "Tags"),
    Tab("versions", "Policy versions"),
    Tab("accessed", "Last Accessed"),
)


class PolicyTabs(Tabs):
    """Tabs of a page whose address has a query string."""

    def url_of(self, tab: Tab) -> str:
        return f"{self.path}&tab={tab.slug}"


def _permissions(request: HttpRequest, found: PolicyLookup) -> dict[str, Any]:
    default = found.policy["DefaultVersionId"]
    version = request.GET.get("version") or default
    result = document(request, found.arn, version)
    text = result.output.get("PolicyVersion", {}).get("Document", "")
    return {
        "document": result,
        "version": version,
        "is_default": version == default,
        **policy_text(text, version),
    }


def _entities(request: HttpRequest, found: PolicyLookup) -> dict[str, Any]:
    return entity_tables(request, found)


def _tags(request: HttpRequest, found: PolicyLookup) -> dict[str, Any]:
    result = call(request, "iam:ListPolicyTags", PolicyArn=found.arn)
    return {"tags_result": result, "shown_tags": result.rows("Tags")}


def _versions(request: HttpRequest, found: PolicyLookup) -> dict[str, Any]:
    result: CallResult = call(request, "iam:ListPolicyVersions", PolicyArn=found.arn)
    return {"versions_result": result, "versions": result.rows("Versions")}


def _accessed(request: HttpRequest, found: PolicyLookup) -> dict[str, Any]:
    return last_accessed(request, found.arn, "this policy allows")


_CONTEXTS: dict[str, Callable[[HttpRequest, PolicyLookup], dict[str, Any]]] = {
    "permissions": _permissions,
    "entities": _entities,
    "tags": _tags,
    "versions": _versions,
    "accessed": _accessed,
}


@policy_page
def policy(request: HttpRequest, found: PolicyLookup) -> HttpResponse:
    """Show the policy that `?arn=` names."""
    tabs = PolicyTabs(TABS, found.url, request.GET.get("tab", ""), label="Policy")
    frame = iam_frame(request, "policies", found.trail())
    page = {**frame, "found": found, "policy": found.policy, "name": found.name, "tabs": tabs}
    links = {
        "edit_url": found.link("policy_edit"),
        "delete_url": found.link("policy_delete"),
        "attach_url": found.link("policy_attach"),
        "detach_url": found.link("policy_detach"),
        "version_url": found.link("policy_version"),
        "tags_url": found.link("policy_tags") if found.is_own else "",
    }
    context = _CONTEXTS[tabs.current](request, found)
    return render(request, f"iam/policies/{tabs.current}.html", {**page, **links, **context})


@console_page
def policy_document(request: HttpRequest) -> HttpResponse:
    """Show what a policy's default version permits, below its row or as a page."""
    found = find_policy(request)
    result = found.result
    if not result.error:
        result = document(request, found.arn, found.policy["DefaultVersionId"])
    text = result.output.get("PolicyVersion", {}).get("Document", "")
    frame = iam_frame(request, "policies", found.trail("Permissions"))
    return policy_text_page(request, frame, result, text, found.name)
