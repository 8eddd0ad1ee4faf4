"""The words for SAML and OpenID Connect providers: in URLs, operations and sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from console.pages.calls import CallResult, call
from console.pages.iam.refusals import refused_page
from console.signin.guard import console_page
from iam.arns import split_arn

CRUMB = "Identity providers"
ProviderView = Callable[[HttpRequest, str, CallResult], HttpResponse]


@dataclass(frozen=True)
class ProviderPages:
    """One type of provider: AWS's word, the parameter that names one, its page."""

    word: str
    page: str
    type: str

    @property
    def parameter(self) -> str:
        return f"{self.word}Arn"

    def named(self, arn: str) -> dict[str, str]:
        return {self.parameter: arn}

    def url(self, arn: str, **more: str) -> str:
        return at(self.page, arn, **more)


SAML = ProviderPages("SAMLProvider", "saml_provider", "SAML")
OIDC = ProviderPages("OpenIDConnectProvider", "oidc_provider", "OpenID Connect")
KINDS: Mapping[str, ProviderPages] = {"saml-provider": SAML, "oidc-provider": OIDC}


def kind_of(arn: str) -> ProviderPages:
    """Return the type of provider that an ARN names; SAML for no ARN, which IAM then refuses."""
    resource = split_arn(arn)[-1]
    return KINDS.get(resource.partition("/")[0], SAML)


def provider_name(arn: str) -> str:
    """Return the console's name of a provider: its name, or its URL."""
    return split_arn(arn)[-1].partition("/")[2] or arn


def at(name: str, arn: str, **more: str) -> str:
    return f"{reverse(name)}?{urlencode({'arn': arn, **more})}"


def trail(arn: str, title: str = "") -> list[tuple[str, str]]:
    """Return the breadcrumbs after IAM of a provider's page, or of one below it."""
    listed, own = (CRUMB, reverse("providers")), kind_of(arn).url(arn)
    if not (name := provider_name(arn)):
        return [listed, (title, "")]
    return [listed, (name, own), (title, "")] if title else [listed, (name, "")]


def provider_page(
    kind: ProviderPages, operation: str
) -> Callable[[ProviderView], Callable[[HttpRequest], HttpResponse]]:
    """Return the decorator of a page about the provider that `?arn=` names.

    The view gets the ARN and the result of a read; a refused read has a page of its own.
    """

    def decorate(view: ProviderView) -> Callable[[HttpRequest], HttpResponse]:
        @console_page
        @wraps(view)
        def loaded(request: HttpRequest) -> HttpResponse:
            arn = request.GET.get("arn", "")
            found = call(request, operation, **kind.named(arn))
            if found.error:
                return refused_page(request, found, "providers")
            return view(request, arn, found)

        return loaded

    return decorate
