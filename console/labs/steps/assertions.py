"""What the identity provider of a world says of a person: SAML responses and tokens."""

from dataclasses import replace
from datetime import datetime, timedelta

from console.labs.checks.people import Claimant, saml_attributes, token_claims
from console.labs.steps.stage import Stage
from iam.arns import account_of, saml_provider_arn
from iam.federation import saml_response, signed_token
from iam.models import OidcProvider
from sts.analysis import SessionRequest
from sts.built_in import claims_for, name_of, person_of, roles_for, signing_key, statement_for

_HOUR = timedelta(hours=1)
_ROLE = "https://aws.amazon.com/SAML/Attributes/Role"


class NoSuchPerson(LookupError):
    """The identity provider has nobody of this name."""


def _audience(stage: Stage, role: str) -> str:
    """Return the audience of a token: the first that a role's account, or any, has entered."""
    rows = OidcProvider.in_sandbox(stage.sandbox).filter(url=name_of(stage.sandbox).host)
    if role:
        rows = rows.filter(account__account_id=account_of(role))
    provider = rows.first()
    return provider.client_ids[0] if provider and provider.client_ids else ""


def assertion_for(
    stage: Stage,
    person: Claimant,
    received_at: datetime,
    request: SessionRequest,
    role: str = "",
) -> str:
    """Return a signed SAML response or token about a person; raises NoSuchPerson."""
    row = person_of(stage.sandbox, person.name)
    if row is None:
        raise NoSuchPerson(person.name)
    row.sandbox = stage.sandbox
    key = signing_key(stage.sandbox, received_at)
    if person.via == "oidc":
        usual = claims_for(row, _audience(stage, role), _HOUR, received_at)
        return signed_token({**usual, **token_claims(person, request)}, key)
    said = statement_for(row, roles_for(row), received_at)
    attributes = {**said.attributes, **saml_attributes(person, request)}
    if person.provider and role:
        provider = saml_provider_arn(account_of(role), person.provider)
        attributes[_ROLE] = [f"{role},{provider}"]
    return saml_response(replace(said, attributes=attributes), key)
