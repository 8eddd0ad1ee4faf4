"""A browser in front of the sign-in, and a world to sign in to."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.test import Client

from iam.models import Account, Event, Sandbox
from iam.models.hashers import TOY
from tests.consoles import console_behind
from tests.pages.visitor import text_of
from tests.worlds import World, make_world

__all__ = ["text_of"]

PASSWORD = "Correct-Horse-7"
ROOT_PASSWORD = "Root-Battery-8"
OTHER_ACCOUNT = "210987654321"


def open_world(
    owner: str = "alice", account_id: str = "975050059573", *, public: bool = True
) -> World:
    """Return a world with an alias, a root password and the user `ann`, who has a password."""
    world = make_world(owner, account_id)
    world.sandbox.public = public
    world.sandbox.save()
    account = world.account
    account.alias, account.root_password = "lessons", make_password(ROOT_PASSWORD, hasher=TOY)
    account.save()
    add_person(world, "ann")
    return world


def add_person(world: World, name: str, policy: str = "") -> None:
    world.add_user(name, policy)
    world.do("CreateLoginProfile", UserName=name, Password=PASSWORD)


def move_clock(world: World, **by: float) -> None:
    rows = Sandbox.objects.filter(pk=world.sandbox.pk)
    rows.update(clock_offset=F("clock_offset") + timedelta(**by))


def names_of(world: World) -> list[str]:
    return [event.name for event in Event.in_sandbox(world.sandbox)]


class Browser:
    """Django's test client, with forms sent as their pages would."""

    def __init__(self) -> None:
        self.client = Client()

    def sign_in(self, name: str = "ann", password: str = PASSWORD, **more: Any) -> Any:
        typed = {"account": "975050059573", "username": name, "password": password, **more}
        return self.client.post("/signin", typed)

    def enter(self, account: str, user: str = "", **more: Any) -> Any:
        return self.client.post("/signin/as", {"account": account, "user": user, **more})

    def get(self, url: str, **query: Any) -> Any:
        return self.client.get(url, query)

    def identity(self, prefix: str = "") -> str:
        return console_behind(self.client, prefix.removeprefix("/c/")).identity

    def console(self, prefix: str = "") -> Any:
        return self.client.get(f"{prefix}/switchrole").context["console"]

    def post(self, url: str, prefix: str = "", **fields: Any) -> Any:
        """Send a form as the identity that a page shows now."""
        return self.client.post(prefix + url, {"identity": self.identity(prefix), **fields})

    def switch(self, role: str = "Lesson", account: str = "975050059573", **more: Any) -> Any:
        return self.post("/switchrole", account=account, roleName=role, **more)

    def consoles(self) -> list[str]:
        return list(self.client.session.get("consoles", {}))


def second_account(world: World) -> Account:
    return world.add_account(OTHER_ACCOUNT)
