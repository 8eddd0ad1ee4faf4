"""The checksums that clients send with their uploads: computed and compared."""

import struct
import zlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import md5, sha1, sha256, sha512

from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest

_PREFIX = "x-amz-checksum-"
_CRC32C = (0x82F63B78, 32)
_CRC64NVME = (0x9A6C9329AC4BC9B5, 64)


@lru_cache(maxsize=2)
def _table(polynomial: int) -> tuple[int, ...]:
    """Return the table of a reflected CRC for two bytes at once, which halves the steps."""
    table = []
    for pair in range(1 << 16):
        rest = pair
        for _ in range(16):
            rest = (rest >> 1) ^ (polynomial if rest & 1 else 0)
        table.append(rest)
    return tuple(table)


def _crc(body: bytes, polynomial: int, bits: int) -> bytes:
    table, ones = _table(polynomial), (1 << bits) - 1
    rest = ones
    even = len(body) & ~1
    for pair in struct.unpack(f"<{even // 2}H", body[:even]):
        rest = table[(rest ^ pair) & 0xFFFF] ^ (rest >> 16)
    for byte in body[even:]:
        rest ^= byte
        for _ in range(8):
            rest = (rest >> 1) ^ (polynomial if rest & 1 else 0)
    return (rest ^ ones).to_bytes(bits // 8, "big")


ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {
    "CRC32": lambda body: zlib.crc32(body).to_bytes(4, "big"),
    "CRC32C": lambda body: _crc(body, *_CRC32C),
    "CRC64NVME": lambda body: _crc(body, *_CRC64NVME),
    "MD5": lambda body: md5(body, usedforsecurity=False).digest(),
    "SHA1": lambda body: sha1(body, usedforsecurity=False).digest(),
    "SHA256": lambda body: sha256(body).digest(),
    "SHA512": lambda body: sha512(body).digest(),
}


def checksum(algorithm: str, body: bytes) -> str:
    return b64encode(ALGORITHMS[algorithm](body)).decode()


def refuse_wrong_checksum(headers: Mapping[str, str], body: bytes, *, required: bool) -> None:
    """Raise if a body does not match the checksum sent with it, or lacks a required one."""
    sent = {
        name.removeprefix(_PREFIX).upper(): value
        for name, value in headers.items()
        if name.startswith(_PREFIX) and name not in {f"{_PREFIX}mode", f"{_PREFIX}type"}
    }
    if required and not sent and "content-md5" not in headers:
        message = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
        raise AwsError("InvalidRequest", message)
    for algorithm, value in sent.items():
        if algorithm not in ALGORITHMS:
            message = f"Rolecall does not count {algorithm} checksums."
            raise AwsError("NotImplemented", message, 501)
        if value != checksum(algorithm, body):
            message = f"The {algorithm} you specified did not match the calculated checksum."
            raise AwsError("BadDigest", message)


def refuse_wrong_md5(request: WireRequest) -> None:
    """Raise if the body does not match Content-MD5."""
    sent = request.headers.get("content-md5")
    if sent is None:
        return
    try:
        digest = b64decode(sent, validate=True)
    except (Base64Error, ValueError):
        digest = b""
    if len(digest) != 16:
        raise AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.")
    if digest != md5(request.body, usedforsecurity=False).digest():
        message = "The Content-MD5 you specified did not match what we received."
        raise AwsError("BadDigest", message)
