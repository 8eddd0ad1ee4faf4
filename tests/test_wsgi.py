"""The application as a server calls it."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from console.wsgi import application


def _whole(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse("whole")


def _in_parts(request: HttpRequest) -> HttpResponseBase:
    return StreamingHttpResponse(iter(["in ", "parts"]))


urlpatterns = [path("whole", _whole), path("parts", _in_parts)]


def _answer(address: str) -> tuple[str, Iterable[bytes]]:
    told: list[str] = []

    def start(status: str, _headers: Any) -> None:
        told.append(status)

    answered = application(RequestFactory().get(address).environ, start)
    return told[0], answered


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.test_wsgi")
def test_a_whole_response_is_one_list_that_a_server_sends_at_once() -> None:
    assert _answer("/whole") == ("200 OK", [b"whole"])


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.test_wsgi")
def test_a_streamed_response_stays_a_stream() -> None:
    status, answered = _answer("/parts")
    assert (status, isinstance(answered, list)) == ("200 OK", False)
    assert b"".join(answered) == b"in parts"
