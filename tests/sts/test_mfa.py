"""A second factor given to AssumeRole: whose device, which code, once."""

import pytest

from tests.mfa import assigned_device, new_device
from tests.sts.asking import assume, later, refused, session_from
from tests.worlds import document

NOT_BOTH = (
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
)
NO_DEVICE = (
    "MultiFactorAuthentication failed, unable to validate MFA code.  "
    "Please verify your MFA serial number is valid and associated with this user."
)
INVALID = "MultiFactorAuthentication failed with invalid MFA one time pass code."


def _role(world, **condition):
    condition = condition or {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    made = {"RoleName": "Guarded", "AssumeRolePolicyDocument": document(statement)}
    return world.do("CreateRole", **made)["Role"]["Arn"]


def test_a_code_opens_a_role_that_requires_mfa(world):
    ann = world.add_user("ann")
    role, device = _role(world), assigned_device(world, "ann")
    assert "because no role trust policy allows" in refused(ann, role).message
    session = session_from(world, assume(ann, role, **device.second_factor(world)))
    assert session.mfa_at is None  # AWS: AssumeRole's credentials carry no MFA information


def test_a_trust_policy_may_ask_for_a_fresh_code(world):
    ann = world.add_user("ann")
    role = _role(world, NumericLessThan={"aws:MultiFactorAuthAge": "60"})
    device = assigned_device(world, "ann")
    assert refused(ann, role).code == "AccessDenied"
    assert assume(ann, role, **device.second_factor(world))


def test_a_code_is_good_once_and_those_before_it_no_more(world):
    ann = world.add_user("ann")
    role, device = _role(world), assigned_device(world, "ann")
    assume(ann, role, **device.second_factor(world, 1))
    for spent in (1, 0):
        error = refused(ann, role, **device.second_factor(world, spent))
        assert (error.code, error.message, error.status) == ("AccessDenied", INVALID, 403)


def test_codes_follow_real_time_and_not_the_sandboxs_clock(world):
    ann = world.add_user("ann")
    role, device = _role(world), assigned_device(world, "ann")
    old = device.second_factor(world)
    after = later(world, minutes=5)
    assert refused(after.user("ann"), role, **old).message == INVALID
    world.sandbox.clock_offset += after.origin.received_at - world.origin.received_at
    world.sandbox.save()
    assert assume(world.user("ann"), role, **old)
    assert ann.name == "ann"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"TokenCode": "123456"}, NOT_BOTH),
        ({"SerialNumber": "arn:aws:iam::975050059573:mfa/phone"}, NOT_BOTH),
        ({"SerialNumber": "arn:aws:iam::975050059573:mfa/no", "TokenCode": "123456"}, NO_DEVICE),
        ({"SerialNumber": "arn:aws:iam::975050059573:user/ann", "TokenCode": "123456"}, NO_DEVICE),
    ],
)
def test_a_factor_that_is_half_given_or_of_no_device_is_refused(world, given, message):
    ann = world.add_user("ann")
    assigned_device(world, "ann")
    error = refused(ann, _role(world), **given)
    assert (error.code, error.message) == ("AccessDenied", message)


def test_only_ones_own_assigned_device_counts(world):
    world.add_user("bob")
    ann, role = world.add_user("ann"), _role(world)
    bobs, nobodys = assigned_device(world, "bob"), new_device(world, "spare")
    for device in (bobs, nobodys):
        assert refused(ann, role, **device.second_factor(world)).message == NO_DEVICE


def test_a_clock_that_is_off_counts_and_codes_that_were_typed_late_do_no_harm(world):
    ann, role = world.add_user("ann"), _role(world)
    device = assigned_device(world, "ann")
    off = {"UserName": "ann", "SerialNumber": device.serial, **device.pair(world, 7)}
    assert refused(ann, role, **device.second_factor(world, 9)).message == INVALID
    world.do("ResyncMFADevice", **off)
    assert assume(ann, role, **device.second_factor(world, 9))
    late = assigned_device(world, "ann", "late", -9)
    assert assume(ann, role, **late.second_factor(world))
