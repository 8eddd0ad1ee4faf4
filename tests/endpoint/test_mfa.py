"""MFA by boto3: a device, its seed and its picture over the wire, and a code for a role."""

from datetime import UTC, datetime

from iam.actions.mfa_codes import code_of, step_at
from tests.endpoint.clients import keys_of, refusal
from tests.worlds import document


def _code(seed: str, after: int) -> str:
    return code_of(seed, step_at(datetime.now(UTC)) + after)


def _guarded(account_id: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": account_id}, "Action": "sts:AssumeRole"}
    return document({**statement, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}})


def test_a_device_made_by_a_client_opens_a_role_that_requires_mfa(clients, admin, world):
    iam, sts = clients("iam", admin), clients("sts", admin)
    own = iam.get_user()["User"]["UserName"]
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]
    seed, serial = made["Base32StringSeed"].decode(), made["SerialNumber"]
    assert made["QRCodePNG"].startswith(b"\x89PNG")
    named = {"UserName": own, "SerialNumber": serial}
    wrong = {"AuthenticationCode1": _code(seed, -2), "AuthenticationCode2": _code(seed, -2)}
    assert refusal(iam.enable_mfa_device, **named, **wrong) == (
        "InvalidAuthenticationCode",
        "Authentication code for device is not valid.",
        403,
    )
    right = {"AuthenticationCode1": _code(seed, -3), "AuthenticationCode2": _code(seed, -2)}
    iam.enable_mfa_device(**named, **right)
    iam.create_role(RoleName="G", AssumeRolePolicyDocument=_guarded(world.account_id))
    role = {"RoleArn": f"arn:aws:iam::{world.account_id}:role/G", "RoleSessionName": "lesson"}
    assert refusal(sts.assume_role, **role)[0] == "AccessDenied"
    code = {"SerialNumber": serial, "TokenCode": _code(seed, 0)}
    given = sts.assume_role(**role, **code)["Credentials"]
    assert clients("sts", keys_of(given)).get_caller_identity()["Arn"].endswith("G/lesson")
    assert refusal(sts.assume_role, **role, **code)[1:] == (
        "MultiFactorAuthentication failed with invalid MFA one time pass code.",
        403,
    )
