"""SAML 2.0 metadata of an identity provider."""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from lxml import etree

from iam.federation.errors import BadMetadata
from iam.federation.xml import all_in, first_in, moment_of, parsed, tag, text_of

_SAML_2 = "urn:oasis:names:tc:SAML:2.0:protocol"


@dataclass(frozen=True)
class Metadata:
    """The metadata of an identity provider: its entity ID, certificates, and expiry."""

    entity_id: str
    certificates: tuple[x509.Certificate, ...]
    sign_in_url: str = ""
    valid_until: datetime | None = None


def _certificate(text: str) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(base64.b64decode(re.sub(r"\s", "", text)))
    except ValueError as error:
        message = "An X.509 certificate in the metadata cannot be read."
        raise BadMetadata(message) from error


def _descriptor(root: etree._Element) -> etree._Element:
    if root.tag == tag("md", "EntitiesDescriptor"):
        for entity in all_in(root, "md:EntityDescriptor"):
            if first_in(entity, "md:IDPSSODescriptor") is not None:
                return entity
    if root.tag != tag("md", "EntityDescriptor"):
        message = "The metadata has no EntityDescriptor."
        raise BadMetadata(message)
    return root


def _signing_certificates(provider: etree._Element) -> tuple[x509.Certificate, ...]:
    keys = [one for one in all_in(provider, "md:KeyDescriptor") if one.get("use") != "encryption"]
    texts = [text_of(one) for key in keys for one in all_in(key, ".//ds:X509Certificate")]
    return tuple(_certificate(text) for text in texts)


def _valid_until(
    entity: etree._Element, provider: etree._Element, certificates: tuple[x509.Certificate, ...]
) -> datetime:
    """Return when the metadata ends: at its own date, and no later than its last certificate."""
    last = max(certificate.not_valid_after_utc for certificate in certificates)
    said = [one.get("validUntil") for one in (entity, provider)]
    try:
        return min([last, *(moment_of(text) for text in said if text)])
    except ValueError as error:
        message = "validUntil is no time."
        raise BadMetadata(message) from error


def read_metadata(document: str) -> Metadata:
    """Read a metadata document; raises BadMetadata for one that lacks something."""
    try:
        root = parsed(document.strip().encode())
    except ValueError as error:
        message = f"The metadata is {error}."
        raise BadMetadata(message) from error
    entity = _descriptor(root)
    provider = first_in(entity, "md:IDPSSODescriptor")
    if (
        provider is None
        or _SAML_2 not in (provider.get("protocolSupportEnumeration") or "").split()
    ):
        message = "The metadata describes no SAML 2.0 identity provider (IDPSSODescriptor)."
        raise BadMetadata(message)
    entity_id = (entity.get("entityID") or "").strip()
    if not entity_id:
        message = "The metadata has no entityID."
        raise BadMetadata(message)
    certificates = _signing_certificates(provider)
    if not certificates:
        message = "The metadata has no signing certificate."
        raise BadMetadata(message)
    services = all_in(provider, "md:SingleSignOnService")
    if not services:
        message = "The metadata has no SingleSignOnService."
        raise BadMetadata(message)
    return Metadata(
        entity_id=entity_id,
        certificates=certificates,
        sign_in_url=services[0].get("Location") or "",
        valid_until=_valid_until(entity, provider, certificates).astimezone(UTC),
    )
