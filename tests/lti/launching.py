"""Launches from a platform, as a browser makes them."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django.urls import reverse


def begin(lms, **more):
    """Return the query that the platform gets, and the response."""
    asked = {"iss": lms.url, "login_hint": "h", "client_id": "client-7", **more}
    response = Client().get(reverse("lti_login"), asked)
    query = parse_qs(urlsplit(response.headers.get("Location", "")).query)
    return {name: values[0] for name, values in query.items()}, response


def launch(lms, *, key=None, state="", **changes: Any):
    query, _ = begin(lms)
    token = lms.sign(lms.claims(query["nonce"], **changes), key)
    fields = {"state": state or query["state"], "id_token": token}
    return Client().post(reverse("lti_launch"), fields)


def enter(lms, client=None, **changes):
    page = launch(lms, **changes)
    assert page.status_code == 200, page.content.decode()
    client = client or Client()
    return client, client.get(page.context["url"])
