"""SSH public keys of users."""

import pytest

from iam.models import SshPublicKey
from tests.iam.ssh import SSH


def test_a_key_is_stored_and_returned_in_either_encoding(world):
    world.do("CreateUser", UserName="ann")
    made = world.do("UploadSSHPublicKey", UserName="ann", SSHPublicKeyBody=SSH)["SSHPublicKey"]
    assert made["SSHPublicKeyId"].startswith("APKA")
    assert len(made["Fingerprint"]) == 47
    named = {"UserName": "ann", "SSHPublicKeyId": made["SSHPublicKeyId"]}
    pem = world.do("GetSSHPublicKey", **named, Encoding="PEM")["SSHPublicKey"]
    assert pem["SSHPublicKeyBody"].startswith("-----BEGIN PUBLIC KEY-----")
    ssh = world.do("GetSSHPublicKey", **named, Encoding="SSH")["SSHPublicKey"]
    assert ssh["SSHPublicKeyBody"] == SSH
    world.do("UpdateSSHPublicKey", **named, Status="Inactive")
    (listed,) = world.do("ListSSHPublicKeys", UserName="ann")["SSHPublicKeys"]
    assert listed["Status"] == "Inactive"
    world.do("DeleteSSHPublicKey", **named)
    assert world.do("ListSSHPublicKeys", UserName="ann")["SSHPublicKeys"] == []


@pytest.mark.parametrize("body", ["ssh-rsa AAAA", "-----BEGIN PUBLIC KEY-----\nx", "hello", "é"])
def test_a_malformed_key_is_refused(world, refusal, body):
    world.do("CreateUser", UserName="ann")
    error = refusal("UploadSSHPublicKey", UserName="ann", SSHPublicKeyBody=body)
    assert (error.code, error.status) == ("InvalidPublicKey", 400)


def test_a_key_is_taken_once_and_five_are_the_most(world, refusal):
    world.do("CreateUser", UserName="ann")
    world.do("UploadSSHPublicKey", UserName="ann", SSHPublicKeyBody=SSH)
    error = refusal("UploadSSHPublicKey", UserName="ann", SSHPublicKeyBody=SSH)
    assert error.code == "DuplicateSSHPublicKey"
    key = SshPublicKey.in_sandbox(world.sandbox).get()
    for number in range(4):
        key.pk, key.key_id = None, f"APKA{number}"
        key.save()
    SshPublicKey.in_sandbox(world.sandbox).update(fingerprint="00")
    error = refusal("UploadSSHPublicKey", UserName="ann", SSHPublicKeyBody=SSH)
    assert error.message == "Cannot exceed quota for SSHPublicKeysPerUser: 5"


def test_a_user_with_a_key_is_not_deleted(world, refusal):
    world.do("CreateUser", UserName="ann")
    world.do("UploadSSHPublicKey", UserName="ann", SSHPublicKeyBody=SSH)
    assert refusal("DeleteUser", UserName="ann").code == "DeleteConflict"
