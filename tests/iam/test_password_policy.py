"""The account's password policy: kept, enforced, taken away."""

import pytest

from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.worlds import allow, document

GOOD = "Correct-horse1"
DEFAULTS = {
    "MinimumPasswordLength": 6,
    "RequireSymbols": False,
    "RequireNumbers": False,
    "RequireUppercaseCharacters": False,
    "RequireLowercaseCharacters": False,
    "AllowUsersToChangePassword": False,
    "HardExpiry": False,
    "ExpirePasswords": False,
}


def _policy(world):
    return world.do("GetAccountPasswordPolicy")["PasswordPolicy"]


def test_an_update_sets_the_whole_policy_and_a_deletion_goes_back_to_the_default(world, refusal):
    world.do("UpdateAccountPasswordPolicy", MaxPasswordAge=90, PasswordReusePrevention=3)
    given = {"MaxPasswordAge": 90, "PasswordReusePrevention": 3, "ExpirePasswords": True}
    assert _policy(world) == {**DEFAULTS, **given}
    world.do("UpdateAccountPasswordPolicy", RequireNumbers=True)
    assert _policy(world) == {**DEFAULTS, "RequireNumbers": True}
    world.do("DeleteAccountPasswordPolicy")
    for operation in ("GetAccountPasswordPolicy", "DeleteAccountPasswordPolicy"):
        assert refusal(operation).code == "NoSuchEntity"


def test_a_policy_is_its_own_accounts(world):
    second = world.add_account("111122223333")
    world.do("UpdateAccountPasswordPolicy", MinimumPasswordLength=20)
    with pytest.raises(AwsError, match="cannot be found"):
        perform(world.root(second), "iam:GetAccountPasswordPolicy")


@pytest.mark.parametrize(
    ("policy", "password", "sentence"),
    [
        ({"MinimumPasswordLength": 15}, GOOD, "Password should have a minimum length of 15"),
        (
            {"RequireUppercaseCharacters": True},
            "lower-1",
            "Password should have at least one uppercase letter",
        ),
        (
            {"RequireLowercaseCharacters": True},
            "UPPER-1",
            "Password should have at least one lowercase letter",
        ),
        ({"RequireNumbers": True}, "Letters-", "Password should have at least one number"),
        ({"RequireSymbols": True}, "Letters1", "Password should have at least one symbol"),
    ],
)
def test_each_rule_has_a_sentence_of_its_own(world, refusal, policy, password, sentence):
    world.add_user("ann")
    world.do("CreateLoginProfile", UserName="ann", Password=GOOD)
    world.add_user("bob")
    world.do("UpdateAccountPasswordPolicy", **policy)
    for operation, name in (("CreateLoginProfile", "bob"), ("UpdateLoginProfile", "ann")):
        error = refusal(operation, UserName=name, Password=password)
        assert (error.code, error.status) == ("PasswordPolicyViolation", 400)
        assert error.message == sentence
    ann = world.user("ann")
    change = {"OldPassword": GOOD, "NewPassword": password}
    world.do("PutUserPolicy", UserName="ann", PolicyName="p", PolicyDocument=allow("iam:*"))
    with pytest.raises(AwsError, match=sentence):
        perform(ann, "iam:ChangePassword", change)


def test_a_policy_of_ones_own_may_ask_less_than_the_default(world):
    world.add_user("ann")
    world.do("UpdateAccountPasswordPolicy")
    world.do("CreateLoginProfile", UserName="ann", Password="abcdef")


def test_as_many_earlier_passwords_are_refused_as_the_policy_sets(world):
    ann = world.add_user("ann", allow("iam:ChangePassword"))
    world.do("CreateLoginProfile", UserName="ann", Password="Secret-1")
    world.do("UpdateAccountPasswordPolicy", PasswordReusePrevention=2)

    def change(old: int, new: int) -> None:
        given = {"OldPassword": f"Secret-{old}", "NewPassword": f"Secret-{new}"}
        perform(ann, "iam:ChangePassword", given)

    change(1, 2)
    for used in (1, 2):
        with pytest.raises(AwsError, match="password reuse prevention"):
            change(2, used)
    change(2, 3)
    change(3, 1)


def test_users_may_change_their_own_password_if_the_policy_allows_it(world):
    ann, bob = world.add_user("ann"), world.add_user("bob")
    for name in ("ann", "bob"):
        world.do("CreateLoginProfile", UserName=name, Password=GOOD)
    change = {"OldPassword": GOOD, "NewPassword": "Another-1"}
    with pytest.raises(AccessDenied):
        perform(ann, "iam:ChangePassword", change)
    world.do("UpdateAccountPasswordPolicy", AllowUsersToChangePassword=True)
    perform(world.user("ann"), "iam:ChangePassword", change)
    deny = document({"Effect": "Deny", "Action": "iam:*", "Resource": "*"})
    world.do("PutUserPolicy", UserName="bob", PolicyName="d", PolicyDocument=deny)
    with pytest.raises(AccessDenied, match="explicit deny"):
        perform(world.user(bob.name), "iam:ChangePassword", change)
