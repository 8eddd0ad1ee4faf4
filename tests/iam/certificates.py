"""Certificates as texts: one that signs itself, and one that it issued."""

from datetime import timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.federation.documents import NOW, identity


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def issued(name: str = "www", by: str = "authority", days: int = 3650) -> str:
    """Return the certificate of a key that another one issued."""
    authority = identity(by)
    builder = x509.CertificateBuilder(
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]),
        issuer_name=authority.certificate.subject,
        public_key=identity(name).key.public_key(),
        serial_number=4711,
        not_valid_before=NOW - timedelta(days=20),
        not_valid_after=NOW + timedelta(days=days),
    )
    return pem(builder.sign(authority.key, hashes.SHA256()))


AUTHORITY = pem(identity("authority").certificate)
OWN = pem(identity("www").certificate)
KEY = identity("www").key_pem
_NAMED = {"ServerCertificateName": "www"}
_TAGS = [{"Key": "k", "Value": "v"}]

CERTIFICATES: list[tuple[str, dict[str, Any]]] = [
    ("UploadSigningCertificate", {"UserName": "x", "CertificateBody": OWN}),
    ("ListSigningCertificates", {"UserName": "x"}),
    (
        "UpdateSigningCertificate",
        {"UserName": "x", "CertificateId": "CERTIFICATE", "Status": "Inactive"},
    ),
    ("DeleteSigningCertificate", {"UserName": "x", "CertificateId": "CERTIFICATE"}),
    (
        "UploadServerCertificate",
        {**_NAMED, "CertificateBody": OWN, "PrivateKey": KEY, "Tags": _TAGS},
    ),
    ("GetServerCertificate", _NAMED),
    ("ListServerCertificates", {}),
    ("TagServerCertificate", {**_NAMED, "Tags": _TAGS}),
    ("ListServerCertificateTags", _NAMED),
    ("UntagServerCertificate", {**_NAMED, "TagKeys": ["k"]}),
    ("UpdateServerCertificate", {**_NAMED, "NewPath": "/web/"}),
    ("DeleteServerCertificate", _NAMED),
]
