"""Whatever browsers do one after the other, none sees or enters a world that is not its own."""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.labs.attempts import last_writes, new_link, values_of
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from iam.models import Account, Sandbox
from tests.worlds import World

LABS = ("same-account-role", "external-id")
PASSWORD = "correct horse battery"
DEEDS = ("start", "enter", "write", "undo", "restart", "keep", "log out", "pass on")


@dataclass
class Person:
    """A browser, with the attempts that it began or that were opened to it."""

    name: str
    client: Client = field(default_factory=Client)
    own: set[str] = field(default_factory=set)

    def attempt(self) -> Attempt | None:
        return Attempt.objects.filter(public_id__in=self.own).order_by("-pk").first()


def _page(attempt: Attempt, name: str = "attempt") -> str:
    return reverse(name, args=[attempt.public_id])


def _account(attempt: Attempt) -> str:
    return values_of(attempt, all_labs()[attempt.lab])["you"]


def _write(attempt: Attempt) -> None:
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    account = Account.in_sandbox(sandbox).get(account_id=_account(attempt))
    number = Sandbox.objects.get(pk=sandbox.pk).stamp
    World(sandbox, account).do("CreateUser", UserName=f"made-{number}")


def _start(person: Person, lab: str) -> None:
    response = person.client.post(f"/labs/{lab}/start")
    assert response.status_code == 302
    person.own.add(response["Location"].split("/")[-2])


def _do(person: Person, other: Person, deed: str, attempt: Attempt) -> None:
    """Let a person do something in a world of its own."""
    if deed == "enter":
        start = all_labs()[attempt.lab].student.starts.partition("/")[2]
        fields = {"account": _account(attempt), "user": start}
        assert person.client.post("/signin/as", fields).status_code == 302
    elif deed == "write":
        _write(attempt)
    elif deed == "undo" and (writes := last_writes(attempt)):
        person.client.post(_page(attempt, "attempt_undo"), {"step": writes[0].step})
    elif deed == "restart":
        assert person.client.post(_page(attempt, "attempt_restart")).status_code == 302
    elif deed == "keep":
        fields = {"username": person.name, "password": PASSWORD}
        assert person.client.post("/keep", fields).status_code == 302
    elif deed == "log out":
        person.client.post("/logout")
        person.own.clear()
    elif deed == "pass on":
        other.client.post(reverse("open_world", args=[new_link(attempt)]))
        other.own.add(attempt.public_id)


def _keeps_out(person: Person) -> None:
    """See that a browser enters its own worlds alone, and that no page of it names another."""
    shown = "".join(person.client.get(url).content.decode() for url in ("/", "/labs/", "/iam/"))
    for attempt in Attempt.objects.select_related("sandbox"):
        if attempt.public_id in person.own:
            assert person.client.get(_page(attempt)).status_code == 200
            continue
        assert attempt.public_id not in shown
        assert _account(attempt) not in shown
        assert person.client.get(_page(attempt)).status_code in {302, 404}
        for name in ("attempt_undo", "attempt_restart", "attempt_browsers"):
            assert person.client.post(_page(attempt, name)).status_code == 404
        fields = {"account": _account(attempt), "user": ""}
        assert person.client.post("/signin/as", fields).status_code == 403


_STORIES = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(DEEDS), st.sampled_from(LABS)),
    min_size=3,
    max_size=8,
)


@pytest.mark.django_db
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STORIES.map(lambda deeds: [(number, "start", LABS[0]) for number in (0, 1)] + deeds))
def test_no_browser_ever_reaches_anothers_world(db, story):
    with transaction.atomic():
        people = [Person(name) for name in ("ann", "ben", "cat")]
        for number, deed, lab in story:
            person, other = people[number], people[(number + 1) % len(people)]
            attempt = person.attempt()
            if deed == "start":
                _start(person, lab)
            elif attempt is not None:
                _do(person, other, deed, attempt)
        for person in people:
            _keeps_out(person)
        transaction.set_rollback(True)
