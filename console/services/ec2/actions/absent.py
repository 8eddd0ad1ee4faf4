"""What no account here has, such as disks and gateways, and a new account's settings."""

from collections.abc import Callable

from console.services.ec2.absent_kinds import ABSENT_KINDS
from console.services.ec2.resolvers import on_all, unless_dry_run
from iam.perform import Call, Params, Result, reads

_SETTINGS: dict[str, Result] = {
    "GetAllowedImagesSettings": {"State": "disabled", "ManagedBy": "account"},
    "GetEbsDefaultKmsKeyId": {"KmsKeyId": "alias/aws/ebs"},
    "GetEbsEncryptionByDefault": {"EbsEncryptionByDefault": False, "SseType": "none"},
    "GetImageBlockPublicAccessState": {
        "ImageBlockPublicAccessState": "block-new-sharing",
        "ManagedBy": "account",
    },
    "GetInstanceMetadataDefaults": {"AccountLevel": {}},
    "GetSerialConsoleAccessStatus": {"SerialConsoleAccessEnabled": False, "ManagedBy": "account"},
    "GetSnapshotBlockPublicAccessState": {"State": "unblocked", "ManagedBy": "account"},
}
"""EC2 user guide; that new accounts block the sharing of images is AWS's news of October 2023."""


def _found(call: Call, params: Params, found: Result) -> Result:
    return found


def _constant(result: Result) -> Callable[[Call, Params, None], Result]:
    def answer(call: Call, params: Params, _: None) -> Result:
        return result

    return answer


for _kind in ABSENT_KINDS:
    reads(f"ec2:{_kind.operation}", on=unless_dry_run(on_all), prepare=_kind.prepare)(_found)
for _operation, _result in _SETTINGS.items():
    reads(f"ec2:{_operation}", on=unless_dry_run(on_all))(_constant(_result))
