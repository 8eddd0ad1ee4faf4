"""Identity providers that an account trusts."""

from typing import Any

from factory import Sequence, SubFactory

from iam.factories.accounts import AccountFactory
from iam.factories.requests import RequestFactory, requested
from iam.models import Account, OidcProvider, SamlProvider
from iam.wire.tags import tag_list


class SamlProviderFactory(RequestFactory[SamlProvider]):
    """A SAML provider, made from its metadata document."""

    class Meta:
        model = SamlProvider

    account = SubFactory(AccountFactory)
    name = Sequence(lambda n: f"provider-{n}")
    metadata = ""
    tags: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> SamlProvider:
        """Create the provider."""
        account: Account = given["account"]
        params = {
            "Name": given["name"],
            "SAMLMetadataDocument": given["metadata"],
            "Tags": tag_list(given["tags"]),
        }
        requested(account, "iam:CreateSAMLProvider", params, given["received_at"])
        rows = SamlProvider.in_sandbox(account.sandbox)
        provider: SamlProvider = rows.get(account=account, name=given["name"])
        provider.account = account
        return provider


class OidcProviderFactory(RequestFactory[OidcProvider]):
    """An OIDC provider, with its keys as a JSON Web Key Set if any are given."""

    class Meta:
        model = OidcProvider

    account = SubFactory(AccountFactory)
    url = Sequence(lambda n: f"https://idp-{n}.example.com")
    client_ids: tuple[str, ...] = ("sts.amazonaws.com",)
    thumbprints: tuple[str, ...] = ()
    keys = ""
    tags: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> OidcProvider:
        """Create the provider, then give it its keys."""
        account: Account = given["account"]
        params = {
            "Url": given["url"],
            "ClientIDList": list(given["client_ids"]),
            "ThumbprintList": list(given["thumbprints"]),
            "Tags": tag_list(given["tags"]),
        }
        moment = given["received_at"]
        made = requested(account, "iam:CreateOpenIDConnectProvider", params, moment)
        if given["keys"]:
            named = {"OpenIDConnectProviderArn": made["OpenIDConnectProviderArn"]}
            keys = {**named, "JsonWebKeySet": given["keys"]}
            requested(account, "iam:UpdateOpenIDConnectProviderKeys", keys, moment)
        url = given["url"].removeprefix("https://")
        provider: OidcProvider = OidcProvider.in_sandbox(account.sandbox).get(
            account=account, url=url
        )
        provider.account = account
        return provider
