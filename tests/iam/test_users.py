"""Users: making, finding, renaming and deleting them."""

import pytest

from iam.models import User
from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.worlds import ACCOUNT_ID, allow, make_world


def test_create_user_answers_as_aws_does(world):
    made = world.do(
        "CreateUser", UserName="ann", Path="/dev/", Tags=[{"Key": "team", "Value": "blue"}]
    )["User"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT_ID}:user/dev/ann"
    assert made["UserId"].startswith("AIDA")
    assert len(made["UserId"]) == 21
    assert made["Tags"] == [{"Key": "team", "Value": "blue"}]
    assert world.do("GetUser", UserName="ann")["User"] == made


def test_names_are_unique_ignoring_case_but_found_by_case(world, refusal):
    world.do("CreateUser", UserName="User3")
    error = refusal("CreateUser", UserName="user3")
    assert (error.code, error.status) == ("EntityAlreadyExists", 409)
    assert error.message == "User with name user3 already exists."
    error = refusal("GetUser", UserName="user3")
    assert (error.code, error.status) == ("NoSuchEntity", 404)
    assert error.message == "The user with name user3 cannot be found."


def test_get_user_without_a_name_is_the_caller(world):
    ann = world.add_user("ann", allow("iam:GetUser"))
    assert perform(ann, "iam:GetUser")["User"]["UserName"] == "ann"
    root = world.do("GetUser")["User"]
    assert root["Arn"] == f"arn:aws:iam::{ACCOUNT_ID}:root"
    assert root["UserId"] == ACCOUNT_ID


def test_a_role_session_must_name_the_user(world):
    world.add_role("reader")
    with pytest.raises(AwsError, match="Must specify userName"):
        perform(world.session("reader"), "iam:GetUser")


def test_list_users_pages_and_filters_by_path(world):
    for name, path in (("a", "/"), ("b", "/dev/"), ("c", "/dev/ops/")):
        world.do("CreateUser", UserName=name, Path=path)
    page = world.do("ListUsers", MaxItems=2)
    assert [user["UserName"] for user in page["Users"]] == ["a", "b"]
    assert page["IsTruncated"]
    rest = world.do("ListUsers", MaxItems=2, Marker=page["Marker"])
    assert [user["UserName"] for user in rest["Users"]] == ["c"]
    assert not rest["IsTruncated"]
    dev = world.do("ListUsers", PathPrefix="/dev/")["Users"]
    assert [user["UserName"] for user in dev] == ["b", "c"]


def test_a_marker_that_nobody_gave_is_refused(world, refusal):
    assert refusal("ListUsers", Marker="x").message == "Invalid Marker."


def test_a_denied_user_sees_the_sentence_and_no_rows(world):
    ann = world.add_user("ann")
    with pytest.raises(AccessDenied) as caught:
        perform(ann, "iam:ListUsers")
    assert caught.value.message == (
        f"User: arn:aws:iam::{ACCOUNT_ID}:user/ann is not authorized to perform: iam:ListUsers "
        f"on resource: arn:aws:iam::{ACCOUNT_ID}:user/ because no identity-based policy allows "
        "the iam:ListUsers action"
    )
    event = world.events(ann)[0]
    assert (event.name, event.error_code) == ("ListUsers", "AccessDenied")
    assert event.event_id == caught.value.event_id


def test_a_denied_write_changes_nothing_and_is_recorded(world):
    ann = world.add_user("ann")
    with pytest.raises(AccessDenied):
        perform(ann, "iam:CreateUser", {"UserName": "eve"})
    assert not User.in_sandbox(world.sandbox).filter(name="eve").exists()
    assert world.events(ann)[0].error_code == "AccessDenied"


def test_renaming_needs_permission_on_both_names(world):
    arn = f"arn:aws:iam::{ACCOUNT_ID}:user/ann"
    ann = world.add_user("ann", allow("iam:UpdateUser", resource=arn))
    with pytest.raises(AccessDenied, match="user/bea"):
        perform(ann, "iam:UpdateUser", {"UserName": "ann", "NewUserName": "bea"})
    world.do("UpdateUser", UserName="ann", NewUserName="Ann", NewPath="/x/")
    assert world.do("GetUser", UserName="Ann")["User"]["Path"] == "/x/"


@pytest.mark.parametrize(
    ("operation", "params", "message"),
    [
        ("AddUserToGroup", {"GroupName": "g"}, "must remove users from group first"),
        (
            "AttachUserPolicy",
            {"PolicyArn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"},
            "must detach all policies first",
        ),
        (
            "PutUserPolicy",
            {"PolicyName": "p", "PolicyDocument": allow("s3:*")},
            "must delete policies first",
        ),
        ("CreateAccessKey", {}, "must delete access keys first"),
        ("CreateLoginProfile", {"Password": "Secret-123"}, "must delete login profile first"),
    ],
)
def test_a_user_with_dependents_is_not_deleted(world, refusal, operation, params, message):
    world.do("CreateUser", UserName="ann")
    world.do("CreateGroup", GroupName="g")
    world.do(operation, UserName="ann", **params)
    error = refusal("DeleteUser", UserName="ann")
    assert (error.code, error.status) == ("DeleteConflict", 409)
    assert error.message == f"Cannot delete entity, {message}."


def test_a_user_without_anything_is_deleted(world):
    world.do("CreateUser", UserName="ann")
    world.do("DeleteUser", UserName="ann")
    assert world.do("ListUsers")["Users"] == []


def test_sandboxes_never_show_each_other(world, refusal):
    bobs = make_world("bob")
    world.do("CreateUser", UserName="ann")
    bobs.do("CreateUser", UserName="ann")
    bobs.do("CreateUser", UserName="bob")
    assert [user["UserName"] for user in world.do("ListUsers")["Users"]] == ["ann"]
    assert refusal("GetUser", UserName="bob").code == "NoSuchEntity"
    world.do("DeleteUser", UserName="ann")
    assert bobs.do("GetUser", UserName="ann")["User"]["UserName"] == "ann"


def test_accounts_of_one_sandbox_are_apart(world):
    second = world.add_account("111122223333")
    world.do("CreateUser", UserName="ann")
    assert perform(world.root(second), "iam:ListUsers")["Users"] == []


def test_fields_that_the_model_refuses_are_named(world, refusal):
    error = refusal("CreateUser", UserName="no spaces")
    assert (error.code, error.members) == ("ValidationError", ("UserName",))


def test_tags_at_creation_need_the_right_to_tag(world):
    ann = world.add_user("ann", allow("iam:CreateUser"))
    perform(ann, "iam:CreateUser", {"UserName": "bea"})
    with pytest.raises(AccessDenied, match="iam:TagUser"):
        perform(ann, "iam:CreateUser", {"UserName": "eve", "Tags": [{"Key": "a", "Value": "b"}]})


@pytest.mark.parametrize(("taken", "free"), [("a_b", "axb"), ("a.b", "a-b"), ("a+b", "a=b")])
def test_a_name_is_taken_by_the_same_letters_only(world, taken, free):
    world.do("CreateUser", UserName=taken)
    world.do("CreateUser", UserName=free)
    with pytest.raises(AwsError, match="already exists"):
        world.do("CreateUser", UserName=taken.upper())
