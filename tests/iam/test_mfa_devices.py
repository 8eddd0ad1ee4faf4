"""Virtual MFA devices: made, assigned with two codes, set right, taken away."""

import json
from typing import Any

import pytest

from iam.models import Event, MfaDevice
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.mfa import assigned_device, new_device
from tests.worlds import ACCOUNT_ID, NOON, World, document

SERIAL = f"arn:aws:iam::{ACCOUNT_ID}:mfa/phone"


def refused(world: World, operation: str, **params: Any) -> tuple[str, str]:
    """Return code and message of a call of root that must be refused."""
    with pytest.raises(AwsError) as caught:
        world.do(operation, **params)
    return caught.value.code, caught.value.message


def test_a_new_device_comes_with_its_seed_and_a_qr_code_of_it(world):
    made = world.do("CreateVirtualMFADevice", VirtualMFADeviceName="phone")["VirtualMFADevice"]
    assert made["SerialNumber"] == SERIAL
    assert len(made["Base32StringSeed"]) == 64
    assert made["QRCodePNG"].startswith(b"\x89PNG")
    stored = MfaDevice.in_sandbox(world.sandbox).get()
    assert made["Base32StringSeed"].decode() not in stored.sealed_seed


def test_neither_seed_nor_codes_are_ever_in_an_event(world):
    caller = world.root()
    device = new_device(world, caller=caller)
    codes = device.pair(world)
    asked = {"UserName": "root", "SerialNumber": device.serial, **codes}
    perform(caller, "iam:EnableMFADevice", asked)
    end_visit(caller.visit)
    told = json.dumps([event.record for event in Event.in_sandbox(world.sandbox)])
    assert "EnableMFADevice" in told
    for secret in (device.seed, *codes.values(), "PNG"):
        assert secret not in told


def test_two_consecutive_codes_assign_a_device(world):
    world.add_user("ann")
    device = new_device(world)
    listed = world.do("ListVirtualMFADevices", AssignmentStatus="Unassigned")
    assert listed["VirtualMFADevices"] == [{"SerialNumber": SERIAL}]
    named = {"UserName": "ann", "SerialNumber": SERIAL}
    world.do("EnableMFADevice", **named, **device.pair(world))
    (own,) = world.do("ListMFADevices", UserName="ann")["MFADevices"]
    assert own == {**named, "EnableDate": NOON}
    assert world.do("GetMFADevice", SerialNumber=SERIAL) == own
    (found,) = world.do("ListVirtualMFADevices", AssignmentStatus="Assigned")["VirtualMFADevices"]
    assert found["User"]["UserName"] == "ann"
    assert (
        world.do("ListVirtualMFADevices", AssignmentStatus="Unassigned")["VirtualMFADevices"] == []
    )


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 0), (0, 2), (-40, -39), (30, 31)])
def test_codes_that_are_not_consecutive_or_far_off_are_not_valid(world, first, second):
    world.add_user("ann")
    device = new_device(world)
    codes = {
        "AuthenticationCode1": device.code(world, first),
        "AuthenticationCode2": device.code(world, second),
    }
    said = refused(world, "EnableMFADevice", UserName="ann", SerialNumber=SERIAL, **codes)
    assert said == ("InvalidAuthenticationCode", "Authentication code for device is not valid.")
    assert not MfaDevice.in_sandbox(world.sandbox).filter(enabled_at__isnull=False).exists()


def test_a_device_whose_clock_is_off_is_set_right(world):
    world.add_user("ann")
    device = assigned_device(world, "ann")
    named = {"UserName": "ann", "SerialNumber": SERIAL}
    world.do("ResyncMFADevice", **named, **device.pair(world, 6))
    assert MfaDevice.in_sandbox(world.sandbox).get().drift == 7
    said = refused(world, "ResyncMFADevice", **named, **device.pair(world, 6))
    assert said[0] == "InvalidAuthenticationCode"


def test_a_device_is_taken_away_and_then_deleted(world):
    world.add_user("ann")
    assigned_device(world, "ann")
    in_use = refused(world, "DeleteVirtualMFADevice", SerialNumber=SERIAL)
    assert in_use == ("DeleteConflict", "MFA VirtualDevice in use. Must deactivate first.")
    assert refused(world, "DeleteUser", UserName="ann") == (
        "DeleteConflict",
        "Cannot delete entity, must delete MFA device first.",
    )
    world.do("DeactivateMFADevice", UserName="ann", SerialNumber=SERIAL)
    assert world.do("ListMFADevices", UserName="ann")["MFADevices"] == []
    world.do("DeleteVirtualMFADevice", SerialNumber=SERIAL)
    assert refused(world, "DeleteVirtualMFADevice", SerialNumber=SERIAL)[0] == "NoSuchEntity"
    world.do("DeleteUser", UserName="ann")


def test_a_device_belongs_to_one_user_and_names_are_unique_ignoring_case(world):
    world.add_user("ann")
    world.add_user("bob")
    device = assigned_device(world, "ann")
    bobs = {"UserName": "bob", "SerialNumber": SERIAL}
    assert refused(world, "DeactivateMFADevice", **bobs)[0] == "NoSuchEntity"
    assert refused(world, "GetMFADevice", **bobs)[0] == "NoSuchEntity"
    taken = refused(world, "EnableMFADevice", **bobs, **device.pair(world))
    assert taken[0] == "EntityAlreadyExists"
    assert refused(world, "CreateVirtualMFADevice", VirtualMFADeviceName="PHONE") == (
        "EntityAlreadyExists",
        "MFADevice entity at the same path and name already exists.",
    )
    world.do("CreateVirtualMFADevice", VirtualMFADeviceName="phone", Path="/old/")


def test_a_name_is_as_long_as_a_serial_number_lets_it_be(world):
    world.do("CreateVirtualMFADevice", VirtualMFADeviceName="n" * 226)
    code, message = refused(world, "CreateVirtualMFADevice", VirtualMFADeviceName="n" * 227)
    assert code == "ValidationError"
    assert message.endswith("Member must have length less than or equal to 226")


def test_a_user_has_eight_devices_at_most(world):
    world.add_user("ann")
    for number in range(8):
        assigned_device(world, "ann", f"phone-{number}")
    ninth = new_device(world, "ninth")
    named = {"UserName": "ann", "SerialNumber": ninth.serial}
    assert refused(world, "EnableMFADevice", **named, **ninth.pair(world)) == (
        "LimitExceeded",
        "Cannot exceed quota for MFADevicesPerUser: 8",
    )


def test_the_root_user_has_devices_of_its_own(world):
    device = assigned_device(world, "root", "root-account-mfa-device")
    assert world.do("GetAccountSummary")["SummaryMap"]["AccountMFAEnabled"] == 1
    (own,) = world.do("ListMFADevices")["MFADevices"]
    assert own == {"SerialNumber": device.serial, "EnableDate": NOON}
    (listed,) = world.do("ListVirtualMFADevices")["VirtualMFADevices"]
    assert listed["User"]["Arn"] == world.root().arn
    world.do("DeactivateMFADevice", SerialNumber=device.serial)
    assert world.do("GetAccountSummary")["SummaryMap"]["AccountMFAEnabled"] == 0


def test_users_may_be_let_manage_a_device_of_their_own_name_only(world):
    """The policy that AWS's guide gives for self-service."""
    own = [f"arn:aws:iam::{ACCOUNT_ID}:{kind}/${{aws:username}}" for kind in ("mfa", "user")]
    statement = {"Effect": "Allow", "Action": "iam:*MFADevice", "Resource": own}
    ann = world.add_user("ann", document(statement))
    device = new_device(world, "ann", ann)
    named = {"UserName": "ann", "SerialNumber": device.serial}
    perform(ann, "iam:EnableMFADevice", {**named, **device.pair(world)})
    with pytest.raises(AwsError) as caught:
        new_device(world, "bob", ann)
    assert f"iam:CreateVirtualMFADevice on resource: {SERIAL[:-5]}bob" in caught.value.message
