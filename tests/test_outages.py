"""A site that is too busy to write says so, and when to come back; no page of it breaks."""

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from console.management.commands import serve
from console.outages import AWAY, BUSY, NO_ROOM, Outage, outage_of
from tests.endpoint.clients import Clients, keys_of, refusal
from tests.outages import locked
from tests.worlds import allow, make_world


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("database is locked"), BUSY),
        (OperationalError("database table is locked: labs_attempt"), BUSY),
        (OperationalError("deadlock detected\nDETAIL:  Process 1 waits"), BUSY),
        (OperationalError("canceling statement due to lock timeout"), BUSY),
        (OperationalError("connection failed: Connection refused"), AWAY),
        (OperationalError("FATAL:  sorry, too many clients already"), AWAY),
        (OperationalError("the connection is lost"), AWAY),
        (InterfaceError("the connection is closed"), AWAY),
        (OperationalError("database or disk is full"), NO_ROOM),
        (OperationalError("no such table: x"), None),
        (IntegrityError("database is locked"), None),
        (ValueError("database is locked"), None),
        (None, None),
    ],
)
def test_an_outage_is_known_by_its_words(error: Exception | None, expected: Outage | None) -> None:
    assert outage_of(error) is expected
    caused = RuntimeError("x")
    caused.__cause__ = error
    assert outage_of(caused) is expected


def test_the_endpoint_lets_clients_try_again(db: None) -> None:
    world = make_world("alice")
    world.add_user("admin", allow("*"))
    keys = keys_of(world.do("CreateAccessKey", UserName="admin")["AccessKey"])
    with locked():
        code, message, status = refusal(Clients()("iam", keys).list_users)
    assert (code, status) == ("ServiceUnavailable", 503)
    assert message == BUSY.sentence


def test_a_log_in_meanwhile_is_a_page_that_says_so(db: None) -> None:
    with locked():
        answer = Client(raise_request_exception=False).post(
            reverse("site_login"), {"username": "x", "password": "y"}
        )
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert BUSY.sentence in answer.content.decode()


def test_serve_ends_in_a_sentence_where_the_database_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise OperationalError('connection failed: FATAL:  database "nope" does not exist')

    monkeypatch.setattr(serve, "call_command", fail)
    with pytest.raises(CommandError, match=r"names cannot be used: .*nope"):
        serve.Command()._prepare("migrate")
