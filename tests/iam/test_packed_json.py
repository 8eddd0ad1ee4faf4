"""JSON that is stored compressed, and what older databases have stored."""

import json

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from iam.authorization import explanations
from iam.models import Event
from iam.models.packed_json import pack, unpack
from iam.perform import perform
from iam.trail import end_visit
from tests.worlds import World

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
# What pack() returned for {"eventVersion": "1.11", "readOnly": true, "text": "é" * 40}.
_OF_THE_FIRST_DICTIONARY = "01c35542a0fb00da258829353048b51c39a4522d00"


@given(_JSON)
def test_what_is_packed_is_unpacked(value: object) -> None:
    assert unpack(pack(value)) == value


@pytest.mark.parametrize(
    "stored", ['{"a": [1, "é"]}', b'{"a": [1, "\xc3\xa9"]}', memoryview(b"[]")]
)
def test_plain_json_of_an_older_database_is_read(stored: str | bytes | memoryview) -> None:
    assert unpack(stored) == json.loads(
        bytes(stored, "utf-8") if isinstance(stored, str) else bytes(stored)
    )


def test_what_was_packed_once_can_be_read_for_ever() -> None:
    value = {"eventVersion": "1.11", "readOnly": True, "text": "é" * 40}
    assert unpack(bytes.fromhex(_OF_THE_FIRST_DICTIONARY)) == value


def _read_once(world: World) -> Event:
    caller = world.root()
    perform(caller, "iam:ListUsers")
    end_visit(caller.visit)
    found: Event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    return found


def test_an_event_takes_a_quarter_of_its_text_and_explains_itself(world: World) -> None:
    event = _read_once(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT record, decisions FROM iam_event WHERE id = %s", [event.pk])
        stored = [bytes(one) for one in cursor.fetchone()]
    plain = len(json.dumps([event.record, event.decisions]))
    assert sum(map(len, stored)) < plain / 4
    (why,) = explanations(event)
    assert why.matches_record
    assert (why.action, why.decision.allowed) == ("iam:ListUsers", True)


def test_an_event_of_an_older_database_explains_itself(world: World) -> None:
    event = _read_once(world)
    texts = [json.dumps(one).encode() for one in (event.record, event.decisions)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE iam_event SET record = %s, decisions = %s WHERE id = %s", [*texts, event.pk]
        )
    again = Event.in_sandbox(world.sandbox).get(pk=event.pk)
    assert (again.record, again.decisions) == (event.record, event.decisions)
    assert [one.matches_record for one in explanations(again)] == [True]
