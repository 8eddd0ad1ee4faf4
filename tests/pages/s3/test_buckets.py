"""The pages of buckets."""

import json
from typing import Any

import pytest
from django.urls import reverse

from console.services.s3.models import Bucket
from iam.perform import perform
from tests.pages.s3.buckets import fill, page
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow


def test_nobody_is_sent_to_sign_in(world: World, client: Any) -> None:
    response = client.get(reverse("buckets"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("signin"))


def test_the_buckets_are_listed_with_region_and_date(world: World, root: Visitor) -> None:
    fill(world)
    said = text_of(root.get(reverse("buckets")))
    for words in ("General purpose buckets (1)", "reports", "US East (N. Virginia) us-east-1"):
        assert words in said


def test_a_denied_user_sees_the_sentence_and_no_rows(world: World) -> None:
    fill(world)
    world.add_user("user1")
    response = Visitor(world, "user1").get(reverse("buckets"))
    said = text_of(response)
    assert "You don't have permissions to list buckets" in said
    assert (
        "After you or your AWS administrator has updated your permissions to allow the "
        "s3:ListAllMyBuckets action, refresh the page." in said
    )
    assert "Access denied" in said
    assert (
        f"User: arn:aws:iam::{world.account_id}:user/user1 is not authorized to perform: "
        "s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets "
        "action" in said
    )
    assert "reports" not in said
    why = reverse("why", args=[response.context["table"].refused.error.event_id])
    assert why in response.content.decode()
    assert Visitor(world, "user1").get(why).status_code == 200


def test_a_bucket_is_created_and_deleted(world: World, root: Visitor) -> None:
    create = {"name": "reports", "region": "eu-west-1"}
    response = root.post(reverse("bucket_create"), **create)
    assert 'Successfully created bucket "reports"' in text_of(response)
    assert Bucket.in_sandbox(world.sandbox).get().region == "eu-west-1"
    delete = reverse("bucket_delete")
    assert "enter the name of the bucket" in text_of(root.get(delete, selected="reports"))
    refused = root.post(delete, bucket="reports", confirmation="report")
    assert "Type reports to confirm." in text_of(refused)
    done = root.post(delete, bucket="reports", confirmation="reports")
    assert 'Successfully deleted bucket "reports"' in text_of(done)
    assert not Bucket.in_sandbox(world.sandbox).exists()


def test_a_bad_bucket_name_is_reported_at_its_field_and_stays(world: World, root: Visitor) -> None:
    fill(world)
    for name, sentence in (
        ("Reports", "The specified bucket is not valid."),
        ("", "The specified bucket is not valid."),
        ("reports", "you already own it"),
    ):
        response = root.post(reverse("bucket_create"), name=name, region="us-east-1")
        assert sentence in str(response.context["form"].errors["name"])
        assert response.context["form"]["name"].value() == name


def test_a_full_bucket_is_not_deleted(world: World, root: Visitor) -> None:
    fill(world, "key")
    response = root.post(reverse("bucket_delete"), bucket="reports", confirmation="reports")
    assert "The bucket you tried to delete is not empty" in text_of(response)


@pytest.mark.parametrize("typed", ["reports", "arn:aws:s3:::reports", "s3://reports/a/b"])
def test_a_bucket_is_opened_by_its_name(world: World, root: Visitor, typed: str) -> None:
    fill(world, "key")
    response = root.get(reverse("bucket_open"), name=typed)
    assert response.redirect_chain[-1][0] == reverse("bucket", args=["reports"])
    assert "key" in text_of(response)


@pytest.mark.parametrize("typed", ["", "..", "a/b", "x" * 64, "\0"])
def test_an_invalid_name_is_reported_at_its_field(root: Visitor, typed: str) -> None:
    response = root.get(reverse("bucket_open"), name=typed)
    assert "The specified bucket is not valid." in text_of(response)


def test_another_accounts_bucket_needs_both_policies(world: World) -> None:
    other = world.add_account("222222222222")
    caller = world.root(other)
    perform(caller, "s3:CreateBucket", {"Bucket": "theirs"})
    perform(caller, "s3:PutObject", {"Bucket": "theirs", "Key": "shared", "Body": b""})
    user1 = world.add_user("user1")
    visitor = Visitor(world, "user1")
    here = page("bucket", "theirs")
    said = text_of(visitor.get(here)).split("API calls")[0]
    assert said.casefold().count("access denied") == 1
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": user1.arn},
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::theirs",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    perform(caller, "s3:PutBucketPolicy", {"Bucket": "theirs", "Policy": policy})
    assert "Access Denied" in text_of(visitor.get(here))
    own = allow("s3:ListBucket")
    world.do("PutUserPolicy", UserName="user1", PolicyName="own", PolicyDocument=own)
    assert "shared" in text_of(visitor.get(here))
