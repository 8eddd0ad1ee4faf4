"""Real documents of an identity provider of these tests: keys, metadata, responses, tokens."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import RSAKey
from lxml import etree
from signxml.algorithms import SignatureMethod
from signxml.signer import XMLSigner

NOW = datetime(2026, 5, 28, 12, 0, tzinfo=UTC)
ENTITY = "https://idp.example.com/metadata"
ISSUER = "https://login.example.com/tenant"
CLIENT = "my-client"
RECIPIENT = "https://signin.aws.amazon.com/saml"
ROLE_ATTRIBUTE = "https://aws.amazon.com/SAML/Attributes/Role"
SESSION_NAME = "https://aws.amazon.com/SAML/Attributes/RoleSessionName"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


@dataclass(frozen=True)
class Identity:
    """A private key with a certificate that says so itself."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def certificate_text(self) -> str:
        return base64.b64encode(self.certificate.public_bytes(serialization.Encoding.DER)).decode()

    @property
    def key_pem(self) -> str:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    @cached_property
    def jwk(self) -> RSAKey:
        return RSAKey.import_key(self.key_pem, {"kid": self.certificate_text[40:60]})

    @property
    def key_set(self) -> dict[str, Any]:
        return {"keys": [self.jwk.as_dict(private=False)]}


def identity(name: str = "idp") -> Identity:
    return _made(name)


@lru_cache
def _made(name: str) -> Identity:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        subject_name=subject,
        issuer_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=NOW - timedelta(days=1),
        not_valid_after=NOW + timedelta(days=3650),
    )
    return Identity(key, builder.sign(key, hashes.SHA256()))


def metadata(entity_id: str = ENTITY, *, who: str = "idp", attributes: str = "") -> str:
    """Return the metadata document of a provider."""
    certificate = identity(who).certificate_text
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity_id}" {attributes}>
  <IDPSSODescriptor WantAuthnRequestsSigned="false"
      protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data>
      </ds:KeyInfo>
    </KeyDescriptor>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
        Location="{entity_id}/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>"""


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Response:
    """A SAML response before it is signed; what is not given is what AWS wants."""

    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    issuer: str = ENTITY
    subject: str = "alice@example.com"
    subject_format: str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
    audience: str = RECIPIENT
    recipient: str = RECIPIENT
    issued: datetime = NOW
    ends: datetime = NOW + timedelta(minutes=5)
    session_ends: datetime | None = None
    status: str = "urn:oasis:names:tc:SAML:2.0:status:Success"

    def assertion(self) -> str:
        """Return the assertion's text."""
        rows = "".join(
            f'<saml:Attribute Name="{name}">'
            + "".join(f"<saml:AttributeValue>{one}</saml:AttributeValue>" for one in values)
            + "</saml:Attribute>"
            for name, values in self.attributes.items()
        )
        session = f' SessionNotOnOrAfter="{iso(self.session_ends)}"' if self.session_ends else ""
        return f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
  ID="_assertion" Version="2.0" IssueInstant="{iso(self.issued)}">
  <saml:Issuer>{self.issuer}</saml:Issuer>
  <saml:Subject>
    <saml:NameID Format="{self.subject_format}">{self.subject}</saml:NameID>
    <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
      <saml:SubjectConfirmationData Recipient="{self.recipient}" NotOnOrAfter="{iso(self.ends)}"/>
    </saml:SubjectConfirmation>
  </saml:Subject>
  <saml:Conditions NotBefore="{iso(self.issued)}" NotOnOrAfter="{iso(self.ends)}">
    <saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience></saml:AudienceRestriction>
  </saml:Conditions>
  <saml:AuthnStatement AuthnInstant="{iso(self.issued)}"{session}/>
  <saml:AttributeStatement>{rows}</saml:AttributeStatement>
</saml:Assertion>"""

    def wrapped(self, *parts: str) -> str:
        """Return the response's text around assertions."""
        return (
            '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" '
            f'Version="2.0" IssueInstant="{iso(self.issued)}" Destination="{self.recipient}">'
            f'<samlp:Status><samlp:StatusCode Value="{self.status}"/></samlp:Status>'
            + "".join(parts)
            + "</samlp:Response>"
        )


def signed(
    element: str, who: str = "idp", method: SignatureMethod = SignatureMethod.RSA_SHA256
) -> str:
    """Return an element with an enveloped signature, made after the Issuer as SAML wants it."""
    signer = XMLSigner(signature_algorithm=method, c14n_algorithm=_EXCLUSIVE)
    root = etree.fromstring(element)
    pair = identity(who)
    made = signer.sign(
        root, key=pair.key, cert=[pair.certificate], reference_uri="#" + str(root.get("ID"))
    )
    return etree.tostring(made).decode()


def encoded(document: str) -> str:
    return base64.b64encode(document.encode()).decode()


def posted(response: Response, who: str = "idp", *, sign: str = "assertion") -> str:
    """Return a response as it is posted, with its assertion signed, or the whole of it."""
    assertion = response.assertion()
    if sign == "assertion":
        return encoded(response.wrapped(signed(assertion, who)))
    whole = response.wrapped(assertion)
    return encoded(signed(whole, who) if sign == "response" else whole)


def id_token(who: str = "idp", alg: str = "RS256", **claims: Any) -> str:
    """Return a signed ID token; a claim given as None is left out."""
    said = {
        "iss": ISSUER,
        "sub": "alice",
        "aud": CLIENT,
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(hours=1)).timestamp()),
        **claims,
    }
    key = identity(who).jwk
    given = {name: value for name, value in said.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": key.kid}, given, key, algorithms=[alg])
