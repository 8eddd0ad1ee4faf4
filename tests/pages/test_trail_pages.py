"""The pages of trails, with Django's client."""

import gzip
from datetime import timedelta

import pytest
from django.urls import reverse

from console.labs.sandboxes import move_clock
from console.pages.s3.content import readable
from console.services.s3.models import StoredObject
from iam.perform import perform
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import World, allow

CREATED = {
    "name": "audit",
    "storage": "new",
    "bucket": "audit-logs",
    "write": "on",
    "objects": "all",
}


@pytest.fixture
def world(db: None) -> World:
    return open_world()


@pytest.fixture
def root(world: World) -> Visitor:
    return Visitor(world)


def test_a_trail_is_created_with_its_bucket_and_logs(world: World, root: Visitor) -> None:
    created = root.post(reverse("trail_create"), **CREATED)
    said = text_of(created)
    assert "Trail audit successfully created." in said
    assert "Logging" in said
    assert "arn:aws:s3" in said
    policy = perform(world.root(), "s3:GetBucketPolicy", {"Bucket": "audit-logs"})["Policy"]
    assert "AWSCloudTrailWrite20150319" in policy
    events = [event.name for event in world.events() if not event.read_only]
    made = ["CreateBucket", "PutBucketPolicy", "CreateTrail", "PutEventSelectors", "StartLogging"]
    assert [name for name in reversed(events) if name in made] == made
    assert "audit" in text_of(root.get(reverse("trails")))


def test_a_log_file_can_be_read_on_its_page(world: World, root: Visitor) -> None:
    root.post(reverse("trail_create"), **CREATED)
    move_clock(world.sandbox, timedelta(minutes=6))
    key = StoredObject.in_sandbox(world.sandbox).get(bucket__name="audit-logs").key
    page = root.get(reverse("object", args=["audit-logs"]), key=key)
    assert '"eventName": "StartLogging"' in text_of(page)
    assert "Last log file delivered -" not in text_of(root.get(reverse("trail", args=["audit"])))


def test_logging_stops_and_starts_and_the_trail_goes(root: Visitor) -> None:
    root.post(reverse("trail_create"), **CREATED)
    for verb, word in (("stop", "stopped"), ("start", "started")):
        said = text_of(root.post(reverse("trail_logging", args=["audit", verb])))
        assert f"Logging {word} for trail audit." in said
    assert "Delete trail?" in text_of(root.get(reverse("trail_delete", args=["audit"])))
    assert "Trail audit deleted." in text_of(root.post(reverse("trail_delete", args=["audit"])))
    assert root.get(reverse("trail", args=["audit"])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "a"}, "Trail name too short."),
        ({"bucket": "A"}, "The specified bucket is not valid."),
        ({"storage": "existing", "bucket": "none"}, "S3 bucket none does not exist!"),
        ({"objects": "one"}, "Enter the name of a bucket."),
        ({"folder": "x" * 201}, "The S3 key prefix is longer than 200 characters."),
        ({"objects": "one", "objects_bucket": "a b"}, "Enter the name of a bucket."),
        ({"write": "", "objects": "none"}, "Choose at least one kind of event."),
    ],
)
def test_errors_are_shown_at_their_fields_and_nothing_is_created(
    world: World, root: Visitor, typed: dict[str, str], words: str
) -> None:
    form = root.post(reverse("trail_create"), **{**CREATED, **typed}).context["form"]
    assert [words in error for (error,) in form.errors.values()] == [True]
    assert perform(world.root(), "s3:ListBuckets", {})["Buckets"] == []


def test_a_name_that_is_taken_makes_no_bucket(world: World, root: Visitor) -> None:
    root.post(reverse("trail_create"), **CREATED)
    again = root.post(reverse("trail_create"), **{**CREATED, "bucket": "second"})
    assert "already exists for customer" in again.context["form"].errors["name"][0]
    root.post(reverse("trail_create"), **{**CREATED, "bucket": "second", "name": "other"})
    names = [one["Name"] for one in perform(world.root(), "s3:ListBuckets", {})["Buckets"]]
    assert sorted(names) == ["audit-logs", "second"]
    assert "other" in text_of(root.get(reverse("trails")))


def test_a_denied_user_sees_the_sentence(world: World) -> None:
    world.add_user("bob")
    assert "cloudtrail:DescribeTrails" in text_of(Visitor(world, "bob").get(reverse("trails")))


def test_a_hidden_setting_of_a_trail_is_not_shown_as_missing(world: World, root: Visitor) -> None:
    root.post(reverse("trail_create"), **CREATED)
    world.add_user("bob", allow("cloudtrail:GetTrail"))
    said = text_of(Visitor(world, "bob").get(reverse("trail", args=["audit"])))
    assert "not authorized to perform: cloudtrail:ListTags" in said
    assert "not authorized to perform: cloudtrail:GetEventSelectors" in said
    assert "No tags are associated" not in said
    assert "not configured" not in said


def test_a_bomb_and_what_is_no_gzip_are_not_unpacked() -> None:
    assert readable(gzip.compress(b"0" * 10_000_000), zipped=True) is None
    assert readable(b"plain", zipped=True) is None
