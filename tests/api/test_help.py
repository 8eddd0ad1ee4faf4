"""The help about the API: its examples name what there is."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.api.routes import ROUTES

_ADDRESS = re.compile(r'\$ROLECALL/([\w/-]+)|"\] \+ "/([\w/-]+)"')
_NAME = re.compile(r"\{\w+\}")


@pytest.mark.django_db
def test_each_address_in_the_examples_is_one_of_the_schema():
    page = unescape(Client().get("/help/api").content.decode())
    named = {one or other for one, other in _ADDRESS.findall(page)}
    assert len(named) >= 4
    known = {_NAME.sub("CLASS", route.path.removeprefix("/api/")) for route in ROUTES}
    assert named <= known
    assert "export ROLECALL=http://testserver/api" in page
