"""The life of identity providers, as requests."""

import json
from typing import Any

from tests.federation.documents import CLIENT, ISSUER, identity, metadata
from tests.worlds import ACCOUNT_ID

SAML = f"arn:aws:iam::{ACCOUNT_ID}:saml-provider/corp"
OIDC = f"arn:aws:iam::{ACCOUNT_ID}:oidc-provider/{ISSUER.removeprefix('https://')}"
KEYS = json.dumps(identity().key_set)
_TAGS = [{"Key": "k", "Value": "v"}]
_SAML, _OIDC = {"SAMLProviderArn": SAML}, {"OpenIDConnectProviderArn": OIDC}

PROVIDERS: list[tuple[str, dict[str, Any]]] = [
    (
        "CreateSAMLProvider",
        {"Name": "corp", "SAMLMetadataDocument": metadata(), "Tags": _TAGS},
    ),
    ("GetSAMLProvider", _SAML),
    ("ListSAMLProviders", {}),
    ("UpdateSAMLProvider", {**_SAML, "AddPrivateKey": identity().key_pem}),
    ("GetSAMLProvider", _SAML),
    ("TagSAMLProvider", {**_SAML, "Tags": _TAGS}),
    ("ListSAMLProviderTags", _SAML),
    ("UntagSAMLProvider", {**_SAML, "TagKeys": ["k"]}),
    ("DeleteSAMLProvider", _SAML),
    (
        "CreateOpenIDConnectProvider",
        {"Url": ISSUER, "ClientIDList": [CLIENT], "ThumbprintList": ["a" * 40], "Tags": _TAGS},
    ),
    ("GetOpenIDConnectProvider", _OIDC),
    ("ListOpenIDConnectProviders", {}),
    ("AddClientIDToOpenIDConnectProvider", {**_OIDC, "ClientID": "other"}),
    ("RemoveClientIDFromOpenIDConnectProvider", {**_OIDC, "ClientID": "other"}),
    ("UpdateOpenIDConnectProviderThumbprint", {**_OIDC, "ThumbprintList": ["b" * 40]}),
    ("UpdateOpenIDConnectProviderKeys", {**_OIDC, "JsonWebKeySet": KEYS}),
    ("GetOpenIDConnectProviderKeys", _OIDC),
    ("TagOpenIDConnectProvider", {**_OIDC, "Tags": _TAGS}),
    ("ListOpenIDConnectProviderTags", _OIDC),
    ("UntagOpenIDConnectProvider", {**_OIDC, "TagKeys": ["k"]}),
    ("DeleteOpenIDConnectProvider", _OIDC),
]
