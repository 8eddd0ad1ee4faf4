"""The words for SAML and OpenID Connect providers: in URLs, operations and sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from iam.arns import split_arn

CRUMB = "Identity providers"


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
    name = provider_name(arn)
    return [listed, (name, own), (title, "")] if title else [listed, (name, "")]
