"""The status of access keys, SSH keys and signing certificates: *Active* or *Inactive*."""

from iam.actions.refusals import invalid_input
from iam.models import AccessKey, SigningCertificate, SshPublicKey
from iam.perform import Call, Params
from iam.perform.registry import Preparer

Key = AccessKey | SshPublicKey | SigningCertificate


def status_of(key: Key) -> str:
    return "Active" if key.active else "Inactive"


def settable_status(thing: str) -> Preparer:
    """Return a function that refuses the third status of AWS's model, which nobody can set."""

    def prepare(call: Call, params: Params, key: Key) -> Key:
        if params["Status"] == "Expired":
            raise invalid_input(f"The status of a {thing} cannot be set to Expired.", "Status")
        return key

    return prepare


def set_status(call: Call, params: Params, key: Key) -> None:
    key.active = params["Status"] == "Active"
    key.save(update_fields=["active"])
