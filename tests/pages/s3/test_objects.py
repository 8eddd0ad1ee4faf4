"""The pages of objects."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.services.s3.models import StoredObject
from tests.pages.s3.buckets import fill, keys, page
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

ODD = "a//b/../c +é?#%2F&='\"<>\\.txt"


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


def test_binary_content_is_not_shown(world: World, root: Visitor) -> None:
    fill(world, "binary", body=b"\xff\x00")
    assert "Only text of up to 64 KiB" in text_of(root.get(page("object", key="binary")))


def test_the_page_of_a_missing_object_reports_that(world: World, root: Visitor) -> None:
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


def test_a_file_that_is_too_large_is_reported_and_the_files_before_it_stay(
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
def test_a_bad_object_name_is_reported_at_its_field_and_the_text_stays(
    world: World, root: Visitor, name: str, sentence: str
) -> None:
    fill(world)
    response = root.post(page("object_upload"), kind="text", name=name, text="kept")
    assert sentence in str(response.context["text"].errors["name"])
    assert "kept" in text_of(response)


def test_a_denied_upload_shows_why(world: World) -> None:
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
