"""The wizard's identity providers: the account's own, and those that AWS knows by itself."""

from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest

from console.pages.calls import CallResult, call, call_each
from console.pages.iam.providers.provider_pages import OIDC, provider_name

GITHUB = "token.actions.githubusercontent.com"


class WellKnownProvider(NamedTuple):
    """A provider that AWS knows by itself.

    `key` is the condition key of the app's ID, `asked` the console's label of that ID, and
    `keys` are all keys for conditions.
    """

    domain: str
    label: str
    key: str
    asked: str
    keys: tuple[str, ...]


KNOWN = (
    WellKnownProvider(
        "cognito-identity.amazonaws.com",
        "Amazon Cognito",
        "aud",
        "Identity Pool ID",
        ("sub", "aud", "amr"),
    ),
    WellKnownProvider(
        "www.amazon.com", "Login with Amazon", "app_id", "Application ID", ("user_id", "app_id")
    ),
    WellKnownProvider(
        "graph.facebook.com", "Facebook", "app_id", "Application ID", ("id", "app_id")
    ),
    WellKnownProvider("accounts.google.com", "Google", "aud", "Audience", ("sub", "aud", "oaud")),
)


@dataclass(frozen=True)
class WebProvider:
    """An OpenID Connect provider of the account, with the call that returned its audiences."""

    arn: str
    name: str
    audiences: tuple[str, ...]
    result: CallResult

    @property
    def url(self) -> str:
        return OIDC.url(self.arn)


@dataclass(frozen=True)
class OfferedProviders:
    """The providers that a role may trust, and the calls that listed them."""

    web: tuple[WebProvider, ...]
    saml: tuple[tuple[str, str], ...]
    web_result: CallResult
    saml_result: CallResult

    @property
    def github(self) -> str:
        return next((one.arn for one in self.web if one.name == GITHUB), "")


def offered_providers(request: HttpRequest) -> OfferedProviders:
    """Return the account's providers, with few queries; a refused list is empty."""
    web = call(request, "iam:ListOpenIDConnectProviders")
    arns = [one["Arn"] for one in web.rows("OpenIDConnectProviderList")]
    asked = [OIDC.named(arn) for arn in arns]
    details = call_each(request, "iam:GetOpenIDConnectProvider", asked)
    saml = call(request, "iam:ListSAMLProviders")
    return OfferedProviders(
        tuple(_web_provider(arn, detail) for arn, detail in zip(arns, details, strict=True)),
        tuple((one["Arn"], provider_name(one["Arn"])) for one in saml.rows("SAMLProviderList")),
        web,
        saml,
    )


def _web_provider(arn: str, result: CallResult) -> WebProvider:
    return WebProvider(arn, provider_name(arn), tuple(result.rows("ClientIDList")), result)
