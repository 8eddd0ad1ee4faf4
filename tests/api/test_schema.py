"""The schema: complete, without warnings, and true of what is answered to odd input."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import booleans
from schemathesis import GenerationMode, checks
from schemathesis.core.result import Ok

from console.api.schema import api_schema
from console.wsgi import application
from tests.api.programs import secret_of
from tests.api.routes import ROUTES

SCHEMA = schemathesis.openapi.from_dict(api_schema())
SCHEMA.app = application
CHECKS = [
    checks.CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]


def test_the_schema_is_valid_and_made_without_a_warning():
    api_schema.cache_clear()
    GENERATOR_STATS.reset()
    validate_schema(api_schema())
    assert not GENERATOR_STATS


def test_every_route_says_what_it_does_and_what_it_needs():
    for path, item in api_schema()["paths"].items():
        for method, one in item.items():
            assert one["summary"], (method, path)
            assert one["x-scope"] in one["description"], (method, path)
    assert len({one.id for one in ROUTES}) == len(ROUTES)


def test_the_schema_is_sent_to_everybody():
    answer = Client().get("/api/schema")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json"
    assert answer.json()["paths"].keys() == api_schema()["paths"].keys()


@pytest.fixture
def token(tess):
    """A token of a teacher; as with Django's own client, the connection of the test stays open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield secret_of(tess)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_input_breaks_a_route_and_each_answer_is_as_described(mode, token, values):
    """Every second case is about something that is there."""
    headers = {"Authorization": f"Bearer {token}"}
    for result in SCHEMA.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()

        @settings(
            max_examples=4,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), there=booleans())
        def tried(case, there):
            if there:
                case.path_parameters.update({name: values[name] for name in case.path_parameters})
            case.call_and_validate(headers=headers, checks=CHECKS)

        tried()
