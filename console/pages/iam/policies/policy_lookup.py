"""The policy that a page's address names, with the document of a version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from console.pages.calls import CallResult, call
from console.pages.iam.managed_summary import PolicyDescription
from console.pages.iam.policy_table import policy_type
from console.pages.iam.refusals import refused_page
from console.pages.places import policy_url
from console.signin.guard import console_page
from iam.arns import name_in


@dataclass(frozen=True)
class PolicyLookup:
    """A managed policy, or the refusal in its place."""

    arn: str
    result: CallResult

    @property
    def policy(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.result.output.get("Policy", {})
        return found

    @property
    def description(self) -> PolicyDescription:
        return PolicyDescription(self.policy)

    @property
    def name(self) -> str:
        return name_in(self.arn)

    @property
    def type(self) -> str:
        return policy_type({"Arn": self.arn})

    @property
    def is_own(self) -> bool:
        return self.type == "Customer managed"

    @property
    def url(self) -> str:
        return policy_url(self.arn)

    def tab(self, slug: str) -> str:
        return f"{self.url}&tab={slug}"

    def link(self, name: str) -> str:
        return f"{reverse(name)}?{urlencode({'arn': self.arn})}"

    def trail(self, title: str = "") -> list[tuple[str, str]]:
        listed = ("Policies", reverse("policies"))
        return [listed, (self.name, self.url), (title, "")] if title else [listed, (self.name, "")]


def find_policy(request: HttpRequest) -> PolicyLookup:
    arn = request.POST.get("arn") or request.GET.get("arn", "")
    return PolicyLookup(arn, call(request, "iam:GetPolicy", PolicyArn=arn))


def policy_page(
    view: Callable[[HttpRequest, PolicyLookup], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Pass a view the policy that the request names; a refused look-up has a page of its own."""

    @console_page
    @wraps(view)
    def loaded(request: HttpRequest) -> HttpResponse:
        found = find_policy(request)
        if found.result.error:
            return refused_page(request, found.result, "policies")
        return view(request, found)

    return loaded


def document(request: HttpRequest, arn: str, version_id: str) -> CallResult:
    return call(request, "iam:GetPolicyVersion", PolicyArn=arn, VersionId=version_id)
