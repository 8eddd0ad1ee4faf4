"""Where the same is done in the console and by boto3, rows and events are the same.

But for IDs, times, user agent, source address, access key and `sessionCredentialFromConsole`.
"""

import json
import re
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError
from django.apps import apps
from django.core.serializers import serialize
from django.urls import reverse

from iam.models import Document, Event, Simulated
from tests.endpoint.clients import Clients, keys_of
from tests.pages.visitor import Visitor
from tests.parity.stories import STORY, World
from tests.worlds import World as Sandbox
from tests.worlds import allow, make_world

ADMIN = allow("*")
_IDS = re.compile(r"\b(AIDA|AROA|AGPA|ANPA|ASIA|AKIA)[A-Z2-7]{16,17}\b")
_TIMES = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(Z|\+00:00)?"
    r"|[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M"
)
_DIFFER = {
    "eventID",
    "requestID",
    "eventTime",
    "userAgent",
    "sourceIPAddress",
    "accessKeyId",
    "sessionCredentialFromConsole",
}
_NOT_OF_THE_WORLD = {Event}


def furnished(owner: str, account_id: str) -> Sandbox:
    """Return a world with an administrator's role, and a user who may take it."""
    world = make_world(owner, account_id)
    world.sandbox.public = True
    world.sandbox.save()
    world.add_user("operator", allow("sts:AssumeRole"))
    world.add_role("Admin")
    world.do("PutRolePolicy", RoleName="Admin", PolicyName="all", PolicyDocument=ADMIN)
    world.do("CreateAccessKey", UserName="operator")
    return world


def normal(text: str, account_id: str) -> str:
    """Return a text with what may differ made the same."""
    text = text.replace(account_id, "ACCOUNT")
    text = _IDS.sub(r"\1", text)
    return _TIMES.sub("TIME", text)


def rows(world: Sandbox) -> dict[str, list[Any]]:
    """Return all rows of a sandbox by model, keys replaced by what they mean."""
    found = {}
    models: list[type[Simulated]] = [
        model
        for model in apps.get_models()
        if issubclass(model, Simulated) and model not in _NOT_OF_THE_WORLD
    ]
    for model in models:
        written = serialize("json", model.in_sandbox(world.sandbox))
        listed = json.loads(normal(written, world.account_id))
        found[model.__name__] = sorted(
            json.dumps(_plain(model, one["fields"]), sort_keys=True) for one in listed
        )
    return found


def _plain(model: type[Simulated], fields: dict[str, Any]) -> dict[str, Any]:
    """Return a row without keys of other rows, secrets made anew, and the sandbox itself."""
    keys = {field.name for field in model._meta.get_fields() if field.is_relation}
    changing = keys | {"sealed_secret", "access_key_id", "last_used_service", "last_used_region"}
    changing |= {"root_email", "password_last_used"}
    changing |= {"hash"} if model is Document else set()
    return {name: value for name, value in fields.items() if name not in changing}


def events(world: Sandbox, after: int) -> list[Any]:
    """Return the records of what was changed, or was to be, in their order."""
    written = Event.in_sandbox(world.sandbox).filter(pk__gt=after).order_by("pk")
    records = [one.record for one in written if not one.read_only]
    calls = [one for one in records if one["eventType"] == "AwsApiCall"]
    return [json.loads(normal(json.dumps(_common(one)), world.account_id)) for one in calls]


def _common(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _common(one) for key, one in value.items() if key not in _DIFFER}
    return [_common(one) for one in value] if isinstance(value, list) else value


@pytest.fixture
def both(db: None) -> tuple[Sandbox, Sandbox]:
    return furnished("alice", "111111111111"), furnished("bob", "222222222222")


def as_admin_in_console(world: Sandbox) -> Visitor:
    visitor = Visitor(world, "operator")
    visitor.post(reverse("switchrole"), account=world.account_id, roleName="Admin")
    return visitor


def as_admin_by_client(world: Sandbox) -> World:
    key = world.do("CreateAccessKey", UserName="operator")["AccessKey"]
    clients = Clients()
    arn = f"arn:aws:iam::{world.account_id}:role/Admin"
    session = clients("sts", keys_of(key)).assume_role(RoleArn=arn, RoleSessionName="operator")
    keys = keys_of(session["Credentials"])
    world.do("DeleteAccessKey", UserName="operator", AccessKeyId=key["AccessKeyId"])
    # An object's checksum is kept, where a client asks for one.
    config = {"request_checksum_calculation": "when_required"}
    return World(world.account_id, lambda service: clients(service, keys, **config))


def last_event(world: Sandbox) -> int:
    pk: int = Event.in_sandbox(world.sandbox).order_by("-pk").values_list("pk", flat=True)[0]
    return pk


def test_rows_and_events_are_the_same(both: tuple[Sandbox, Sandbox]) -> None:
    in_console, by_client = both
    visitor, told = as_admin_in_console(in_console), as_admin_by_client(by_client)
    shown = World(in_console.account_id, told.client)
    for step in STORY:
        before = last_event(in_console), last_event(by_client)
        step.console(visitor, shown)
        with suppress(ClientError):
            step.client(told)
        mine, theirs = events(in_console, before[0]), events(by_client, before[1])
        assert mine, step.name
        assert mine == theirs, step.name
        assert rows(in_console) == rows(by_client), step.name


def test_the_calls_of_the_console_are_marked(both: tuple[Sandbox, Sandbox]) -> None:
    in_console, by_client = both
    visitor, told = as_admin_in_console(in_console), as_admin_by_client(by_client)
    visitor.post(reverse("group_create"), GroupName="staff")
    told.client("iam").create_group(GroupName="staff")
    mine, theirs = (
        Event.in_sandbox(world.sandbox).get(name="CreateGroup").record for world in both
    )
    assert mine["sessionCredentialFromConsole"] == "true"
    assert "sessionCredentialFromConsole" not in theirs


def test_a_switch_of_roles_is_the_same_session_as_assume_role(both) -> None:
    in_console, by_client = both
    as_admin_in_console(in_console)
    as_admin_by_client(by_client)
    arns = [
        Event.in_sandbox(world.sandbox)
        .get(name="AssumeRole")
        .record["responseElements"]["assumedRoleUser"]["arn"]
        for world in both
    ]
    assert [arn.split(":", 5)[5] for arn in arns] == ["assumed-role/Admin/operator"] * 2
