"""Console passwords."""

import pytest
from django.contrib.auth.hashers import check_password

from iam.models import LoginProfile
from iam.perform import AccessDenied, perform, perform_each
from iam.wire.errors import AwsError
from tests.worlds import allow

GOOD = "Correct-horse1"


def test_a_password_is_kept_hashed_and_never_recorded(world):
    world.add_user("ann")
    made = world.do("CreateLoginProfile", UserName="ann", Password=GOOD)["LoginProfile"]
    assert made["UserName"] == "ann"
    assert made["PasswordResetRequired"] is False
    kept = LoginProfile.in_sandbox(world.sandbox).get()
    assert kept.password.startswith("pbkdf2_toy$")
    assert check_password(GOOD, kept.password)
    assert GOOD not in str(world.events()[0].record)


@pytest.mark.parametrize("weak", ["Sh0rt-1", "onlyletters-", "12345678", "main"])
def test_a_weak_password_is_refused(world, refusal, weak):
    world.add_user("ann")
    error = refusal("CreateLoginProfile", UserName="ann", Password=weak)
    assert error.code == "PasswordPolicyViolation"
    assert error.message == "Password does not conform to the account password policy."


def test_a_second_password_is_refused(world, refusal):
    world.add_user("ann")
    world.do("CreateLoginProfile", UserName="ann", Password=GOOD)
    error = refusal("CreateLoginProfile", UserName="ann", Password=GOOD)
    assert error.message == "Login Profile for user ann already exists."


@pytest.mark.parametrize("operation", ["Get", "Update", "Delete"])
def test_a_missing_password_is_reported_in_awss_words(world, refusal, operation):
    world.add_user("ann")
    error = refusal(f"{operation}LoginProfile", UserName="ann")
    assert (error.code, error.status) == ("NoSuchEntity", 404)
    assert error.message == "Login Profile for User ann cannot be found."


def test_many_users_passwords_come_in_one_call(world):
    for name in ("ann", "bea"):
        world.add_user(name)
    world.do("CreateLoginProfile", UserName="bea", Password=GOOD, PasswordResetRequired=True)
    caller = world.root()
    requests = [{"UserName": name} for name in ("ann", "bea", "nobody")]
    ann, bea, nobody = perform_each(caller, "iam:GetLoginProfile", requests)
    assert "Login Profile for User ann cannot be found." in str(ann)
    assert isinstance(bea, dict)
    assert bea["LoginProfile"]["PasswordResetRequired"] is True
    assert str(nobody) == "NoSuchEntity: The user with name nobody cannot be found."
    assert len(caller.visit.pending) == 1
    assert isinstance(nobody, AwsError)
    assert nobody.__traceback__ is None  # else its frames stay as long as the page's rows


def test_a_user_changes_the_own_password(world):
    ann = world.add_user("ann", allow("iam:ChangePassword"))
    world.do("CreateLoginProfile", UserName="ann", Password=GOOD, PasswordResetRequired=True)
    with pytest.raises(AwsError, match="The old password was incorrect"):
        perform(ann, "iam:ChangePassword", {"OldPassword": "wrong", "NewPassword": "New-pass-1"})
    perform(ann, "iam:ChangePassword", {"OldPassword": GOOD, "NewPassword": "New-pass-1"})
    kept = LoginProfile.in_sandbox(world.sandbox).get()
    assert check_password("New-pass-1", kept.password)
    assert not kept.password_reset_required


def test_changing_a_password_needs_permission(world):
    ann = world.add_user("ann")
    world.do("CreateLoginProfile", UserName="ann", Password=GOOD)
    with pytest.raises(AccessDenied):
        perform(ann, "iam:ChangePassword", {"OldPassword": GOOD, "NewPassword": "New-pass-1"})


def test_root_has_no_password_of_this_kind(world, refusal):
    error = refusal("ChangePassword", OldPassword=GOOD, NewPassword=GOOD)
    assert error.code == "InvalidUserType"
