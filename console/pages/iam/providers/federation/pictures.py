"""The pictures of a role, of a provider's roles, and of a role that is about to be made."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import CallResult, call_all
from console.pages.iam.providers.federation.picture import (
    FederationPicture,
    RoleEnd,
    federation_picture,
)
from console.pages.iam.providers.federation.proofs import proof_for, proofs_of
from console.pages.iam.providers.federation.trusts import federated_trusts
from console.pages.iam.providers.provider_pages import kind_of

_MOST = 6


def pictures_of_role(request: HttpRequest, role: Mapping[str, Any]) -> list[FederationPicture]:
    """Return a picture for each provider that a role's trust policy lets in."""
    text = str(role["AssumeRolePolicyDocument"])
    end = RoleEnd(str(role["RoleName"]), str(role["Arn"]))
    trusts = [one for one in federated_trusts(text) if one.effect == "Allow"]
    proofs = proofs_of(request, *(one.operation for one in trusts)) if trusts else []
    return [
        federation_picture(
            one, end, proof_for(proofs, one, end.arn), provider_url=_provider_url(one.provider)
        )
        for one in trusts[:_MOST]
    ]


def pictures_of_provider(
    request: HttpRequest, arn: str, issuer: str = ""
) -> tuple[list[FederationPicture], CallResult]:
    """Return a picture for each role that trusts a provider, and the call that listed the roles."""
    listed = call_all(request, "iam:ListRoles", "Roles")
    found = [
        (role, trust)
        for role in listed.rows("Roles")
        for trust in federated_trusts(str(role["AssumeRolePolicyDocument"]))
        if trust.provider == arn and trust.effect == "Allow"
    ][:_MOST]
    proofs = proofs_of(request, *(trust.operation for _, trust in found)) if found else []
    pictures = []
    for role, trust in found:
        name = str(role["RoleName"])
        end = RoleEnd(name, str(role["Arn"]), reverse("role", args=[name]))
        proof = proof_for(proofs, trust, end.arn)
        pictures.append(federation_picture(trust, end, proof, issuer=issuer))
    return pictures, listed


def pictures_of_text(text: str) -> list[FederationPicture]:
    """Return the pictures of the trust policy of a role that is not made yet."""
    return [
        federation_picture(
            one, RoleEnd("to create"), None, provider_url=_provider_url(one.provider)
        )
        for one in federated_trusts(text)[:_MOST]
    ]


def _provider_url(provider: str) -> str:
    return kind_of(provider).url(provider) if "-provider/" in provider else ""
