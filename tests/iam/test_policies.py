"""Inline and managed policies, attachments, versions and boundaries."""

import pytest

from iam.perform import AccessDenied, perform
from tests.worlds import ACCOUNT_ID, allow, make_world

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
KINDS = [("User", 2048, 10), ("Group", 5120, 10), ("Role", 10240, 20)]


def _own(name: str, path: str = "/") -> str:
    return f"arn:aws:iam::{ACCOUNT_ID}:policy{path}{name}"


def _make(world, word: str) -> dict[str, str]:
    if word == "Role":
        world.add_role("x")
    else:
        world.do(f"Create{word}", **{f"{word}Name": "x"})
    return {f"{word}Name": "x"}


@pytest.mark.parametrize(("word", "size", "_quota"), KINDS)
def test_inline_policies_come_back_as_typed(world, refusal, word, size, _quota):
    named = _make(world, word)
    text = allow("s3:*").replace(",", ",\n   ")
    world.do(f"Put{word}Policy", **named, PolicyName="p", PolicyDocument=text)
    world.do(f"Put{word}Policy", **named, PolicyName="p", PolicyDocument=text)
    got = world.do(f"Get{word}Policy", **named, PolicyName="p")
    assert got == {**named, "PolicyName": "p", "PolicyDocument": text}
    assert world.do(f"List{word}Policies", **named)["PolicyNames"] == ["p"]
    world.do(f"Delete{word}Policy", **named, PolicyName="p")
    error = refusal(f"Get{word}Policy", **named, PolicyName="p")
    assert error.message == f"The {word.lower()} policy with name p cannot be found."


def test_an_inline_policy_is_replaced_whatever_the_case_of_its_name(world):
    world.do("CreateUser", UserName="x")
    for name, action in (("Own", "s3:*"), ("own", "ec2:*"), ("other", "sts:*")):
        policy = {"PolicyName": name, "PolicyDocument": allow(action)}
        world.do("PutUserPolicy", UserName="x", **policy)
    assert world.do("ListUserPolicies", UserName="x")["PolicyNames"] == ["Own", "other"]
    got = world.do("GetUserPolicy", UserName="x", PolicyName="Own")
    assert got["PolicyDocument"] == allow("ec2:*")


@pytest.mark.parametrize(("word", "size", "_quota"), KINDS)
def test_inline_policies_share_one_size(world, refusal, word, size, _quota):
    named = _make(world, word)
    half = allow("s3:GetObject", resource="arn:aws:s3:::" + "b" * (size // 2 - 100))
    world.do(f"Put{word}Policy", **named, PolicyName="one", PolicyDocument=half)
    world.do(f"Put{word}Policy", **named, PolicyName="one", PolicyDocument=half)
    more = allow("s3:GetObject", resource="arn:aws:s3:::" + "b" * (size // 2))
    error = refusal(f"Put{word}Policy", **named, PolicyName="two", PolicyDocument=more)
    assert (error.code, error.status) == ("LimitExceeded", 409)
    assert error.message == (f"Maximum policy size of {size} bytes exceeded for {word.lower()} x")


def test_the_error_of_a_malformed_policy_has_its_place(world, refusal):
    world.add_user("x")
    error = refusal("PutUserPolicy", UserName="x", PolicyName="p", PolicyDocument='{\n"a" 1}')
    assert (error.code, error.line, error.column) == ("MalformedPolicyDocument", 2, 5)


@pytest.mark.parametrize(("word", "_size", "quota"), KINDS)
def test_attaching_has_a_quota_and_twice_does_no_harm(world, refusal, word, _size, quota):
    named = _make(world, word)
    for number in range(quota):
        world.do("CreatePolicy", PolicyName=f"p{number}", PolicyDocument=allow("s3:*"))
        world.do(f"Attach{word}Policy", **named, PolicyArn=_own(f"p{number}"))
    world.do(f"Attach{word}Policy", **named, PolicyArn=_own("p0"))
    error = refusal(f"Attach{word}Policy", **named, PolicyArn=S3_FULL)
    assert error.message == f"Cannot exceed quota for PoliciesPer{word}: {quota}"
    world.do(f"Detach{word}Policy", **named, PolicyArn=_own("p0"))
    world.do(f"Attach{word}Policy", **named, PolicyArn=S3_FULL)
    attached = world.do(f"ListAttached{word}Policies", **named)["AttachedPolicies"]
    assert attached[-1] == {"PolicyName": "AmazonS3FullAccess", "PolicyArn": S3_FULL}


@pytest.mark.parametrize(
    ("arn", "code", "message"),
    [
        ("x" * 30, "InvalidInput", f"ARN {'x' * 30} is not valid."),
        (_own("no"), "NoSuchEntity", f"Policy {_own('no')} does not exist or is not attachable."),
        (
            "arn:aws:iam::aws:policy/NoSuchThing",
            "NoSuchEntity",
            "Policy arn:aws:iam::aws:policy/NoSuchThing does not exist or is not attachable.",
        ),
    ],
)
def test_a_policy_that_cannot_be_attached_is_reported(world, refusal, arn, code, message):
    world.add_user("x")
    error = refusal("AttachUserPolicy", UserName="x", PolicyArn=arn)
    assert (error.code, error.message) == (code, message)


def test_detaching_what_is_not_attached_is_refused(world, refusal):
    world.add_user("x")
    error = refusal("DetachUserPolicy", UserName="x", PolicyArn=S3_FULL)
    assert error.message == f"Policy {S3_FULL} was not found."


def test_attaching_can_be_limited_to_one_policy(world):
    policy = allow("iam:AttachUserPolicy", Condition={"ArnEquals": {"iam:PolicyARN": S3_FULL}})
    ann = world.add_user("ann", policy)
    perform(ann, "iam:AttachUserPolicy", {"UserName": "ann", "PolicyArn": S3_FULL})
    with pytest.raises(AccessDenied):
        perform(
            ann,
            "iam:AttachUserPolicy",
            {"UserName": "ann", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"},
        )


def test_a_managed_policy_has_versions_of_which_one_counts(world, refusal):
    made = world.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("s3:*"))["Policy"]
    arn = made["Arn"]
    ann = world.add_user("ann")
    world.do("AttachUserPolicy", UserName="ann", PolicyArn=arn)
    listing = allow("iam:ListUsers")
    world.do("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=listing)
    with pytest.raises(AccessDenied):
        perform(ann, "iam:ListUsers")
    world.do("SetDefaultPolicyVersion", PolicyArn=arn, VersionId="v2")
    assert perform(world.user("ann"), "iam:ListUsers")["Users"]
    policy = world.do("GetPolicy", PolicyArn=arn)["Policy"]
    assert (policy["DefaultVersionId"], policy["AttachmentCount"]) == ("v2", 1)
    got = world.do("GetPolicyVersion", PolicyArn=arn, VersionId="v2")["PolicyVersion"]
    assert got["Document"] == listing
    versions = world.do("ListPolicyVersions", PolicyArn=arn)["Versions"]
    assert [one["VersionId"] for one in versions] == ["v2", "v1"]
    error = refusal("DeletePolicyVersion", PolicyArn=arn, VersionId="v2")
    assert error.message == "Cannot delete the default version of a policy."
    error = refusal("GetPolicyVersion", PolicyArn=arn, VersionId="v9")
    assert error.message == f"Policy {arn} version v9 does not exist or is not attachable."


def test_five_versions_are_the_most_and_numbers_never_return(world, refusal):
    arn = world.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("s3:*"))["Policy"]["Arn"]
    for _ in range(4):
        world.do("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=allow("s3:Get*"))
    error = refusal("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=allow("s3:Get*"))
    assert error.code == "LimitExceeded"
    assert error.message.startswith("A managed policy can have up to 5 versions.")
    world.do("DeletePolicyVersion", PolicyArn=arn, VersionId="v5")
    made = world.do(
        "CreatePolicyVersion", PolicyArn=arn, PolicyDocument=allow("s3:*"), SetAsDefault=True
    )["PolicyVersion"]
    assert (made["VersionId"], made["IsDefaultVersion"]) == ("v6", True)


def test_deleting_a_policy_that_is_used_or_has_versions_is_refused(world, refusal):
    arn = world.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("s3:*"))["Policy"]["Arn"]
    world.add_user("ann")
    world.do("PutUserPermissionsBoundary", UserName="ann", PermissionsBoundary=arn)
    error = refusal("DeletePolicy", PolicyArn=arn)
    assert error.message == "Cannot delete a policy attached to entities."
    world.do("DeleteUserPermissionsBoundary", UserName="ann")
    world.do("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=allow("s3:Get*"))
    assert refusal("DeletePolicy", PolicyArn=arn).code == "DeleteConflict"
    world.do("DeletePolicyVersion", PolicyArn=arn, VersionId="v2")
    world.do("DeletePolicy", PolicyArn=arn)
    assert refusal("GetPolicy", PolicyArn=arn).message == f"Policy {arn} was not found."


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("P", allow("s3:*"), "A policy called P already exists. Duplicate names are not allowed."),
        (
            "old",
            allow("s3:*").replace("2012-10-17", "2008-10-17"),
            "Policy document must be version 2012-10-17 or greater.",
        ),
        (
            "big",
            allow("s3:*", resource="arn:aws:s3:::" + "x" * 6144),
            "Cannot exceed quota for PolicySize: 6144",
        ),
    ],
)
def test_create_policy_refuses_invalid_names_and_documents(world, refusal, name, text, message):
    world.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("s3:*"))
    assert refusal("CreatePolicy", PolicyName=name, PolicyDocument=text).message == message


def test_aws_managed_policies_are_read_not_changed(world, refusal):
    policy = world.do("GetPolicy", PolicyArn=S3_FULL)["Policy"]
    assert policy["PolicyName"] == "AmazonS3FullAccess"
    version = world.do("GetPolicyVersion", PolicyArn=S3_FULL, VersionId=policy["DefaultVersionId"])[
        "PolicyVersion"
    ]
    assert "s3:*" in version["Document"]
    error = refusal("CreatePolicyVersion", PolicyArn=S3_FULL, PolicyDocument=allow("s3:*"))
    assert (error.code, error.message) == ("AccessDenied", "Policy is outside your own account.")


def test_list_policies_by_scope_use_and_page(world):
    world.do("CreatePolicy", PolicyName="mine", PolicyDocument=allow("s3:*"), Path="/x/")
    world.add_user("ann")
    world.do("AttachUserPolicy", UserName="ann", PolicyArn=S3_FULL)
    local = world.do("ListPolicies", Scope="Local")["Policies"]
    assert [policy["Arn"] for policy in local] == [_own("mine", "/x/")]
    page = world.do("ListPolicies", MaxItems=1000)
    assert page["Policies"][0]["PolicyName"] == "mine"
    assert len(page["Policies"]) == 1000
    rest = world.do("ListPolicies", MaxItems=1000, Marker=page["Marker"])["Policies"]
    arns = {policy["Arn"] for policy in [*page["Policies"], *rest]}
    assert len(arns) == 1000 + len(rest)
    used = world.do("ListPolicies", OnlyAttached=True)["Policies"]
    assert [(policy["Arn"], policy["AttachmentCount"]) for policy in used] == [(S3_FULL, 1)]
    assert world.do("ListPolicies", PolicyUsageFilter="PermissionsBoundary")["Policies"] == []
    by_path = world.do("ListPolicies", PathPrefix="/x/")["Policies"]
    assert [policy["PolicyName"] for policy in by_path] == ["mine"]


def test_entities_that_use_a_policy(world):
    world.add_user("ann")
    world.add_role("reader")
    world.do("CreateGroup", GroupName="devs")
    world.do("AttachGroupPolicy", GroupName="devs", PolicyArn=S3_FULL)
    world.do("AttachRolePolicy", RoleName="reader", PolicyArn=S3_FULL)
    world.do("PutUserPermissionsBoundary", UserName="ann", PermissionsBoundary=S3_FULL)
    found = world.do("ListEntitiesForPolicy", PolicyArn=S3_FULL)
    names = [found[f"Policy{word}s"][0][f"{word}Name"] for word in ("User", "Group", "Role")]
    assert names == ["ann", "devs", "reader"]
    attached = world.do(
        "ListEntitiesForPolicy", PolicyArn=S3_FULL, PolicyUsageFilter="PermissionsPolicy"
    )
    assert attached["PolicyUsers"] == []
    roles = world.do("ListEntitiesForPolicy", PolicyArn=S3_FULL, EntityFilter="Role")
    assert (len(roles["PolicyRoles"]), roles["PolicyGroups"]) == (1, [])


def test_the_same_policy_in_another_sandbox_is_another(world, refusal):
    bobs = make_world("bob", "111122223333")
    theirs = bobs.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("s3:*"))["Policy"]
    assert refusal("GetPolicy", PolicyArn=theirs["Arn"]).code == "NoSuchEntity"
    assert world.do("ListPolicies", Scope="Local")["Policies"] == []


def test_a_boundary_limits_and_must_exist(world, refusal):
    ann = world.add_user("ann", allow("iam:*"))
    assert perform(ann, "iam:ListUsers")["Users"]
    missing = _own("none")
    error = refusal("PutUserPermissionsBoundary", UserName="ann", PermissionsBoundary=missing)
    assert error.message == f"Scope ARN: {missing} does not exist or is not attachable."
    world.do("PutUserPermissionsBoundary", UserName="ann", PermissionsBoundary=S3_FULL)
    boundary = world.do("GetUser", UserName="ann")["User"]["PermissionsBoundary"]
    assert boundary == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": S3_FULL}
    with pytest.raises(AccessDenied, match="because no permissions boundary allows"):
        perform(world.user("ann"), "iam:ListUsers")


def test_users_may_be_made_only_with_a_boundary(world):
    policy = allow(
        "iam:CreateUser", Condition={"StringEquals": {"iam:PermissionsBoundary": S3_FULL}}
    )
    ann = world.add_user("ann", policy)
    with pytest.raises(AccessDenied):
        perform(ann, "iam:CreateUser", {"UserName": "bea"})
    perform(ann, "iam:CreateUser", {"UserName": "bea", "PermissionsBoundary": S3_FULL})
