"""GetCallerIdentity and GetAccessKeyInfo: whose credentials these are."""

import pytest

from iam.perform import perform
from iam.wire.errors import AwsError
from tests.sts.asking import assume, session_from
from tests.worlds import allow, document, make_world

DENY_ALL = document({"Effect": "Deny", "Action": "*", "Resource": "*"})


def test_root_is_its_account(world):
    assert perform(world.root(), "sts:GetCallerIdentity") == {
        "UserId": world.account_id,
        "Account": world.account_id,
        "Arn": f"arn:aws:iam::{world.account_id}:root",
    }


def test_a_user_learns_who_it_is_even_under_an_explicit_deny(world):
    ann = world.add_user("ann", DENY_ALL)
    answer = perform(ann, "sts:GetCallerIdentity")
    assert answer["UserId"].startswith("AIDA")
    assert answer["Arn"] == f"arn:aws:iam::{world.account_id}:user/ann"


def test_a_role_session_shows_role_and_session_name_without_the_path(world):
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    answer = perform(
        session_from(world, assume(ann, world.add_role("Lesson"), Policy=DENY_ALL)),
        "sts:GetCallerIdentity",
    )
    assert answer["UserId"].startswith("AROA")
    assert answer["UserId"].endswith(":lesson")
    assert answer["Arn"] == f"arn:aws:sts::{world.account_id}:assumed-role/Lesson/lesson"


def test_an_inactive_access_key_still_has_its_account(world):
    world.add_user("ann")
    key = world.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]
    world.do("UpdateAccessKey", UserName="ann", AccessKeyId=key, Status="Inactive")
    asked = {"AccessKeyId": key}
    assert perform(world.root(), "sts:GetAccessKeyInfo", asked) == {"Account": world.account_id}


def test_an_access_key_of_another_sandbox_is_not_known(world):
    elsewhere = make_world("bob", "111122223333")
    elsewhere.add_user("ann")
    key = elsewhere.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]
    with pytest.raises(AwsError, match="is not known"):
        perform(world.root(), "sts:GetAccessKeyInfo", {"AccessKeyId": key})
