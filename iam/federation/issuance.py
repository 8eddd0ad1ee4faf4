"""The documents of an identity provider: metadata, responses, tokens."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from joserfc import jwt
from joserfc.jwk import RSAKey
from lxml import etree
from lxml.builder import ElementMaker
from signxml.signer import XMLSigner

from iam.federation.assertions import AUDIENCES, Assertion
from iam.federation.xml import NAMESPACES

_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"  # noqa: S105
_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_LIFETIME = timedelta(minutes=5)

_MAKERS = {
    prefix: ElementMaker(namespace=NAMESPACES[prefix], nsmap={prefix: NAMESPACES[prefix]})
    for prefix in ("ds", "md", "saml", "samlp")
}


@dataclass(frozen=True)
class SigningKey:
    """An RSA key with the certificate that names its owner."""

    key: RSAPrivateKey
    certificate: x509.Certificate

    @property
    def jwk(self) -> RSAKey:
        """Return the key as a JSON Web Key, named by its thumbprint."""
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        made = RSAKey.import_key(pem, {"use": "sig", "alg": "RS256"})
        made.ensure_kid()
        return made

    def key_set(self) -> dict[str, Any]:
        return {"keys": [self.jwk.as_dict(private=False)]}


@dataclass(frozen=True)
class SubjectStatement:
    """A SAML response's statement about a person: who, by whom, from when, which attributes."""

    issuer: str
    subject: str
    at: datetime
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def metadata_document(entity_id: str, signing: SigningKey, sign_in_url: str) -> str:
    """Return the SAML metadata of a provider that signs with a key."""
    md, ds = _MAKERS["md"], _MAKERS["ds"]
    der = base64.b64encode(signing.certificate.public_bytes(Encoding.DER)).decode()
    certificate = ds.X509Data(ds.X509Certificate(der))
    root = md.EntityDescriptor(
        md.IDPSSODescriptor(
            md.KeyDescriptor(ds.KeyInfo(certificate), use="signing"),
            md.NameIDFormat(_FORMAT),
            md.SingleSignOnService(Binding=_POST, Location=sign_in_url),
            WantAuthnRequestsSigned="false",
            protocolSupportEnumeration=_PROTOCOL,
        ),
        entityID=entity_id,
    )
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8").decode()


def _assertion(said: SubjectStatement) -> etree._Element:
    saml = _MAKERS["saml"]
    at, ends, audience = _iso(said.at), _iso(said.at + _LIFETIME), AUDIENCES[0]
    attributes = [
        saml.Attribute(*[saml.AttributeValue(one) for one in values], Name=name)
        for name, values in said.attributes.items()
    ]
    confirmed = saml.SubjectConfirmationData(Recipient=audience, NotOnOrAfter=ends)
    assertion: etree._Element = saml.Assertion(
        saml.Issuer(said.issuer),
        saml.Subject(
            saml.NameID(said.subject, Format=_FORMAT),
            saml.SubjectConfirmation(confirmed, Method=_BEARER),
        ),
        saml.Conditions(
            saml.AudienceRestriction(saml.Audience(audience)), NotBefore=at, NotOnOrAfter=ends
        ),
        saml.AuthnStatement(
            saml.AuthnContext(saml.AuthnContextClassRef(_PASSWORD)),
            AuthnInstant=at,
            SessionIndex=f"_{uuid4()}",
        ),
        saml.AttributeStatement(*attributes),
        ID=f"_{uuid4()}",
        Version="2.0",
        IssueInstant=at,
    )
    return assertion


def assertion_of(said: SubjectStatement) -> Assertion:
    """Return what is read in a response that says this, once it is verified."""
    return Assertion(
        issuer=said.issuer,
        subject=said.subject,
        subject_type=_FORMAT.rpartition(":")[2],
        audience=AUDIENCES[0],
        recipient=AUDIENCES[0],
        attributes={name: tuple(values) for name, values in said.attributes.items()},
    )


def saml_response(said: SubjectStatement, signing: SigningKey) -> str:
    """Return a response with a signed assertion, in base64 as it is posted."""
    samlp, saml = _MAKERS["samlp"], _MAKERS["saml"]
    assertion = _assertion(said)
    # The signature stands after the Issuer: signxml puts it in a placeholder.
    assertion.insert(1, _MAKERS["ds"].Signature(Id="placeholder"))
    signed = XMLSigner(c14n_algorithm=_EXCLUSIVE).sign(
        assertion,
        key=signing.key,
        cert=[signing.certificate],
        reference_uri=f"#{assertion.get('ID')}",
    )
    response = samlp.Response(
        saml.Issuer(said.issuer),
        samlp.Status(samlp.StatusCode(Value=_SUCCESS)),
        signed,
        ID=f"_{uuid4()}",
        Version="2.0",
        IssueInstant=_iso(said.at),
        Destination=AUDIENCES[0],
    )
    return base64.b64encode(etree.tostring(response)).decode()


def signed_token(claims: Mapping[str, Any], signing: SigningKey) -> str:
    jwk = signing.jwk
    return jwt.encode({"alg": "RS256", "kid": jwk.kid}, dict(claims), jwk)
