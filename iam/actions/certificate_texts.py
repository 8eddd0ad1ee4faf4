"""Reading X.509 certificates and keys; the errors are AWS's."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from iam.wire.errors import AwsError


def _malformed(message: str, member: str) -> AwsError:
    return AwsError("MalformedCertificate", message, 400, (member,))


def read_certificate(text: str) -> x509.Certificate:
    """Return the only certificate of a PEM text; raises AwsError for anything else."""
    try:
        certificates = x509.load_pem_x509_certificates(text.strip().encode())
    except ValueError as error:
        message = "Unable to parse certificate. Please ensure the certificate is in PEM format."
        raise _malformed(message, "CertificateBody") from error
    if len(certificates) != 1:
        message = "The certificate body has to be one certificate: others are its chain."
        raise _malformed(message, "CertificateBody")
    return certificates[0]


def check_chain(certificate: x509.Certificate, text: str) -> None:
    """Raise AwsError unless each certificate was issued by the next one of the chain."""
    try:
        chain = x509.load_pem_x509_certificates(text.strip().encode())
    except ValueError as error:
        message = "Unable to parse certificate chain. Please ensure it is in PEM format."
        raise _malformed(message, "CertificateChain") from error
    below = certificate
    for above in chain:
        try:
            below.verify_directly_issued_by(above)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm) as error:
            message = (
                "Unable to validate certificate chain. The certificate chain must start with the "
                "immediate signing certificate, followed by any intermediaries in order."
            )
            raise _malformed(message, "CertificateChain") from error
        below = above


def _public(key: object) -> bytes:
    if not isinstance(key, RSAPublicKey | EllipticCurvePublicKey):
        message = "The key of the certificate is neither RSA nor of an elliptic curve."
        raise _malformed(message, "CertificateBody")
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def check_private_key(certificate: x509.Certificate, text: str) -> None:
    """Raise AwsError unless the private key is the certificate's and not encrypted."""
    try:
        key = load_pem_private_key(text.strip().encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        message = "Unable to parse key. The private key has to be in PEM format, not encrypted."
        raise _malformed(message, "PrivateKey") from error
    if _public(key.public_key()) != _public(certificate.public_key()):
        message = "Unable to validate the certificate with the private key: they do not match."
        raise AwsError("KeyPairMismatch", message, 400, ("PrivateKey", "CertificateBody"))


def fingerprint_of(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex()
