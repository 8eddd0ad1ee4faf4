"""Access keys."""

import pytest

from iam.models import AccessKey, Directory
from iam.models.seals import unseal
from iam.perform import perform
from iam.wire.errors import AwsError
from tests.worlds import ACCOUNT_ID, allow, make_world


def test_a_key_reaches_its_sandbox_and_its_secret_is_sealed(world):
    world.add_user("ann")
    key = world.do("CreateAccessKey", UserName="ann")["AccessKey"]
    assert key["AccessKeyId"].startswith("AKIA")
    assert key["Status"] == "Active"
    assert Directory.objects.get(key=key["AccessKeyId"]).sandbox == world.sandbox
    kept = AccessKey.in_sandbox(world.sandbox).get()
    assert unseal("access-key", kept.sealed_secret).decode() == key["SecretAccessKey"]
    assert key["SecretAccessKey"] not in kept.sealed_secret
    assert key["SecretAccessKey"] not in str(world.events()[0].record)


def test_two_keys_are_the_most(world, refusal):
    world.add_user("ann")
    for _ in range(2):
        world.do("CreateAccessKey", UserName="ann")
    error = refusal("CreateAccessKey", UserName="ann")
    assert (error.code, error.status) == ("LimitExceeded", 409)
    assert error.message == "Cannot exceed quota for AccessKeysPerUser: 2"


def test_a_user_handles_the_own_keys_without_naming_itself(world):
    own = f"arn:aws:iam::{ACCOUNT_ID}:user/${{aws:username}}"
    ann = world.add_user("ann", allow("iam:*AccessKey*", resource=own))
    key_id = perform(ann, "iam:CreateAccessKey")["AccessKey"]["AccessKeyId"]
    perform(ann, "iam:UpdateAccessKey", {"AccessKeyId": key_id, "Status": "Inactive"})
    (listed,) = perform(ann, "iam:ListAccessKeys")["AccessKeyMetadata"]
    assert (listed["UserName"], listed["Status"]) == ("ann", "Inactive")
    perform(ann, "iam:DeleteAccessKey", {"AccessKeyId": key_id})
    assert not Directory.objects.filter(key=key_id).exists()


def test_root_has_keys_of_its_own(world):
    world.add_user("ann")
    world.do("CreateAccessKey", UserName="ann")
    key = world.do("CreateAccessKey")["AccessKey"]
    (listed,) = world.do("ListAccessKeys")["AccessKeyMetadata"]
    assert listed["AccessKeyId"] == key["AccessKeyId"]
    assert "UserName" not in listed


def test_a_key_of_somebody_else_is_not_found(world, refusal):
    world.add_user("ann")
    world.add_user("bea")
    key_id = world.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]
    error = refusal("DeleteAccessKey", UserName="bea", AccessKeyId=key_id)
    assert error.message == f"The Access Key with id {key_id} cannot be found."


def test_last_use_has_time_region_and_service(world):
    world.add_user("ann")
    key_id = world.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]
    used = world.do("GetAccessKeyLastUsed", AccessKeyId=key_id)
    assert used == {
        "UserName": "ann",
        "AccessKeyLastUsed": {"ServiceName": "N/A", "Region": "N/A"},
    }


def test_a_key_of_another_sandbox_is_denied_as_aws_denies_it(world):
    bobs = make_world("bob")
    bobs.add_user("ann")
    key_id = bobs.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]
    with pytest.raises(AwsError, match=f"on resource: access key {key_id}") as caught:
        world.do("GetAccessKeyLastUsed", AccessKeyId=key_id)
    assert caught.value.code == "AccessDenied"
