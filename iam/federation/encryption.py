"""Assertions that an identity provider encrypted to a key of the account's."""

import base64
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from lxml import etree

from iam.federation.errors import ProofRefused
from iam.federation.xml import first_in, parsed, text_of

_XENC = "http://www.w3.org/2001/04/xmlenc#"
_XENC_11 = "http://www.w3.org/2009/xmlenc11#"
_GCM = {f"{_XENC_11}aes128-gcm", f"{_XENC_11}aes192-gcm", f"{_XENC_11}aes256-gcm"}
_CBC = {f"{_XENC}aes128-cbc", f"{_XENC}aes192-cbc", f"{_XENC}aes256-cbc"}
_OAEP_SHA1 = f"{_XENC}rsa-oaep-mgf1p"
_OAEP = f"{_XENC_11}rsa-oaep"
_DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    "http://www.w3.org/2000/09/xmldsig#sha1": hashes.SHA1,
    f"{_XENC}sha256": hashes.SHA256,
    f"{_XENC}sha512": hashes.SHA512,
}
_MASKS: dict[str, type[hashes.HashAlgorithm]] = {
    f"{_XENC_11}mgf1sha1": hashes.SHA1,
    f"{_XENC_11}mgf1sha256": hashes.SHA256,
    f"{_XENC_11}mgf1sha512": hashes.SHA512,
}
_UNREADABLE = "Unable to decrypt the SAML assertion"


def _cipher_value(element: etree._Element) -> bytes:
    return base64.b64decode(text_of(first_in(element, "xenc:CipherData/xenc:CipherValue")))


def _algorithm(element: etree._Element) -> str:
    method = first_in(element, "xenc:EncryptionMethod")
    return "" if method is None else method.get("Algorithm") or ""


def _padding(encrypted_key: etree._Element) -> OAEP:
    algorithm = _algorithm(encrypted_key)
    if algorithm not in {_OAEP_SHA1, _OAEP}:
        raise ProofRefused(_UNREADABLE)
    digest = first_in(encrypted_key, "xenc:EncryptionMethod/ds:DigestMethod")
    mask = encrypted_key.find(f"{{{_XENC}}}EncryptionMethod/{{{_XENC_11}}}MGF")
    hashing = hashes.SHA1 if digest is None else _DIGESTS[digest.get("Algorithm") or ""]
    masking = hashes.SHA1 if mask is None else _MASKS[mask.get("Algorithm") or ""]
    return OAEP(MGF1(masking()), hashing(), label=None)


def _content(algorithm: str, key: bytes, value: bytes) -> bytes:
    if algorithm in _GCM:
        return AESGCM(key).decrypt(value[:12], value[12:], None)
    if algorithm in _CBC:
        decryptor = Cipher(AES(key), CBC(value[:16])).decryptor()
        padded = decryptor.update(value[16:]) + decryptor.finalize()
        return padded[: -padded[-1]]
    raise ProofRefused(_UNREADABLE)


def decrypted(encrypted: etree._Element, keys: Sequence[RSAPrivateKey]) -> etree._Element:
    """Return the assertion within an EncryptedAssertion; raises ProofRefused if no key opens it."""
    data = first_in(encrypted, "xenc:EncryptedData")
    wrapped = encrypted.find(f".//{{{_XENC}}}EncryptedKey")
    if data is None or wrapped is None:
        raise ProofRefused(_UNREADABLE)
    for key in keys:
        try:
            content_key = key.decrypt(_cipher_value(wrapped), _padding(wrapped))
            return parsed(_content(_algorithm(data), content_key, _cipher_value(data)))
        except (ValueError, KeyError, IndexError, InvalidTag):
            continue
    raise ProofRefused(_UNREADABLE)
