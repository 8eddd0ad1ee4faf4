"""SAML responses and ID tokens, signed by a sandbox's identity provider."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from iam.federation import SubjectStatement, metadata_document, saml_response, signed_token
from iam.models import Sandbox
from sts.built_in.keys import signing_key
from sts.built_in.models import Person, RoleOffer
from sts.built_in.names import name_of

_AWS = "https://aws.amazon.com/SAML/Attributes"
_TAGS = "https://aws.amazon.com/tags"
_USUAL = 3600
_MAIL = "urn:oid:0.9.2342.19200300.100.1.3"


def metadata_of(sandbox: Sandbox, received_at: datetime, sign_in_url: str) -> str:
    key = signing_key(sandbox, received_at)
    return metadata_document(name_of(sandbox).entity_id, key, sign_in_url)


def statement_for(
    person: Person, offers: Sequence[RoleOffer], received_at: datetime
) -> SubjectStatement:
    """Return the statement of a SAML response that offers roles to a person."""
    sandbox = person.sandbox
    attributes = {
        f"{_AWS}/Role": [f"{one.role_arn},{one.provider_arn}" for one in offers],
        f"{_AWS}/RoleSessionName": [person.name],
        f"{_AWS}/SessionDuration": [str(min((one.seconds for one in offers), default=_USUAL))],
        **{f"{_AWS}/PrincipalTag:{key}": [value] for key, value in person.tags.items()},
        _MAIL: [person.email],
    }
    return SubjectStatement(
        issuer=name_of(sandbox).entity_id,
        subject=person.email,
        at=sandbox.time_at(received_at),
        attributes=attributes,
    )


def response_for(person: Person, offers: Sequence[RoleOffer], received_at: datetime) -> str:
    """Return a SAML response that offers roles to a person, in base64."""
    said = statement_for(person, offers, received_at)
    return saml_response(said, signing_key(person.sandbox, received_at))


def claims_for(
    person: Person, audience: str, lifetime: timedelta, received_at: datetime
) -> dict[str, Any]:
    """Return the claims of an ID token about a person, for an audience."""
    sandbox = person.sandbox
    now = sandbox.time_at(received_at)
    claims: dict[str, Any] = {
        "iss": name_of(sandbox).issuer,
        "sub": person.name,
        "aud": audience,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "jti": str(uuid4()),
        "name": person.full_name or person.name,
        "email": person.email,
        "groups": person.groups,
        "amr": ["pwd"],
    }
    if person.tags:
        tags = {key: [value] for key, value in person.tags.items()}
        claims[_TAGS] = {"principal_tags": tags}
    return claims


def id_token(person: Person, audience: str, lifetime: timedelta, received_at: datetime) -> str:
    claims = claims_for(person, audience, lifetime, received_at)
    return signed_token(claims, signing_key(person.sandbox, received_at))
