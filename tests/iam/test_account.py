"""The account: alias, summary, password policy."""

from iam.perform import perform
from tests.worlds import ACCOUNT_ID, make_world


def test_an_alias_is_one_and_unique_in_the_sandbox(world, refusal):
    second = world.add_account("111122223333")
    world.do("CreateAccountAlias", AccountAlias="blue")
    world.do("CreateAccountAlias", AccountAlias="green")
    assert world.do("ListAccountAliases")["AccountAliases"] == ["green"]
    perform(world.root(second), "iam:CreateAccountAlias", {"AccountAlias": "red"})
    error = refusal("CreateAccountAlias", AccountAlias="red")
    assert (error.code, error.message) == (
        "EntityAlreadyExists",
        "The account alias red already exists.",
    )
    make_world("bob").do("CreateAccountAlias", AccountAlias="green")
    assert refusal("DeleteAccountAlias", AccountAlias="red").code == "NoSuchEntity"
    world.do("DeleteAccountAlias", AccountAlias="green")
    assert world.do("ListAccountAliases")["AccountAliases"] == []


def test_the_summary_counts_this_account_alone(world):
    second = world.add_account("111122223333")
    perform(world.root(second), "iam:CreateUser", {"UserName": "theirs"})
    world.add_user("ann")
    world.add_role("r")
    summary = world.do("GetAccountSummary")["SummaryMap"]
    assert (summary["Users"], summary["Roles"], summary["Groups"]) == (1, 1, 0)
    assert summary["AccountMFAEnabled"] == 0


def test_the_default_password_policy_is_no_entity(refusal):
    error = refusal("GetAccountPasswordPolicy")
    assert error.code == "NoSuchEntity"
    assert error.message == (f"The Password Policy with domain name {ACCOUNT_ID} cannot be found.")
