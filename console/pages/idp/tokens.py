"""*Tokens for programs*: proofs for STS, with lines for the AWS CLI."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.pages.idp.applications import chosen_offers
from console.pages.idp.visits import IdpVisit, program_page
from console.signin.console import visited
from console.ui.flash import flash_info
from console.ui.times import hours
from iam.arns import role_arn
from iam.catalogue.regions import HOME_REGION
from iam.federation import claimed_attributes
from sts.built_in import id_token, is_role_arn, response_for, roles_for

if TYPE_CHECKING:
    from sts.built_in.models import Person

LIFETIMES = ((300, "5 minutes"), (3600, "1 hour"), (43200, "12 hours"))
_ANY_ROLE = role_arn("ACCOUNT_ID", "ROLE_NAME")
_REDEEMED_WITHIN = timedelta(minutes=5)


def _check_role_arn(text: str) -> None:
    if not is_role_arn(text):
        message = "Enter the ARN of a role: arn:aws:iam::123456789012:role/NAME"
        raise forms.ValidationError(message)


class TokenForm(forms.Form):
    """The audience of the token, and how long it is valid."""

    audience = forms.CharField(label="Audience", max_length=255, initial="sts.amazonaws.com")
    lifetime = forms.TypedChoiceField(
        label="Lifetime", coerce=int, choices=LIFETIMES, initial=3600, required=True
    )
    role_arn = forms.CharField(
        label="Role ARN", max_length=2048, required=False, validators=[_check_role_arn]
    )


@dataclass(frozen=True)
class TokenLines:
    """Commands for a shell, under a heading."""

    title: str
    text: str


def _endpoint(request: HttpRequest) -> str:
    return f"export AWS_ENDPOINT_URL={request.build_absolute_uri('/aws')}"


def token_lines(request: HttpRequest, token: str, person: str, role: str) -> list[TokenLines]:
    """Return the ways to use an ID token in a shell, each complete in itself."""
    by_hand = (
        f"{_endpoint(request)}\n"
        f"aws sts assume-role-with-web-identity --role-arn {role} \\\n"
        f"  --role-session-name {person} --region {HOME_REGION} \\\n"
        f"  --web-identity-token '{token}'"
    )
    by_file = (
        f"{_endpoint(request)}\n"
        f"printf '%s' '{token}' > token.jwt\n"
        f"export AWS_WEB_IDENTITY_TOKEN_FILE=token.jwt AWS_ROLE_ARN={role}\n"
        f"export AWS_ROLE_SESSION_NAME={person}\n"
        f"export AWS_REGION={HOME_REGION} AWS_DEFAULT_REGION={HOME_REGION}\n"
        "aws sts get-caller-identity"
    )
    return [
        TokenLines("AssumeRoleWithWebIdentity, by hand", by_hand),
        TokenLines("As the SDKs do it in a container or a CI job", by_file),
    ]


def _decoded(token: str) -> str:
    part = token.split(".")[1]
    raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    return json.dumps(json.loads(raw), indent=2)


@program_page
def token(request: HttpRequest, visit: IdpVisit, person: Person) -> HttpResponse:
    """Show the form for an audience, and the token."""
    form = TokenForm(request.POST or None)
    context: dict[str, object] = {"visit": visit, "form": form}
    if form.is_bound and form.is_valid():
        lifetime = timedelta(seconds=form.cleaned_data["lifetime"])
        received_at = visited(request).origin.received_at
        made = id_token(person, form.cleaned_data["audience"], lifetime, received_at)
        context |= {
            "token": made,
            "claims": _decoded(made),
            "expires": visit.sandbox.time_at(received_at) + lifetime,
            "seconds_left": form.cleaned_data["lifetime"],
            "left": hours(form.cleaned_data["lifetime"]),
            "lines": token_lines(
                request, made, person.name, form.cleaned_data["role_arn"] or _ANY_ROLE
            ),
        }
    return render(request, "idp/token.html", context)


@program_page
def assertion(request: HttpRequest, visit: IdpVisit, person: Person) -> HttpResponse:
    """Show a SAML response for a role, and the line that sends it to STS."""
    if request.method != "POST":
        return render(request, "idp/assertion.html", {"visit": visit, "offers": roles_for(person)})
    offers = chosen_offers(person, request.POST.get("offer", ""))[:1]
    if not offers:
        flash_info(request, "This role is no longer offered to your groups.")
        return redirect("idp", visit.slug)
    response = response_for(person, offers, visited(request).origin.received_at)
    lines = (
        f"{_endpoint(request)}\n"
        f"aws sts assume-role-with-saml --role-arn {offers[0].role_arn} \\\n"
        f"  --principal-arn {offers[0].provider_arn} --region {HOME_REGION} \\\n"
        f"  --saml-assertion '{response}'"
    )
    context = {
        "visit": visit,
        "offers": roles_for(person),
        "chosen": offers[0],
        "response": response,
        "said": list(claimed_attributes(response).items()),
        "document": base64.b64decode(response).decode(),
        "seconds_left": int(_REDEEMED_WITHIN.total_seconds()),
        "left": hours(int(_REDEEMED_WITHIN.total_seconds())),
        "lines": [TokenLines("AssumeRoleWithSAML", lines)],
    }
    return render(request, "idp/assertion.html", context)
