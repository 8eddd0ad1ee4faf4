"""S3's pages with Django's client."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from console.services.s3.models import Bucket, StoredObject
from iam.perform import perform
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import World, allow

ODD = "a//b/../c +é?#%2F&='\"<>\\.txt"


@pytest.fixture
def world(db: None) -> World:
    return open_world()


@pytest.fixture
def root(world: World) -> Visitor:
    return Visitor(world)


def fill(world: World, *keys: str, bucket: str = "reports", body: bytes = b"the text") -> None:
    caller = world.root()
    if not Bucket.in_sandbox(world.sandbox).filter(name=bucket).exists():
        perform(caller, "s3:CreateBucket", {"Bucket": bucket})
    for key in keys:
        perform(caller, "s3:PutObject", {"Bucket": bucket, "Key": key, "Body": body})


def page(name: str, bucket: str = "reports", **query: str) -> str:
    return f"{reverse(name, args=[bucket])}?{urlencode(query)}"


def keys(world: World) -> list[str]:
    return list(StoredObject.in_sandbox(world.sandbox).values_list("key", flat=True))


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
    why = reverse("why", args=[response.context["error"].event_id])
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


def test_a_bad_bucket_name_is_told_at_its_field_and_kept(world: World, root: Visitor) -> None:
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
def test_a_name_that_is_none_is_told_at_its_field(root: Visitor, typed: str) -> None:
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
    assert "Access Denied" in text_of(visitor.get(here))
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


def test_folders_are_opened_by_their_prefix(world: World, root: Visitor) -> None:
    fill(world, "2024/a.txt", "2024/deep/b", "readme")
    top = text_of(root.get(page("bucket")))
    assert "2024/" in top
    assert "readme" in top
    assert "a.txt" not in top
    inside = root.get(page("bucket", prefix="2024/"))
    assert "a.txt" in text_of(inside)
    assert "deep/" in text_of(inside)
    assert [crumb.label for crumb in inside.context["breadcrumbs"]][-2:] == ["reports", "2024/"]
    found = text_of(root.get(page("bucket", prefix="2024/", search="d")))
    assert "deep/" in found
    assert "a.txt" not in found


def test_a_thousand_objects_are_followed_by_the_next(
    world: World, root: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.services.s3.listing.MAX_PAGE", 2)
    fill(world, "a", "b", "c")
    first = root.get(page("bucket"))
    assert [row.key for row in first.context["table"].rows] == ["a", "b"]
    rest = root.get(first.context["next_url"])
    assert [row.key for row in rest.context["table"].rows] == ["c"]


@pytest.mark.parametrize("name", ["bucket", "object", "object_download", "objects_delete"])
@pytest.mark.parametrize("bucket", ["nowhere", "%", "..%2f", "é", "\0", "x" * 300])
def test_no_bucket_name_makes_a_500(root: Visitor, name: str, bucket: str) -> None:
    for query in ({}, {"tab": "properties", "key": ODD}, {"tab": "permissions", "key": "\0"}):
        assert root.get(page(name, bucket, **query)).status_code in (200, 400, 404)


@pytest.mark.parametrize("key", [ODD, "line\nbreak", "plain.txt", "folder/", "é" * 512])
def test_any_key_is_shown_downloaded_and_deleted(world: World, root: Visitor, key: str) -> None:
    fill(world, key)
    assert "the text" in text_of(root.get(page("object", key=key)))
    got = root.get(page("object_download", key=key))
    assert got.content == b"the text"
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    root.post(page("objects_delete"), key=[key], confirmation="permanently delete")
    assert keys(world) == []


def test_html_in_an_object_is_shown_as_text(world: World, root: Visitor) -> None:
    fill(world, "<script>alert(1)</script>.html", body=b"<script>alert(2)</script>")
    page_ = root.get(page("object", key="<script>alert(1)</script>.html")).content.decode()
    assert "<script>alert" not in page_
    assert "&lt;script&gt;alert(2)" in page_


def test_what_is_no_text_is_not_shown(world: World, root: Visitor) -> None:
    fill(world, "binary", body=b"\xff\x00")
    assert "Only texts of up to 64 KiB" in text_of(root.get(page("object", key="binary")))


def test_a_missing_object_says_so(world: World, root: Visitor) -> None:
    fill(world)
    assert "The specified key does not exist." in text_of(root.get(page("object", key="none")))
    assert "The specified key does not exist." in text_of(
        root.get(page("object_download", key="none"))
    )


def upload(visitor: Visitor, *files: SimpleUploadedFile, prefix: str = "") -> Any:
    return visitor.post(page("object_upload", prefix=prefix), file=list(files))


def test_files_are_uploaded_into_the_folder(world: World, root: Visitor) -> None:
    fill(world)
    one = SimpleUploadedFile("one.txt", b"one", "text/plain")
    two = SimpleUploadedFile("two <b>.bin", b"\x00", "application/x-two")
    response = upload(root, one, two, prefix="in/")
    assert "Upload succeeded: one.txt" in text_of(response)
    assert keys(world) == ["in/one.txt", "in/two <b>.bin"]
    assert StoredObject.in_sandbox(world.sandbox).get(key="in/one.txt").content_type == "text/plain"


def test_a_file_that_is_too_large_is_told_and_those_before_it_stay(
    world: World, root: Visitor
) -> None:
    fill(world)
    small = SimpleUploadedFile("small", b"x")
    large = SimpleUploadedFile("large", b"x" * (1024 * 1024 + 1))
    said = text_of(upload(root, small, large))
    assert "Your proposed upload exceeds the maximum allowed size" in said
    assert keys(world) == ["small"]


def test_an_upload_of_nothing_asks_for_a_file(world: World, root: Visitor) -> None:
    fill(world)
    assert "Choose at least one file." in text_of(upload(root))


def test_a_text_is_written(world: World, root: Visitor) -> None:
    fill(world)
    url = page("object_upload", prefix="notes/")
    response = root.post(url, kind="text", name=" a b.txt", text="one\r\ntwo\r\n")
    assert "Upload succeeded" in text_of(response)
    stored = StoredObject.in_sandbox(world.sandbox).get()
    assert (stored.key, bytes(stored.body)) == ("notes/ a b.txt", b"one\ntwo\n")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Enter an object name."), ("é" * 513, "Your key is too long"), ("a\0b", "Null")],
)
def test_a_bad_object_name_is_told_at_its_field_and_the_text_kept(
    world: World, root: Visitor, name: str, sentence: str
) -> None:
    fill(world)
    response = root.post(page("object_upload"), kind="text", name=name, text="kept")
    assert sentence in str(response.context["text"].errors["name"])
    assert "kept" in text_of(response)


def test_a_denied_upload_says_why(world: World) -> None:
    fill(world)
    world.add_user("user1", allow("s3:ListBucket", "s3:ListAllMyBuckets"))
    visitor = Visitor(world, "user1")
    for fields in ({"kind": "text", "name": "n"}, {"file": [SimpleUploadedFile("f", b"f")]}):
        response = visitor.post(page("object_upload"), **fields)
        said = text_of(response)
        assert "because no identity-based policy allows the s3:PutObject action" in said
        assert "Why?" in said


def test_a_folder_is_an_object_that_ends_with_a_slash(world: World, root: Visitor) -> None:
    fill(world)
    root.post(page("folder_create", prefix="a/"), name="b")
    assert keys(world) == ["a/b/"]
    refused = root.post(page("folder_create"), name="a/b")
    assert 'can\'t contain "/"' in text_of(refused)


def test_a_folder_is_deleted_with_all_that_is_in_it(world: World, root: Visitor) -> None:
    fill(world, "in/a", "in/deep/b", "inside", "out")
    response = root.post(
        page("objects_delete"), key=["in/", "out"], confirmation="permanently delete"
    )
    assert "Successfully deleted 3 objects" in text_of(response)
    assert keys(world) == ["inside"]


def test_deleting_asks_for_the_words(world: World, root: Visitor) -> None:
    fill(world, "key")
    assert "permanently delete" in text_of(root.get(page("objects_delete", key="key")))
    root.post(page("objects_delete"), key=["key"], confirmation="delete")
    assert keys(world) == ["key"]


def test_properties_and_permissions_are_told(world: World, root: Visitor) -> None:
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
def test_a_bad_policy_is_told_marked_and_kept(world: World, root: Visitor, text: str) -> None:
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
