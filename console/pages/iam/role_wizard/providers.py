"""Identity providers as the wizard offers them: the account's own, and those that need no entry."""

from dataclasses import dataclass

from django.http import HttpRequest

from console.pages.iam.providers.kinds import OIDC, name_in
from console.pages.iam.requests import ask
from console.signin.console import console_of
from iam.perform import perform_each
from iam.wire.errors import AwsError

GITHUB = "token.actions.githubusercontent.com"
# Providers that AWS knows by itself: their domain, label, and the key that names one's own app.
KNOWN = (
    ("cognito-identity.amazonaws.com", "Amazon Cognito", "aud", "Identity Pool ID"),
    ("www.amazon.com", "Login with Amazon", "app_id", "Application ID"),
    ("graph.facebook.com", "Facebook", "app_id", "Application ID"),
    ("accounts.google.com", "Google", "aud", "Audience"),
)


@dataclass(frozen=True)
class WebProvider:
    """An OpenID Connect provider of the account, with its audiences."""

    arn: str
    name: str
    audiences: tuple[str, ...]


@dataclass(frozen=True)
class Offered:
    """The providers that a role may trust."""

    web: tuple[WebProvider, ...] = ()
    saml: tuple[tuple[str, str], ...] = ()

    @property
    def github(self) -> str:
        """Return the ARN of GitHub's provider, whose own fields are shown for it."""
        return next((one.arn for one in self.web if one.name == GITHUB), "")


def offered_providers(request: HttpRequest) -> Offered:
    """Return the account's providers; few queries, none where they may not be listed."""
    arns = [
        one["Arn"]
        for one in ask(request, "iam:ListOpenIDConnectProviders").rows("OpenIDConnectProviderList")
    ]
    caller = console_of(request).caller
    asked = [OIDC.named(arn) for arn in arns]
    details = perform_each(caller, "iam:GetOpenIDConnectProvider", asked)
    web = [
        WebProvider(
            arn,
            name_in(arn),
            () if isinstance(detail, AwsError) else tuple(detail["ClientIDList"]),
        )
        for arn, detail in zip(arns, details, strict=True)
    ]
    saml = ask(request, "iam:ListSAMLProviders").rows("SAMLProviderList")
    return Offered(tuple(web), tuple((one["Arn"], name_in(one["Arn"])) for one in saml))
