"""The address of an instance's metadata, for callers who may log in to it."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from console.services.ec2.models import Instance
from iam.callers import Caller
from iam.perform import perform

USER = "ec2-user"


def _one_time_key() -> str:
    public = Ed25519PrivateKey.generate().public_key()
    return public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def metadata_path(caller: Caller, instance_id: str) -> str:
    """Return the path of an instance's metadata service, with the permission of Instance Connect.

    Raises AwsError without that permission.
    """
    asked = {
        "InstanceId": instance_id,
        "InstanceOSUser": USER,
        "SSHPublicKey": _one_time_key(),
    }
    perform(caller, "ec2-instance-connect:SendSSHPublicKey", asked)
    rows = Instance.in_sandbox(caller.sandbox).filter(account__account_id=caller.account_id)
    return f"/imds/{rows.get(instance_id=instance_id).secret}/"
