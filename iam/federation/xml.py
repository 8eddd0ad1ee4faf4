"""XML from strangers: no DTD, no entities, no network, no document beyond its measure."""

from datetime import UTC, datetime
from typing import Final

from lxml import etree

NAMESPACES: Final = {
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "md": "urn:oasis:names:tc:SAML:2.0:metadata",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "xenc": "http://www.w3.org/2001/04/xmlenc#",
}


LARGEST = 1024 * 1024
"""Bytes of a document; the metadata of a provider has some thousands."""


def parsed(raw: bytes) -> etree._Element:
    """Return the root of a document; raises ValueError for what is no XML, or has a DTD."""
    if len(raw) > LARGEST:
        message = "larger than one megabyte"
        raise ValueError(message)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = "not well-formed XML"
        raise ValueError(message) from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = "a document type declaration is not allowed"
        raise ValueError(message)
    return root


def all_in(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path, such as saml:Subject/saml:NameID."""
    return element.findall(path, NAMESPACES)


def first_in(element: etree._Element, path: str) -> etree._Element | None:
    return element.find(path, NAMESPACES)


def text_of(element: etree._Element | None) -> str:
    """Return an element's whole text without the space around it; "" for no element."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def tag(prefix: str, name: str) -> str:
    return f"{{{NAMESPACES[prefix]}}}{name}"


def moment_of(text: str) -> datetime:
    """Return an xs:dateTime; without a zone it is UTC. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
