"""A bucket's properties and permissions."""

import json

import pytest
from django.urls import reverse

from console.services.s3.models import Bucket
from tests.pages.s3.buckets import fill, keys, page
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow


def test_properties_and_permissions_are_shown(world: World, root: Visitor) -> None:
    fill(world)
    said = text_of(root.get(page("bucket", tab="properties")))
    assert "arn:aws:s3:::reports" in said
    assert "US East (N. Virginia)" in said
    said = text_of(root.get(page("bucket", tab="permissions")))
    assert "Block all public access" in said
    assert "No policy to display." in said


def policy(resource: str = "arn:aws:s3:::reports/*") -> str:
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": resource,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)


def test_a_bucket_policy_is_saved_shown_and_deleted(world: World, root: Visitor) -> None:
    fill(world)
    blocked = root.post(page("bucket_policy_edit"), policy=policy())
    assert "blocked by the BlockPublicPolicy block public access setting" in text_of(blocked)
    root.post(page("public_access_edit"))
    saved = root.post(page("bucket_policy_edit"), policy=policy().replace("\n", "\r\n"))
    assert "Successfully edited bucket policy." in text_of(saved)
    assert Bucket.in_sandbox(world.sandbox).get().policy.text == policy()
    assert "s3:GetObject" in text_of(root.get(page("bucket_policy_edit")))
    deleted = root.post(reverse("bucket_policy_delete", args=["reports"]))
    assert "Successfully deleted bucket policy." in text_of(deleted)
    assert "No policy to display." in text_of(deleted)


@pytest.mark.parametrize("text", ["", "{", "[]", "not json", "{}", "{" * 3000, '"', policy("*a")])
def test_a_bad_policy_is_reported_and_marked_and_stays(
    world: World, root: Visitor, text: str
) -> None:
    fill(world)
    response = root.post(page("bucket_policy_edit"), policy=text)
    assert response.status_code == 200
    assert response.context["form"].errors["policy"]
    assert response.context["form"]["policy"].value() == text


def test_a_bad_policys_findings_have_their_place(world: World, root: Visitor) -> None:
    fill(world)
    response = root.post(page("bucket_policy_edit"), policy='{\n  "Version" 1}')
    assert response.context["found"][0].line == 2


def test_block_public_access_is_edited(world: World, root: Visitor) -> None:
    fill(world)
    root.post(page("public_access_edit"), BlockPublicAcls="on", IgnorePublicAcls="on")
    block = Bucket.in_sandbox(world.sandbox).get().public_access_block
    assert block == {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": False,
        "RestrictPublicBuckets": False,
    }
    form = root.get(page("public_access_edit")).context["form"]
    assert form["BlockPublicAcls"].value() is True
    assert form["RestrictPublicBuckets"].value() is False


def test_every_section_shows_its_own_denial(world: World) -> None:
    fill(world)
    world.add_user("user1", allow("s3:GetBucketLocation", "s3:ListAllMyBuckets"))
    visitor = Visitor(world, "user1")
    assert "Insufficient permissions to list objects" in text_of(visitor.get(page("bucket")))
    assert "N. Virginia" in text_of(visitor.get(page("bucket", tab="properties")))
    said = text_of(visitor.get(page("bucket", tab="permissions")))
    assert "You don't have permission to view the bucket policy" in said
    assert "The Block Public Access settings could not be read" in said
    for name in ("bucket_policy_edit", "public_access_edit"):
        assert "Access denied" in text_of(visitor.get(page(name)))
        assert "Access denied" in text_of(visitor.post(page(name), policy="{}"))


def test_a_form_of_another_identity_does_nothing(world: World, root: Visitor) -> None:
    fill(world, "key")
    sent = {"key": "key", "confirmation": "permanently delete", "identity": "ASIAOTHER"}
    response = root.client.post(page("objects_delete"), sent)
    assert response.status_code == 409
    assert keys(world) == ["key"]
