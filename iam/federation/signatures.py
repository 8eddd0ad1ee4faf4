"""XML signatures: what of a SAML response was signed by one of the provider's certificates."""

from collections.abc import Iterable

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from iam.federation.errors import ProofRefused
from iam.federation.xml import first_in

_INVALID = "Response signature invalid"
_EXPECTED = SignatureConfiguration(
    require_x509=True,
    location="./",
    ignore_ambiguous_key_info=True,
    signature_methods=frozenset(
        {
            SignatureMethod.RSA_SHA256,
            SignatureMethod.RSA_SHA384,
            SignatureMethod.RSA_SHA512,
            SignatureMethod.ECDSA_SHA256,
            SignatureMethod.ECDSA_SHA384,
            SignatureMethod.ECDSA_SHA512,
            SignatureMethod.SHA256_RSA_MGF1,
        }
    ),
    digest_algorithms=frozenset(
        {DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512}
    ),
)
_BROKEN = (
    SignXMLException,
    UnsupportedAlgorithm,
    etree.LxmlError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)


def is_signed(element: etree._Element) -> bool:
    return first_in(element, "ds:Signature") is not None


def signed_part(
    element: etree._Element, certificates: Iterable[x509.Certificate]
) -> etree._Element:
    """Return what the element's own signature covers, as it was signed and nothing else.

    The element is taken out of its document first, so that a reference can only mean the element
    or something within it; raises ProofRefused unless it means the element itself.
    """
    for certificate in certificates:
        try:
            verified = XMLVerifier().verify(
                element,
                x509_cert=certificate,
                id_attribute="ID",
                expect_config=_EXPECTED,
            )
        except _BROKEN:
            continue
        part = verified[0].signed_xml if isinstance(verified, list) else verified.signed_xml
        if part is not None and part.tag == element.tag and part.get("ID") == element.get("ID"):
            return part
    raise ProofRefused(_INVALID)
