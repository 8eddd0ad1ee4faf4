"""The account: alias, summary, password policy."""

from iam.perform import perform
from tests.worlds import ACCOUNT_ID, allow, make_world


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


def test_the_details_hold_everything_with_documents(world):
    text = allow("s3:*")
    arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    world.add_user("ann", text)
    world.do("CreateGroup", GroupName="devs")
    world.do("AddUserToGroup", GroupName="devs", UserName="ann")
    world.add_role("r")
    world.do("AttachRolePolicy", RoleName="r", PolicyArn=arn)
    world.do("CreatePolicy", PolicyName="p", PolicyDocument=text)
    details = world.do("GetAccountAuthorizationDetails")
    (user,) = details["UserDetailList"]
    assert user["UserPolicyList"] == [{"PolicyName": "given", "PolicyDocument": text}]
    assert user["GroupList"] == ["devs"]
    (role,) = details["RoleDetailList"]
    assert [policy["PolicyArn"] for policy in role["AttachedManagedPolicies"]] == [arn]
    assert [policy["PolicyName"] for policy in details["Policies"]] == ["p", "AmazonS3FullAccess"]
    assert details["Policies"][0]["PolicyVersionList"][0]["Document"] == text
    only = world.do("GetAccountAuthorizationDetails", Filter=["Group"])
    assert (len(only["GroupDetailList"]), only["UserDetailList"]) == (1, [])
