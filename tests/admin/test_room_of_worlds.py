"""All that a world stores counts: at its limit nothing is added, and its owner sees how much."""

import pytest
from django.test import Client

from console.administration.sizes import measure, measure_changed
from console.labs.scenarios import DEMO, seed_scenario
from console.labs.scenarios.seeds import restart
from console.labs.site_users import site_student
from iam.models import Account, Sandbox
from iam.models.base import MOST_STORED
from iam.perform import perform
from iam.wire.errors import AwsError
from tests.worlds import World


@pytest.fixture
def world(db: None) -> World:
    sandbox = seed_scenario(DEMO.read_text(encoding="utf-8"), site_student("alice")).sandbox
    return World(sandbox, Account.in_sandbox(sandbox)[0])


def refusal_of(world: World, operation: str, **params: str) -> str:
    world.sandbox.refresh_from_db()
    try:
        perform(world.root(), operation, params)
    except AwsError as error:
        return error.code
    return ""


def test_a_full_world_refuses_what_makes_it_grow_and_nothing_else(world: World) -> None:
    world.do("CreateUser", UserName="ann")
    Sandbox.objects.update(stored=MOST_STORED)
    before = len(world.events())
    assert refusal_of(world, "iam:CreateUser", UserName="bob") == "LimitExceeded"
    assert refusal_of(world, "s3:CreateBucket", Bucket="one-more-bucket") == "LimitExceeded"
    assert len(world.events()) == before
    assert refusal_of(world, "iam:ListUsers") == ""
    assert refusal_of(world, "iam:DeleteUser", UserName="ann") == ""


def test_a_full_world_that_is_started_again_has_room(world: World) -> None:
    Sandbox.objects.update(stored=MOST_STORED)
    restart(world.sandbox)
    assert refusal_of(world, "iam:CreateUser", UserName="ann") == ""


def test_what_was_measured_is_shown_to_the_owner(world: World) -> None:
    measure_changed()
    world.sandbox.refresh_from_db()
    assert world.sandbox.stored == measure(world.sandbox).size > 1_000
    browser = Client()
    browser.force_login(world.sandbox.owner)
    assert "of the 64 MB allowed for a world" in browser.get("/").content.decode()
