"""A refused call, on the pages of every service: AWS's sentence, and the way to its reasons."""

import re
from typing import Any

import pytest
from django.urls import reverse

from iam.perform import perform
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import World, allow

IMAGE = "ami-0a20230a20230a202"
WHY = re.compile(r'href="(/why/[0-9a-f-]{36})"')
TRAIL = "arn:aws:cloudtrail:us-east-1:975050059573:trail/audit"


@pytest.fixture
def world(db: None) -> World:
    world = open_world()
    perform(world.root(), "s3:CreateBucket", {"Bucket": "papers"})
    perform(world.root(), "s3:PutObject", {"Bucket": "papers", "Key": "a.txt", "Body": b"a"})
    return world


@pytest.fixture
def nobody(world: World) -> Visitor:
    world.add_user("ann")
    return Visitor(world, "ann")


def assert_explained(visitor: Visitor, page: Any, action: str) -> None:
    """Assert that a page shows a denial of an action, and leads to its reasons."""
    assert f"is not authorized to perform: {action}" in text_of(page)
    found = WHY.search(page.content.decode())
    assert found, page.request["PATH_INFO"]
    reasons = visitor.get(found[1])
    assert reasons.status_code == 200
    assert action in text_of(reasons)


@pytest.mark.parametrize(
    ("name", "args", "query", "action"),
    [
        ("users", [], {}, "iam:ListUsers"),
        ("role_create", [], {"step": "trust"}, "iam:ListOpenIDConnectProviders"),
        ("buckets", [], {}, "s3:ListAllMyBuckets"),
        ("bucket", ["papers"], {}, "s3:ListBucket"),
        ("bucket", ["papers"], {"tab": "properties"}, "s3:GetBucketLocation"),
        ("bucket", ["papers"], {"tab": "permissions"}, "s3:GetBucketPublicAccessBlock"),
        ("bucket_policy_edit", ["papers"], {}, "s3:GetBucketPolicy"),
        ("public_access_edit", ["papers"], {}, "s3:GetBucketPublicAccessBlock"),
        ("object", ["papers"], {"key": "a.txt"}, "s3:GetObject"),
        ("instances", [], {}, "ec2:DescribeInstances"),
        ("instance", ["i-0123456789abcdef0"], {}, "ec2:DescribeInstances"),
        ("instance_launch", [], {}, "ec2:DescribeImages"),
        ("cloudtrail_events", [], {}, "cloudtrail:LookupEvents"),
        ("event", ["00000000-0000-0000-0000-000000000000"], {}, "cloudtrail:LookupEvents"),
        ("cloudtrail_compare", [], {"selected": ["a", "b"]}, "cloudtrail:LookupEvents"),
        ("trails", [], {}, "cloudtrail:DescribeTrails"),
        ("trail", ["audit"], {}, "cloudtrail:GetTrail"),
    ],
)
def test_a_page_that_may_not_be_seen_leads_to_the_reasons(
    nobody: Visitor, name: str, args: list[str], query: dict[str, Any], action: str
) -> None:
    assert_explained(nobody, nobody.get(reverse(name, args=args), **query), action)


@pytest.mark.parametrize(
    ("name", "args", "fields", "action"),
    [
        ("group_create", [], {"GroupName": "staff"}, "iam:CreateGroup"),
        ("bucket_create", [], {"name": "mine", "region": "us-east-1"}, "s3:CreateBucket"),
        ("bucket_delete", [], {"bucket": "papers", "confirmation": "papers"}, "s3:DeleteBucket"),
        ("folder_create", ["papers"], {"name": "x"}, "s3:PutObject"),
        ("object_upload", ["papers"], {"kind": "text", "name": "x", "text": "x"}, "s3:PutObject"),
        (
            "objects_delete",
            ["papers"],
            {"key": "a.txt", "confirmation": "permanently delete"},
            "s3:DeleteObject",
        ),
        ("bucket_policy_edit", ["papers"], {"policy": "{}"}, "s3:PutBucketPolicy"),
        ("bucket_policy_delete", ["papers"], {}, "s3:DeleteBucketPolicy"),
        ("public_access_edit", ["papers"], {}, "s3:PutBucketPublicAccessBlock"),
        (
            "instances_terminate",
            [],
            {"selected": "i-0123456789abcdef0"},
            "ec2:TerminateInstances",
        ),
        (
            "trail_create",
            [],
            {"name": "audit", "storage": "existing", "bucket": "papers", "read": "on"}
            | {"objects": "none"},
            "cloudtrail:CreateTrail",
        ),
        ("trail_delete", ["audit"], {}, "cloudtrail:DeleteTrail"),
        ("trail_logging", ["audit", "stop"], {}, "cloudtrail:StopLogging"),
    ],
)
def test_a_button_that_may_not_be_used_leads_to_the_reasons(
    nobody: Visitor, name: str, args: list[str], fields: dict[str, Any], action: str
) -> None:
    assert_explained(nobody, nobody.post(reverse(name, args=args), **fields), action)


def test_a_file_of_events_that_may_not_be_had_leads_to_the_reasons(nobody: Visitor) -> None:
    page = nobody.get(reverse("cloudtrail_download", args=["csv"]))
    assert_explained(nobody, page, "cloudtrail:LookupEvents")


def test_a_launch_that_may_not_be_made_leads_to_the_reasons(world: World) -> None:
    world.add_user("bob", allow("ec2:Describe*", "iam:ListInstanceProfiles"))
    bob = Visitor(world, "bob")
    launch = {"image": IMAGE, "type": "t3.micro", "tokens": "required", "count": "1"}
    assert_explained(bob, bob.post(reverse("instance_launch"), **launch), "ec2:RunInstances")


def test_an_instance_that_is_not_there_is_not_found(world: World) -> None:
    page = Visitor(world).get(reverse("instance", args=["i-0123456789abcdef0"]))
    assert page.status_code == 404
    assert "The instance ID 'i-0123456789abcdef0' does not exist" in text_of(page)
    assert not WHY.search(page.content.decode())


def test_a_table_of_rows_that_may_not_be_seen_keeps_its_buttons(nobody: Visitor) -> None:
    said = text_of(nobody.get(reverse("buckets")))
    assert "Create bucket" in said
    assert "No buckets" not in said


def test_events_that_may_not_be_looked_up_are_not_filtered(nobody: Visitor) -> None:
    said = text_of(nobody.get(reverse("cloudtrail_events")))
    assert "Lookup attributes" not in said
    assert "AssumeRole is not in this list" not in said
