"""Nobody but an instructor has pages of scenarios, and nobody another's private ones."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from console.labs.guests import new_guest
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import sandbox_from
from console.pages.teach.scenarios.urls import urlpatterns
from iam.models import Sandbox
from tests.classes.conftest import instructor, logged_in

NAMES = sorted(str(one.name) for one in urlpatterns)
OF_ALL = {"teach_scenarios", "teach_scenario_create", "teach_scenario_upload"}


@pytest.fixture
def addresses(scenario) -> dict[str, str]:
    """Every address, with Tess's scenario and her sandbox."""
    sandbox = sandbox_from(scenario, scenario.owner)
    arguments = {
        **{name: [scenario.public_id] for name in NAMES},
        **{name: [] for name in OF_ALL},
        "teach_scenario_capture": [sandbox.pk],
    }
    return {name: reverse(name, args=arguments[name]) for name in NAMES}


def statuses(client: Client, url: str) -> tuple[int, int]:
    return client.get(url).status_code, client.post(url).status_code


def test_to_students_and_guests_nothing_is_there(addresses):
    for user in (User.objects.create_user("sam"), new_guest()):
        client = logged_in(user)
        assert {name: statuses(client, url) for name, url in addresses.items()} == dict.fromkeys(
            NAMES, (404, 404)
        )
    for url in addresses.values():
        assert Client().get(url).headers["Location"].startswith("/login")


def test_to_another_instructor_what_is_private_is_not_there(addresses):
    olga = logged_in(instructor("olga"))
    found = {name: statuses(olga, url) for name, url in addresses.items() if name not in OF_ALL}
    assert found == dict.fromkeys(found, (404, 404))
    assert len(found) == len(NAMES) - len(OF_ALL)
    assert (Scenario.objects.count(), Sandbox.objects.count()) == (1, 1)


def test_nothing_breaks_for_what_is_not_there(client):
    for name in NAMES:
        for odd in ("x", "\0", "ü", "9" * 40):
            arguments = [] if name in OF_ALL else [10**30] if "capture" in name else [odd]
            assert client.get(reverse(name, args=arguments)).status_code in {200, 404, 405}
