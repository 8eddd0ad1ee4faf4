"""A world to write into, and what is in it. Run by `manage.py shell` on the site's database."""

import json
from collections import Counter

from iam.models import Event, Sandbox, User
from tests.worlds import allow, make_world


def print_world() -> None:
    """Make a world with an administrator, and print its keys."""
    world = make_world("faults")
    world.add_user("admin", allow("*"))
    key = world.do("CreateAccessKey", UserName="admin")["AccessKey"]
    print(json.dumps({"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}))


def print_contents() -> None:
    """Print how many users there are of each name, and how many events say that one was made."""
    sandbox = Sandbox.objects.filter(owner__username="faults").latest("pk")
    users = Counter(User.in_sandbox(sandbox).values_list("name", flat=True))
    made = Event.in_sandbox(sandbox).filter(name="CreateUser", error_code="")
    named = Counter(event.record["requestParameters"]["userName"] for event in made)
    print(json.dumps({"users": users, "events": named}))
