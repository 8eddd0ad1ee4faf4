"""OpenID Connect identity providers: an issuer's URL, audiences and thumbprints."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from iam.actions.bulk_reads import reads_many
from iam.actions.provider_subjects import each_oidc, keys_of_oidc, named_oidc, on_new_oidc
from iam.actions.refusals import already_exists, invalid_input, over_quota
from iam.actions.shapes import shown_tags
from iam.actions.subjects import no_context, whole_account
from iam.actions.tags import checked_tags, register_tags
from iam.federation import BadKeySet, checked_key_set
from iam.models import Account, OidcProvider
from iam.perform import Call, Params, Resolution, Result, reads, writes
from iam.wire.errors import AwsError
from iam.wire.tags import tag_list

OIDC_PROVIDERS_PER_ACCOUNT = 100
_MOST_CLIENTS = 100
_MOST_THUMBPRINTS = 5
_NO_URL = "Invalid Open ID Connect Provider URL"
_THUMBPRINT = "iam:UpdateOpenIDConnectProviderThumbprint"
_HOST = re.compile(r"[A-Za-z0-9.-]+", re.ASCII)
_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/-]*", re.ASCII)


def _checked_url(text: str) -> str:
    """Return an issuer's URL without https://; raises AwsError for one that AWS refuses.

    A slash at the end belongs to it, as with Auth0's: with and without are two providers.
    """
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise invalid_input(f"{_NO_URL}.", "Url") from error
    if not parts.scheme or not parts.netloc:
        raise AwsError("ValidationError", _NO_URL, 400, ("Url",))
    if parts.scheme != "https":
        raise invalid_input(f"{_NO_URL}. The URL must begin with https://.", "Url")
    # Other characters mean a port, a user, or no host.
    named = _HOST.fullmatch(parts.netloc) and _PATH.fullmatch(parts.path)
    if not named or "?" in text or "#" in text:
        raise invalid_input(f"{_NO_URL}.", "Url")
    return parts.netloc + parts.path


def _checked_thumbprints(thumbprints: list[str]) -> list[str]:
    """Return thumbprints as AWS stores them: 40 characters, which need not be hex digits."""
    if len(thumbprints) > _MOST_THUMBPRINTS:
        raise invalid_input("Thumbprint list must contain fewer than 5 entries.", "ThumbprintList")
    return [one.lower() for one in thumbprints]


def new_oidc(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new provider; raises AwsError if the request is refused."""
    url, clients = _checked_url(params["Url"]), list(dict.fromkeys(params.get("ClientIDList", ())))
    rows = OidcProvider.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if rows.filter(url=url).exists():
        raise already_exists(f"Provider with url https://{url} already exists.", "Url")
    if rows.count() >= OIDC_PROVIDERS_PER_ACCOUNT:
        raise over_quota("OpenIdConnectProvidersPerAccount", OIDC_PROVIDERS_PER_ACCOUNT, "Url")
    if len(clients) > _MOST_CLIENTS:
        raise over_quota("ClientIdsPerOpenIdConnectProvider", _MOST_CLIENTS, "ClientIDList")
    return {
        "url": url,
        "client_ids": clients,
        "thumbprints": _checked_thumbprints(list(params.get("ThumbprintList", ()))),
        "tags": checked_tags("OpenIDConnectProvider", {}, params.get("Tags", ())),
    }


@writes("iam:CreateOpenIDConnectProvider", on=on_new_oidc, prepare=new_oidc)
def create_open_id_connect_provider(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Create a provider of an issuer's URL."""
    provider: OidcProvider = OidcProvider.add(
        call.caller.sandbox, account=call.account, created_at=call.caller.now, **fields
    )
    return {"OpenIDConnectProviderArn": provider.arn, **shown_tags(provider)}


@reads_many("iam:GetOpenIDConnectProvider", on=each_oidc)
def get_open_id_connect_provider(
    call: Call, requests: Sequence[Params], providers: Sequence[OidcProvider]
) -> list[Result]:
    """Return providers; their URLs have no https://, as AWS writes them."""
    return [
        {
            "Url": provider.url,
            "ClientIDList": provider.client_ids,
            "ThumbprintList": provider.thumbprints,
            "CreateDate": provider.created_at,
            "Tags": tag_list(provider.tags),
        }
        for provider in providers
    ]


@reads("iam:ListOpenIDConnectProviders", on=whole_account)
def list_open_id_connect_providers(call: Call, params: Params, account: Account) -> Result:
    """List the ARNs of the account's OIDC providers."""
    rows = OidcProvider.in_sandbox(call.caller.sandbox).filter(account=account)
    arns = []
    for provider in rows.only("url"):
        provider.account = account
        arns.append({"Arn": provider.arn})
    return {"OpenIDConnectProviderList": arns}


@writes("iam:AddClientIDToOpenIDConnectProvider", on=named_oidc(no_context))
def add_client_id(call: Call, params: Params, provider: OidcProvider) -> None:
    """Add an audience; one that is there already is not added again."""
    if params["ClientID"] in provider.client_ids:
        return
    if len(provider.client_ids) >= _MOST_CLIENTS:
        raise over_quota("ClientIdsPerOpenIdConnectProvider", _MOST_CLIENTS, "ClientID")
    provider.client_ids = [*provider.client_ids, params["ClientID"]]
    provider.save(update_fields=["client_ids"])


@writes("iam:RemoveClientIDFromOpenIDConnectProvider", on=named_oidc(no_context))
def remove_client_id(call: Call, params: Params, provider: OidcProvider) -> None:
    """Remove an audience; one that is not there is no error."""
    provider.client_ids = [one for one in provider.client_ids if one != params["ClientID"]]
    provider.save(update_fields=["client_ids"])


def with_thumbprints(call: Call, params: Params, provider: OidcProvider) -> OidcProvider:
    provider.thumbprints = _checked_thumbprints(list(params["ThumbprintList"]))
    return provider


@writes(_THUMBPRINT, on=named_oidc(no_context), prepare=with_thumbprints)
def update_thumbprint(call: Call, params: Params, provider: OidcProvider) -> None:
    provider.save(update_fields=["thumbprints"])


@reads("iam:GetOpenIDConnectProviderKeys", on=keys_of_oidc("iam:GetOpenIDConnectProvider"))
def get_keys(call: Call, params: Params, provider: OidcProvider) -> Result:
    """Return the provider's public keys as a JSON Web Key Set; empty if none were set."""
    return {"JsonWebKeySet": json.dumps(provider.keys, indent=2)} if provider.keys else {}


def with_keys(call: Call, params: Params, provider: OidcProvider) -> OidcProvider:
    """Prepare to store public keys, which must be a JSON Web Key Set."""
    text = params.get("JsonWebKeySet", "")
    try:
        provider.keys = checked_key_set(text) if text.strip() else {}
    except BadKeySet as error:
        raise invalid_input(str(error), "JsonWebKeySet") from error
    return provider


@writes("iam:UpdateOpenIDConnectProviderKeys", on=keys_of_oidc(_THUMBPRINT), prepare=with_keys)
def update_keys(call: Call, params: Params, provider: OidcProvider) -> None:
    """Store or remove the provider's public keys, which AWS would fetch from its address."""
    provider.save(update_fields=["keys"])


def on_oidc_to_delete(call: Call, params: Params) -> Resolution:
    """Resolve a provider, which may be gone: AWS's reference calls the deletion idempotent."""
    return replace(named_oidc(no_context)(call, params), missing=None)


@writes("iam:DeleteOpenIDConnectProvider", on=on_oidc_to_delete)
def delete_open_id_connect_provider(
    call: Call, params: Params, provider: OidcProvider | None
) -> None:
    """Delete a provider; roles that trust it stay, and nobody can assume them by it."""
    if provider is not None:
        provider.delete()


register_tags("OpenIDConnectProvider", named_oidc)
