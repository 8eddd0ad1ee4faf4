"""The condition keys that S3 derives from a request: its signature, its headers, its tags."""

from collections.abc import Mapping

from console.services.s3.tags import tags_in_header
from iam.authorization import ContextValue
from iam.callers import Origin
from iam.perform import Call, Params
from iam.wire.times import iso8601

Keys = dict[str, ContextValue]

_ENCRYPTION = "s3:x-amz-server-side-encryption"
_HEADERS = {
    "ACL": "s3:x-amz-acl",
    "GrantFullControl": "s3:x-amz-grant-full-control",
    "GrantRead": "s3:x-amz-grant-read",
    "GrantReadACP": "s3:x-amz-grant-read-acp",
    "GrantWrite": "s3:x-amz-grant-write",
    "GrantWriteACP": "s3:x-amz-grant-write-acp",
    "IfMatch": "s3:if-match",
    "IfNoneMatch": "s3:if-none-match",
    "MetadataDirective": "s3:x-amz-metadata-directive",
    "ObjectLockLegalHoldStatus": "s3:object-lock-legal-hold",
    "ObjectLockMode": "s3:object-lock-mode",
    "ObjectOwnership": "s3:x-amz-object-ownership",
    "SSECustomerAlgorithm": "s3:x-amz-server-side-encryption-customer-algorithm",
    "SSEKMSKeyId": "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "ServerSideEncryption": _ENCRYPTION,
    "StorageClass": "s3:x-amz-storage-class",
    "VersionId": "s3:versionid",
    "WebsiteRedirectLocation": "s3:x-amz-website-redirect-location",
}
_CREATIONS = {"s3:PutObject", "s3:CopyObject", "s3:CompleteMultipartUpload"}
"""The operations under s3:PutObject that end with an object; parts of an upload do not."""
_OF_AN_UPLOAD = {"s3:UploadPart", "s3:UploadPartCopy", "s3:CompleteMultipartUpload"}
"""Their requests have no header for it: the upload was begun with its encryption."""


def signature_keys(origin: Origin, account_id: str) -> Keys:
    """Return the keys of every request: how it was signed, and whose its resource is."""
    keys: Keys = {
        "s3:ResourceAccount": account_id,
        "s3:authType": "REST-QUERY-STRING" if origin.presigned else "REST-HEADER",
        "s3:signatureversion": origin.signature_version,
        "s3:TlsVersion": "1.3",
    }
    if origin.payload_hash:
        keys["s3:x-amz-content-sha256"] = origin.payload_hash
    if origin.signed_at:
        age = (origin.received_at - origin.signed_at).total_seconds()
        keys["s3:signatureAge"] = str(max(0, int(age * 1000)))
    return keys


def header_keys(params: Params) -> Keys:
    """Return the keys of a request's headers, the default encryption not among them."""
    return {key: str(params[name]) for name, key in _HEADERS.items() if name in params}


def tag_keys(tags: Mapping[str, str]) -> Keys:
    """Return the keys of the tags that a request gives an object."""
    keys: Keys = {f"s3:RequestObjectTag/{key}": value for key, value in tags.items()}
    return {**keys, "s3:RequestObjectTagKeys": tuple(tags)} if tags else keys


def writing_keys(call: Call, params: Params) -> Keys:
    """Return the keys of a request that writes an object, or a part of one."""
    tags = tags_in_header(params.get("Tagging", "")) if "Key" in params else {}
    keys = tag_keys(tags)
    created = call.operation in _CREATIONS
    keys["s3:ObjectCreationOperation"] = "true" if created else "false"
    until = params.get("ObjectLockRetainUntilDate")
    if until is not None:
        keys["s3:object-lock-retain-until-date"] = iso8601(until)
        left = (until - call.caller.now).days
        keys["s3:object-lock-remaining-retention-days"] = str(max(0, left))
    if call.operation in _OF_AN_UPLOAD:
        keys[_ENCRYPTION] = "AES256"
    return keys | header_keys(params)
