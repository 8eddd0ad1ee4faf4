"""Errors: one shape everywhere, with a sentence that says what to do."""

import pytest
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from console.api.http.throttles import TokenThrottle
from console.api.resources.labs import Labs
from tests.api.programs import Program, problem_of
from tests.api.routes import ROUTES
from tests.outages import locked

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(tess):
    return Program(tess)


@pytest.mark.parametrize(
    "path", ["nothing", "classes/", "docs/x", "classes/\x00", "%ff", "a" * 3000]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_an_address_that_is_none_is_a_problem(path, method):
    response = Client().generic(method, f"/api/{path}")
    assert response.status_code in {401, 404}
    problem_of(response)


def test_a_method_that_is_not_there_is_refused_with_those_that_are(teacher, values):
    for path in {route.path for route in ROUTES}:
        there = {route.method for route in ROUTES if route.path == path}
        address = next(route for route in ROUTES if route.path == path).address(values)
        for method in {"PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE"} - there:
            response = teacher.send(method, address)
            assert response.status_code == 405, (method, path)
            assert "There is no" in problem_of(response)["detail"]
            assert there <= set(response["Allow"].split(", "))


def test_too_many_requests_are_refused_with_when_to_come_again(teacher, monkeypatch, tess):
    monkeypatch.setattr(TokenThrottle, "allow_request", SimpleRateThrottle.allow_request)
    monkeypatch.setattr(TokenThrottle, "rate", "2/min")
    assert [teacher.get("labs").status_code for _ in range(3)] == [200, 200, 429]
    response = teacher.get("labs")
    assert "Try again in" in problem_of(response)["detail"]
    assert 0 < int(response["Retry-After"]) <= 61
    assert Program(tess).get("labs").status_code == 200


def test_a_failure_of_the_server_is_a_problem_too(teacher, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Labs, "get", fail)
    teacher.client.raise_request_exception = False
    response = teacher.get("labs")
    assert response.status_code == 500
    assert "RuntimeError" not in response.content.decode()
    problem_of(response)


def test_a_busy_database_is_a_problem_with_when_to_come_again(teacher, values):
    with locked():
        sent = [
            teacher.send(route.method, route.address(values), {"name": "x"})
            for route in ROUTES
            if route.method in {"POST", "PATCH", "PUT", "DELETE"}
        ]
    broken = [one for one in sent if one.status_code >= 500]
    assert {(one.status_code, one["Retry-After"]) for one in broken} == {(503, "5")}
    assert {problem_of(one)["code"] for one in broken} == {"unavailable"}


def test_what_a_client_would_rather_have_changes_nothing(teacher):
    for accept in ("text/html", "application/xml", "*/*;q=x", "é"):
        response = teacher.client.get("/api/labs", headers={"Accept": accept})
        assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert teacher.get("labs", format="html").status_code == 200


def test_nothing_is_kept_on_the_way(teacher):
    assert teacher.get("labs")["Cache-Control"] == "no-store"
    assert Client().get("/api/labs")["Cache-Control"] == "no-store"
