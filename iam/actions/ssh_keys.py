"""SSH public keys of users."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
    load_ssh_public_key,
)

from iam import quotas
from iam.actions.bulk_reads import page_of, paged
from iam.actions.key_status import set_status, settable_status, status_of
from iam.actions.refusals import no_such_entity, over_quota
from iam.actions.resource_kinds import USER
from iam.actions.subjects import named_one, named_user_or_own, one
from iam.models import SshPublicKey, User
from iam.models.identifiers import new_unique_id
from iam.perform import Call, Params, Resolution, Result, reads, writes
from iam.wire.errors import AwsError

_SHORTEST = 2048


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidPublicKey", message, 400, ("SSHPublicKeyBody",))


def _parsed(body: str) -> RSAPublicKey:
    """Return the RSA key of a text in SSH or PEM encoding."""
    raw = body.strip().encode()
    try:
        load = load_pem_public_key if raw.startswith(b"-----") else load_ssh_public_key
        key = load(raw)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _invalid("The public key is malformed.") from error
    if not isinstance(key, RSAPublicKey) or key.key_size < _SHORTEST:
        raise _invalid("The public key must be an RSA key of 2048 bits or more.")
    return key


def _fingerprint(key: RSAPublicKey) -> str:
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digest = hashlib.md5(der, usedforsecurity=False).hexdigest()
    return ":".join(digest[start : start + 2] for start in range(0, len(digest), 2))


def _encoded(body: str, encoding: str) -> str:
    key = _parsed(body)
    if encoding == "PEM":
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def _listed(key: SshPublicKey) -> Result:
    return {
        "UserName": key.user.name,
        "SSHPublicKeyId": key.key_id,
        "Status": status_of(key),
        "UploadDate": key.uploaded_at,
    }


def _shaped(key: SshPublicKey, body: str) -> Mapping[str, Any]:
    return {**_listed(key), "Fingerprint": key.fingerprint, "SSHPublicKeyBody": body}


def _own_key(call: Call, params: Params) -> Resolution:
    """Resolve a user and one of its keys: the subject is the key."""
    found = named_one(USER)(call, params)
    if found.subject is None:
        return found
    rows = SshPublicKey.in_sandbox(call.caller.sandbox).filter(user=found.subject)
    key = rows.select_related("user").filter(key_id=params["SSHPublicKeyId"]).first()
    message = f"The Public Key with id {params['SSHPublicKeyId']} cannot be found."
    missing = no_such_entity(message, "SSHPublicKeyId")
    return replace(found, subject=key, missing=None if key else missing)


def new_key(call: Call, params: Params, user: User) -> dict[str, Any]:
    """Return the fields of a new key; raises AwsError if the request is refused."""
    body = params["SSHPublicKeyBody"]
    fingerprint = _fingerprint(_parsed(body))
    keys = SshPublicKey.in_sandbox(call.caller.sandbox).filter(user=user)
    if keys.filter(fingerprint=fingerprint).exists():
        message = "The SSH public key is already associated with the user."
        raise AwsError("DuplicateSSHPublicKey", message, 400, ("SSHPublicKeyBody",))
    if keys.count() >= quotas.SSH_KEYS_PER_USER:
        raise over_quota("SSHPublicKeysPerUser", quotas.SSH_KEYS_PER_USER)
    return {"user": user, "body": body, "fingerprint": fingerprint}


@writes("iam:UploadSSHPublicKey", on=named_one(USER), prepare=new_key)
def upload_ssh_public_key(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Store a user's public key."""
    key_id, now = new_unique_id("APKA"), call.caller.now
    key = SshPublicKey.add(call.caller.sandbox, key_id=key_id, uploaded_at=now, **fields)
    return {"SSHPublicKey": _shaped(key, key.body)}


@reads("iam:GetSSHPublicKey", on=_own_key)
def get_ssh_public_key(call: Call, params: Params, key: SshPublicKey) -> Result:
    return {"SSHPublicKey": _shaped(key, _encoded(key.body, params["Encoding"]))}


@reads("iam:ListSSHPublicKeys", on=one(named_user_or_own), prepare=paged)
def list_ssh_public_keys(call: Call, params: Params, user: User) -> Result:
    keys = SshPublicKey.in_sandbox(call.caller.sandbox).filter(user=user).select_related("user")
    return page_of(params, "SSHPublicKeys", keys, _listed)


writes("iam:UpdateSSHPublicKey", on=_own_key, prepare=settable_status("key"))(set_status)


@writes("iam:DeleteSSHPublicKey", on=_own_key)
def delete_ssh_public_key(call: Call, params: Params, key: SshPublicKey) -> None:
    key.delete()
