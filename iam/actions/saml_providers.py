"""SAML 2.0 identity providers, which are created from metadata documents."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from iam.actions.provider_subjects import named_saml, on_new_saml
from iam.actions.refusals import already_exists, invalid_input, limit_exceeded, over_quota
from iam.actions.shapes import shown_tags
from iam.actions.subjects import no_context, whole_account
from iam.actions.tags import checked_tags, register_tags
from iam.federation import BadMetadata, Metadata, read_metadata
from iam.models import Account, SamlProvider
from iam.models.seals import seal, unseal
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.tags import tag_list

SAML_PROVIDERS_PER_ACCOUNT = 100
_MOST_KEYS = 2
_SEALED_FOR = "saml-private-key"
_SHORTEST = 2048


def _read(params: Params, member: str = "SAMLMetadataDocument") -> Metadata:
    try:
        return read_metadata(params[member])
    except BadMetadata as error:
        raise invalid_input(f"Could not parse metadata. {error}", member) from error


def _private_key(pem: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(pem.strip().encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise invalid_input("The private key cannot be parsed.", "AddPrivateKey") from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < _SHORTEST:
        message = "The private key must be an RSA key of 2048 bits or more."
        raise invalid_input(message, "AddPrivateKey")
    return key


def _kept_key(call: Call, pem: str) -> dict[str, str]:
    public = _private_key(pem).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {
        "id": hashlib.sha256(der).hexdigest().upper(),
        "at": call.caller.now.isoformat(),
        "sealed": seal(_SEALED_FOR, pem.strip().encode()),
    }


def private_keys_of(provider: SamlProvider) -> list[RSAPrivateKey]:
    """Return the private keys that decrypt a provider's assertions."""
    pems = (unseal(_SEALED_FOR, kept["sealed"]).decode() for kept in provider.private_keys)
    return [_private_key(pem) for pem in pems]


def _with_key(call: Call, kept: Sequence[dict[str, str]], params: Params) -> list[dict[str, str]]:
    """Return a provider's keys with the added one, without the removed one."""
    keys, added, removed = list(kept), params.get("AddPrivateKey"), params.get("RemovePrivateKey")
    if added and removed:
        message = "Unable to add and remove private keys in the same request."
        raise invalid_input(message, "AddPrivateKey", "RemovePrivateKey")
    if removed:
        remaining = [one for one in keys if one["id"] != removed]
        if len(remaining) == len(keys):
            raise invalid_input(f"The private key {removed} cannot be found.", "RemovePrivateKey")
        return remaining
    if added:
        if len(keys) >= _MOST_KEYS:
            raise limit_exceeded("Private key limit reached", "AddPrivateKey")
        keys.append(_kept_key(call, added))
    return keys


def _check_mode(mode: str, keys: Sequence[Any]) -> None:
    if mode == "Required" and not keys:
        message = (
            "Unable to set assertion encryption mode to Required because no private key is provided"
        )
        raise invalid_input(message, "AssertionEncryptionMode")


def new_saml(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new provider; raises AwsError if the request is refused."""
    name, metadata = params["Name"], _read(params)
    rows = SamlProvider.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if rows.filter(name=name).exists():
        raise already_exists(f"SAMLProvider with name {name} already exists.", "Name")
    if rows.count() >= SAML_PROVIDERS_PER_ACCOUNT:
        raise over_quota("SAMLProvidersPerAccount", SAML_PROVIDERS_PER_ACCOUNT, "Name")
    keys, mode = _with_key(call, (), params), params.get("AssertionEncryptionMode", "")
    _check_mode(mode, keys)
    return {
        "name": name,
        "metadata": params["SAMLMetadataDocument"],
        "valid_until": metadata.valid_until,
        "assertion_encryption_mode": mode,
        "private_keys": keys,
        "tags": checked_tags("SAMLProvider", {}, params.get("Tags", ())),
    }


@writes("iam:CreateSAMLProvider", on=on_new_saml, prepare=new_saml)
def create_saml_provider(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Create a provider from its metadata document."""
    provider: SamlProvider = SamlProvider.add(
        call.caller.sandbox, account=call.account, created_at=call.caller.now, **fields
    )
    return {"SAMLProviderArn": provider.arn, **shown_tags(provider)}


@reads("iam:GetSAMLProvider", on=named_saml(no_context))
def get_saml_provider(call: Call, params: Params, provider: SamlProvider) -> Result:
    """Return a provider with its metadata document."""
    return {
        "SAMLProviderUUID": provider.uuid.hex.upper(),
        "SAMLMetadataDocument": provider.metadata,
        "CreateDate": provider.created_at,
        "ValidUntil": provider.valid_until,
        "Tags": tag_list(provider.tags),
        "AssertionEncryptionMode": provider.assertion_encryption_mode or "Allowed",
        "PrivateKeyList": [
            {"KeyId": key["id"], "Timestamp": datetime.fromisoformat(key["at"])}
            for key in provider.private_keys
        ],
    }


@reads("iam:ListSAMLProviders", on=whole_account)
def list_saml_providers(call: Call, params: Params, account: Account) -> Result:
    """List the account's SAML providers by name."""
    rows = SamlProvider.in_sandbox(call.caller.sandbox).filter(account=account)
    listed = []
    for provider in rows:
        provider.account = account
        dates = {"ValidUntil": provider.valid_until, "CreateDate": provider.created_at}
        listed.append({"Arn": provider.arn, **dates})
    return {"SAMLProviderList": listed}


def updated_saml(call: Call, params: Params, provider: SamlProvider) -> SamlProvider:
    """Prepare to change a provider's metadata, keys and encryption."""
    if not params.keys() - {"SAMLProviderArn"}:
        raise invalid_input("Unable to update identity provider. No updates are defined.")
    if "SAMLMetadataDocument" in params:
        provider.valid_until = _read(params).valid_until
        provider.metadata = params["SAMLMetadataDocument"]
    provider.private_keys = _with_key(call, provider.private_keys, params)
    mode = params.get("AssertionEncryptionMode", provider.assertion_encryption_mode)
    _check_mode(mode, provider.private_keys)
    provider.assertion_encryption_mode = mode
    return provider


@writes("iam:UpdateSAMLProvider", on=named_saml(no_context), prepare=updated_saml)
def update_saml_provider(call: Call, params: Params, provider: SamlProvider) -> Result:
    provider.save()
    return {"SAMLProviderArn": provider.arn}


@writes("iam:DeleteSAMLProvider", on=named_saml(no_context))
def delete_saml_provider(call: Call, params: Params, provider: SamlProvider) -> None:
    """Delete a provider; roles that trust it stay, and nobody can assume them by it."""
    provider.delete()


register_tags("SAMLProvider", named_saml)
