"""EC2's pages: from a role to an instance that holds its credentials."""

import re

import pytest
from django.urls import reverse

from console.services.ec2.models import Instance
from iam.factories import InstanceProfileFactory, RoleFactory
from tests.pages.visitor import Visitor, open_world, text_of
from tests.worlds import World, allow, document

IMAGE = "ami-0a20230a20230a202"
LAUNCH = {"image": IMAGE, "type": "t3.micro", "tokens": "required", "count": "1", "name": "web"}


@pytest.fixture
def world(db: None) -> World:
    return open_world()


@pytest.fixture
def root(world: World) -> Visitor:
    return Visitor(world)


@pytest.fixture
def profile(world: World) -> str:
    trust = document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    )
    RoleFactory.create(account=world.account, name="App", trust=trust)
    arn: str = InstanceProfileFactory.create(account=world.account, name="App", role="App").arn
    return arn


def test_an_instance_is_launched_looked_at_given_no_role_and_terminated(
    world: World, root: Visitor, profile: str
) -> None:
    root.post(reverse("instance_launch"), **LAUNCH, profile=profile)
    row = Instance.in_sandbox(world.sandbox).get()
    assert row.instance_id in text_of(root.get(reverse("instances")))
    page = reverse("instance", args=[row.instance_id])
    assert "App" in text_of(root.get(page))
    connected = root.post(reverse("instance_connect", args=[row.instance_id]))
    assert f"/imds/{row.secret}/latest/api/token" in connected.content.decode()
    assert f"_CREDENTIALS_FULL_URI=http://testserver/imds/{row.secret}/credentials" in text_of(
        connected
    )
    root.post(reverse("instance_role", args=[row.instance_id]), profile="")
    assert profile not in text_of(root.get(page))
    root.post(reverse("instances_terminate"), selected=row.instance_id)
    assert "Terminated" in text_of(root.get(page))


def test_a_user_who_may_not_pass_the_role_sees_the_sentence_and_launches_nothing(
    world: World, profile: str
) -> None:
    world.add_user("ann", allow("ec2:*", "iam:ListInstanceProfiles"))
    ann = Visitor(world, "ann")
    said = text_of(ann.post(reverse("instance_launch"), **LAUNCH, profile=profile))
    assert "is not authorized to perform: iam:PassRole on resource" in said
    assert not Instance.in_sandbox(world.sandbox).exists()


def test_a_user_who_may_not_log_in_does_not_see_the_address_of_the_credentials(
    world: World, root: Visitor
) -> None:
    root.post(reverse("instance_launch"), **LAUNCH)
    row = Instance.in_sandbox(world.sandbox).get()
    world.add_user("ann", allow("ec2:*"))
    ann = Visitor(world, "ann")
    page = ann.post(reverse("instance_connect", args=[row.instance_id]))
    assert "ec2-instance-connect:SendSSHPublicKey" in text_of(page)
    assert not re.search(row.secret, page.content.decode())


def test_a_role_that_may_not_be_seen_is_not_shown_as_none(
    world: World, root: Visitor, profile: str
) -> None:
    root.post(reverse("instance_launch"), **LAUNCH, profile=profile)
    row = Instance.in_sandbox(world.sandbox).get()
    world.add_user("ann", allow("ec2:*"))
    said = text_of(Visitor(world, "ann").get(reverse("instance", args=[row.instance_id])))
    assert "not authorized to perform: iam:GetInstanceProfile" in said


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": "n" * 257}, "name", "Tag value exceeds the maximum length of 256 characters"),
        ({"count": "20"}, "count", "You have requested more instances (20) than your current"),
        ({"image": "ami-none"}, "image", "ami-none is not one of the available choices"),
        ({"profile": "gone"}, "profile", "gone is not one of the available choices"),
    ],
)
def test_a_refusal_of_a_launch_is_shown_at_its_field(
    root: Visitor, typed: dict[str, str], field: str, words: str
) -> None:
    root.post(reverse("instance_launch"), **LAUNCH)
    page = root.post(reverse("instance_launch"), **{**LAUNCH, **typed})
    assert words in page.context["form"].errors[field][0]
    assert page.context["refused"].error is None
    assert page.context["form"]["name"].value() == {**LAUNCH, **typed}["name"]
