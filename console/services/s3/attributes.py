"""The attributes of an object: everything but its content."""

from dataclasses import asdict, dataclass, field
from typing import Any

from console.services.s3.errors import no_object_lock
from console.services.s3.models import StoredObject
from console.services.s3.tags import tags_in_header
from iam.perform import Params
from iam.wire.errors import AwsError
from iam.wire.protocols.scalars import time_as

_DEFAULT_TYPE = "binary/octet-stream"
_HEADERS = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "WebsiteRedirectLocation",
)
_OWNERS_ACLS = {"private", "bucket-owner-full-control", "bucket-owner-read"}
_GRANTS = ("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWriteACP")
_LOCKS = ("ObjectLockMode", "ObjectLockRetainUntilDate", "ObjectLockLegalHoldStatus")
_MOST_METADATA = 2048
_LONGEST_TYPE = 255


@dataclass(frozen=True)
class Attributes:
    """Content type, the client's own metadata, further headers, tags, checksums."""

    content_type: str = _DEFAULT_TYPE
    metadata: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def attributes_of(stored: StoredObject) -> Attributes:
    """Return the attributes of a stored object."""
    return Attributes(
        stored.content_type, stored.metadata, stored.headers, stored.tags, stored.checksums
    )


def asked_attributes(params: Params) -> Attributes:
    """Return the attributes in a request; raises AwsError for invalid ones."""
    refuse_acl(params)
    _refuse_unserved(params)
    metadata = dict(params.get("Metadata", {}))
    if sum(len(k) + len(v.encode()) for k, v in metadata.items()) > _MOST_METADATA:
        message = "Your metadata headers exceed the maximum allowed metadata size"
        raise AwsError("MetadataTooLarge", message)
    headers = {name: params[name] for name in _HEADERS if params.get(name)}
    if params.get("Expires"):
        headers["Expires"] = time_as("rfc822", params["Expires"])
    return Attributes(
        content_type=(params.get("ContentType") or _DEFAULT_TYPE)[:_LONGEST_TYPE],
        metadata=metadata,
        headers=headers,
        tags=tags_in_header(params.get("Tagging", "")),
        checksums={
            name: value
            for name, value in params.items()
            if name.startswith("Checksum") and name not in {"ChecksumAlgorithm", "ChecksumType"}
        },
    )


def refuse_acl(params: Params) -> None:
    """Raise if the request sets an ACL: buckets here are all BucketOwnerEnforced."""
    granted = any(name in params for name in _GRANTS)
    if granted or params.get("ACL", "private") not in _OWNERS_ACLS:
        raise AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs")


def _refuse_unserved(params: Params) -> None:
    """Raise for options that Rolecall does not support: storage classes, encryption keys, locks."""
    if params.get("StorageClass", "STANDARD") != "STANDARD":
        message = "The storage class you specified is not valid: here there is STANDARD only."
        raise AwsError("InvalidStorageClass", message)
    if params.get("ServerSideEncryption", "AES256") != "AES256" or "SSECustomerKey" in params:
        message = "Rolecall encrypts with no key of yours."
        raise AwsError("NotImplemented", message, 501)
    if any(name in params for name in _LOCKS):
        raise no_object_lock()
