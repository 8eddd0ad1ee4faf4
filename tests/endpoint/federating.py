"""A world with two identity providers and a role for both, and what they sign for it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.federation.documents import (
    CLIENT,
    ISSUER,
    RECIPIENT,
    ROLE_ATTRIBUTE,
    SESSION_NAME,
    Response,
    id_token,
    identity,
    metadata,
)
from tests.worlds import ACCOUNT_ID, World, allow, document

HOST = ISSUER.removeprefix("https://")
SAML = f"arn:aws:iam::{ACCOUNT_ID}:saml-provider/corp"
OIDC = f"arn:aws:iam::{ACCOUNT_ID}:oidc-provider/{HOST}"
ROLE = f"arn:aws:iam::{ACCOUNT_ID}:role/Federated"
OURS = "https://aws.amazon.com/SAML/Attributes/"
NOBODY = ("", "", None)


def trusting(provider: str, action: str, condition: dict[str, Any], *more: str) -> str:
    """Return a trust policy for a provider, as the console writes it."""
    return document(
        {
            "Effect": "Allow",
            "Principal": {"Federated": provider},
            "Action": [f"sts:{action}", *more],
            "Condition": condition,
        }
    )


SAML_TRUST = (SAML, "AssumeRoleWithSAML", {"StringEquals": {"SAML:aud": RECIPIENT}})
OIDC_TRUST = (OIDC, "AssumeRoleWithWebIdentity", {"StringEquals": {f"{HOST}:aud": CLIENT}})


def make_federated(world: World) -> World:
    """Give a world both providers, and a role that each of them may let somebody into."""
    world.do("CreateSAMLProvider", Name="corp", SAMLMetadataDocument=metadata())
    world.do("CreateOpenIDConnectProvider", Url=ISSUER, ClientIDList=[CLIENT])
    keys = json.dumps(identity().key_set)
    world.do("UpdateOpenIDConnectProviderKeys", OpenIDConnectProviderArn=OIDC, JsonWebKeySet=keys)
    statements = [
        json.loads(trusting(*trust, *more))["Statement"][0]
        for trust in (SAML_TRUST, OIDC_TRUST)
        for more in [("sts:TagSession", "sts:SetSourceIdentity")]
    ]
    trust = document(*statements)
    world.do("CreateRole", RoleName="Federated", AssumeRolePolicyDocument=trust)
    policy = allow("s3:ListAllMyBuckets", "iam:ListUsers")
    world.do("PutRolePolicy", RoleName="Federated", PolicyName="p", PolicyDocument=policy)
    return world


def retrust(world: World, policy: str) -> None:
    world.do("UpdateAssumeRolePolicy", RoleName="Federated", PolicyDocument=policy)


def real_now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def response(**others: Any) -> Response:
    """Return a response of now that offers the role."""
    now = real_now()
    attributes = {ROLE_ATTRIBUTE: [f"{ROLE},{SAML}"], SESSION_NAME: ["alice"]}
    attributes |= others.pop("attributes", {})
    given = {"issued": now, "ends": now + timedelta(minutes=5), **others}
    return Response(attributes, **given)


def token(**claims: Any) -> str:
    now = int(real_now().timestamp())
    return id_token(**{"iat": now, "exp": now + 3600, **claims})


def by_saml(assertion: str, **others: Any) -> dict[str, Any]:
    return {"RoleArn": ROLE, "PrincipalArn": SAML, "SAMLAssertion": assertion, **others}


def by_token(text: str, **others: Any) -> dict[str, Any]:
    given = {"RoleArn": ROLE, "RoleSessionName": "alice", "WebIdentityToken": text}
    return {**given, **others}
