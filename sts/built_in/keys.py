"""The signing key of a sandbox's identity provider, created at first use."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypedDict

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.db import IntegrityError, transaction

from iam.federation import SigningKey
from iam.models import Sandbox
from iam.models.seals import seal, unseal
from sts.built_in.models import BuiltInKey
from sts.built_in.names import name_of

_PURPOSE = "built-in-key"
_YEARS = timedelta(days=3650)
_BITS = 2048


def _certificate(key: rsa.RSAPrivateKey, common_name: str, at: datetime) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    builder = x509.CertificateBuilder(
        subject_name=subject,
        issuer_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=at - timedelta(days=1),
        not_valid_after=at + _YEARS,
    )
    return builder.sign(key, hashes.SHA256())


class KeyColumns(TypedDict):
    """What a row of BuiltInKey has."""

    sealed_key: str
    certificate: str
    created_at: datetime


def new_key(name: str, at: datetime) -> KeyColumns:
    """Return a new key of an identity provider; it takes a tenth of a second."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    certificate = _certificate(key, name, at)
    return {
        "sealed_key": seal(_PURPOSE, pem),
        "certificate": certificate.public_bytes(Encoding.PEM).decode(),
        "created_at": at,
    }


def _row(sandbox: Sandbox, at: datetime) -> BuiltInKey:
    rows = BuiltInKey.in_sandbox(sandbox)
    found: BuiltInKey | None = rows.first()
    if found is not None:
        return found
    new = new_key(name_of(sandbox).host, at)  # before the transaction, because it is slow
    with suppress(IntegrityError), transaction.atomic():  # another request created it meanwhile
        BuiltInKey.add(sandbox, **new)
    made: BuiltInKey = rows.get()
    return made


def signing_key(sandbox: Sandbox, received_at: datetime) -> SigningKey:
    """Return the sandbox's signing key; the first use creates it."""
    row = _row(sandbox, sandbox.time_at(received_at))
    pem = unseal(_PURPOSE, row.sealed_key)
    # OpenSSL's check of the numbers takes 33 ms; the seal proves that they are those made here.
    key = load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        message = "the key of the identity provider is no RSA key"
        raise TypeError(message)
    return SigningKey(key, x509.load_pem_x509_certificate(row.certificate.encode()))


def key_set_of(
    sandbox: Sandbox, url: str, received_at: datetime, *, made: bool = True
) -> dict[str, Any]:
    """Return the public keys of an issuer, if it is the sandbox's own; {} otherwise.

    `url` is the issuer without https://. With `made`, a missing key is created.
    """
    if url != name_of(sandbox).host:
        return {}
    if not made and not BuiltInKey.in_sandbox(sandbox).exists():
        return {"keys": []}
    return signing_key(sandbox, received_at).key_set()
