"""SAML assertions: verified, and read only in what was signed."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from lxml import etree

from iam.federation.encryption import decrypted
from iam.federation.errors import ProofExpired, ProofRefused
from iam.federation.metadata import Metadata
from iam.federation.signatures import is_signed, signed_part
from iam.federation.xml import all_in, first_in, moment_of, parsed, tag, text_of

LONGEST = 100_000
"""Characters of a response in base64, as AssumeRoleWithSAML takes them."""
AUDIENCES = ("https://signin.aws.amazon.com/saml", "urn:amazon:webservices")
_RECIPIENT = re.compile(r"https://([a-z0-9-]+\.)?signin\.aws\.amazon\.com/saml(/acs/[\w-]+)?")
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_FORMATS = "urn:oasis:names:tc:SAML:2.0:nameid-format:"
_REDEEMED_WITHIN = timedelta(minutes=5)
_NONE = "Response did not contain a valid SAML assertion"

Attribute = tuple[str, ...]


@dataclass(frozen=True)
class Assertion:
    """The content of a verified assertion; `attributes` are values by the attribute's full name.

    `session_ends` is SessionNotOnOrAfter, by which a session has to end, if it is there.
    """

    issuer: str
    subject: str
    subject_type: str
    audience: str
    recipient: str
    attributes: Mapping[str, Attribute]
    session_ends: datetime | None = None
    name_qualifier: str = ""
    id: str = ""


def _response(encoded: str) -> etree._Element:
    if len(encoded) > LONGEST:
        raise ProofRefused(_NONE)
    try:
        root = parsed(base64.b64decode("".join(encoded.split()), validate=True))
    except ValueError as error:
        raise ProofRefused(_NONE) from error
    if root.tag != tag("samlp", "Response"):
        raise ProofRefused(_NONE)
    return root


def _signed_assertion(
    response: etree._Element, metadata: Metadata, keys: Sequence[RSAPrivateKey]
) -> etree._Element:
    """Return the one assertion, by the response's signature or by its own."""
    whole = is_signed(response)
    trusted = signed_part(response, metadata.certificates) if whole else response
    plain = all_in(trusted, "saml:Assertion")
    hidden = all_in(trusted, "saml:EncryptedAssertion")
    if len(plain) + len(hidden) != 1:
        raise ProofRefused(_NONE)
    assertion = plain[0] if plain else decrypted(hidden[0], keys)
    if assertion.tag != tag("saml", "Assertion"):
        raise ProofRefused(_NONE)
    if whole:
        return assertion
    return signed_part(assertion, metadata.certificates)


def _time(element: etree._Element, name: str) -> datetime | None:
    text = element.get(name)
    try:
        return moment_of(text) if text else None
    except ValueError as error:
        message = f"{name} is no time"
        raise ProofRefused(message) from error


def _within(element: etree._Element, now: datetime, leeway: timedelta) -> None:
    begins, ends = _time(element, "NotBefore"), _time(element, "NotOnOrAfter")
    if begins and now + leeway < begins:
        message = "The SAML assertion is not valid yet"
        raise ProofRefused(message)
    if ends and now - leeway >= ends:
        message = "Token must be redeemed within 5 minutes of issuance"
        raise ProofExpired(message)


def _audience(assertion: etree._Element, now: datetime, leeway: timedelta) -> str:
    conditions = first_in(assertion, "saml:Conditions")
    if conditions is None:
        raise ProofRefused(_NONE)
    _within(conditions, now, leeway)
    named = ""
    for restriction in all_in(conditions, "saml:AudienceRestriction"):
        audiences = [text_of(one) for one in all_in(restriction, "saml:Audience")]
        named = next((one for one in audiences if one in AUDIENCES), "")
        if not named:
            break
    if not named:
        message = "Response does not contain the required audience."
        raise ProofRefused(message)
    return named


def _recipient(assertion: etree._Element, now: datetime, leeway: timedelta) -> str:
    """Return to whom a bearer may hand the assertion: to AWS's sign-in, and in time."""
    for confirmation in all_in(assertion, "saml:Subject/saml:SubjectConfirmation"):
        data = first_in(confirmation, "saml:SubjectConfirmationData")
        if confirmation.get("Method") != _BEARER or data is None:
            continue
        recipient = data.get("Recipient") or ""
        if _RECIPIENT.fullmatch(recipient):
            if not data.get("NotOnOrAfter"):
                break
            _within(data, now, leeway)
            return recipient
    message = "The SAML assertion has no subject confirmation for the recipient of AWS"
    raise ProofRefused(message)


def _issued(assertion: etree._Element, now: datetime, leeway: timedelta) -> None:
    issued = _time(assertion, "IssueInstant")
    if issued is None:
        raise ProofRefused(_NONE)
    if now - issued > _REDEEMED_WITHIN + leeway:
        message = "Token must be redeemed within 5 minutes of issuance"
        raise ProofExpired(message)


def _attributes(assertion: etree._Element) -> dict[str, Attribute]:
    found: dict[str, list[str]] = {}
    for attribute in all_in(assertion, "saml:AttributeStatement/saml:Attribute"):
        values = [text_of(one) for one in all_in(attribute, "saml:AttributeValue")]
        found.setdefault(attribute.get("Name") or "", []).extend(values)
    return {name: tuple(values) for name, values in found.items()}


def _session_ends(assertion: etree._Element) -> datetime | None:
    ends = [_time(one, "SessionNotOnOrAfter") for one in all_in(assertion, "saml:AuthnStatement")]
    return min((one for one in ends if one), default=None)


def claimed_attributes(encoded: str) -> Mapping[str, Attribute]:
    """Return the attributes of a response, nothing verified: they say where to look, no more.

    Raises ProofRefused for what is no response, and for one whose assertion is encrypted.
    """
    assertions = all_in(_response(encoded), "saml:Assertion")
    if len(assertions) != 1:
        raise ProofRefused(_NONE)
    return _attributes(assertions[0])


def refuse_other_issuer(issuer: str, metadata: Metadata) -> None:
    """Raise ProofRefused for an assertion of anybody but the provider of the metadata."""
    if issuer != metadata.entity_id:
        message = "Issuer not present in specified provider"
        raise ProofRefused(message)


def verify_assertion(
    encoded: str,
    metadata: Metadata,
    now: datetime,
    *,
    keys: Sequence[RSAPrivateKey] = (),
    encrypted_only: bool = False,
    leeway: timedelta = timedelta(0),
) -> Assertion:
    """Read a base64-encoded SAML response that the metadata's provider signed.

    Raises ProofExpired for one that comes too late, ProofRefused for anything else that is wrong.
    """
    response = _response(encoded)
    status = first_in(response, "samlp:Status/samlp:StatusCode")
    if status is None or status.get("Value") != _SUCCESS:
        raise ProofRefused(_NONE)
    if encrypted_only and all_in(response, "saml:Assertion"):
        message = "The SAML assertion is not encrypted"
        raise ProofRefused(message)
    assertion = _signed_assertion(response, metadata, keys)
    issuer = text_of(first_in(assertion, "saml:Issuer"))
    refuse_other_issuer(issuer, metadata)
    name = first_in(assertion, "saml:Subject/saml:NameID")
    if name is None:
        raise ProofRefused(_NONE)
    audience = _audience(assertion, now, leeway)
    recipient = _recipient(assertion, now, leeway)
    _issued(assertion, now, leeway)
    return Assertion(
        issuer=issuer,
        subject=text_of(name),
        subject_type=(name.get("Format") or f"{_FORMATS}unspecified").removeprefix(_FORMATS),
        audience=audience,
        recipient=recipient,
        attributes=_attributes(assertion),
        session_ends=_session_ends(assertion),
        name_qualifier=name.get("NameQualifier") or "",
        id=assertion.get("ID") or "",
    )
