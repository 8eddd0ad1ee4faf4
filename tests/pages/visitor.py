"""A browser that is signed in to the simulated console."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.consoles import console_behind
from tests.worlds import World, make_world


class Visitor:
    """Django's test client, signed in as a user (or root) of a world's account."""

    def __init__(self, world: World, user: str = "", account_id: str = "") -> None:
        self.client = Client()
        account = account_id or world.account_id
        response = self.client.post(reverse("enter_as"), {"account": account, "user": user})
        assert response.status_code == 302, response.content.decode()

    def get(self, url: str, **query: Any) -> Any:
        return self.client.get(url, query, follow=True)

    def post(self, url: str, **fields: Any) -> Any:
        """Send a form as the page would, with the identity it was shown to."""
        identity = console_behind(self.client).identity
        return self.client.post(url, {"identity": identity, **fields}, follow=True)


def open_world() -> World:
    """Return a world that anybody may sign in to."""
    world = make_world()
    world.sandbox.public = True
    world.sandbox.save()
    return world


def text_of(response: Any) -> str:
    """Return what a page says, without its tags, in one line."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    whole = re.sub(r'<span class="parts">(.*?)</span>', r"\1", body).replace("<wbr>", "")
    plain = html.unescape(re.sub(r"<[^>]+>", " ", whole))
    return re.sub(r"\s+", " ", plain)


def markup_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode()).strip()
