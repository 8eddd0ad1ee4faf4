"""The notes' world: user1 without permissions, a group, a role, and an administrator who edits."""

import pytest
from django.urls import reverse

from iam.perform import perform
from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.pages.visitor import Visitor, open_world
from tests.worlds import World, trust


@pytest.fixture
def world(db: None) -> World:
    world = open_world()
    for name in ("user1", "user2", "User3"):
        perform(world.root(), "iam:CreateUser", {"UserName": name})
    perform(world.root(), "iam:CreateGroup", {"GroupName": "team"})
    role = {"RoleName": "S3Role", "AssumeRolePolicyDocument": trust(world.account_id)}
    perform(world.root(), "iam:CreateRole", role)
    return world


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor(world)


@pytest.fixture
def editor(visitor: Visitor) -> PaperBrowser:
    return PaperBrowser(visitor, reverse("inline_policy_create", args=["users", "user1"]))
