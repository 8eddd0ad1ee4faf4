"""The site as it is served, beside clients that stall."""

import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import urllib3

from tests.attacks.stalls import forms

pytestmark = pytest.mark.django_db  # the served site needs the tables

# Each of the two workers of the server runs one call at a time.
_MANY = 12


@pytest.mark.parametrize("form", forms("/aws", "/healthz"), ids=lambda form: form.name)
def test_others_are_answered_beside_many_clients_that_stall(site, form):
    port = urlsplit(site).port
    with ExitStack() as clients, urllib3.PoolManager(retries=False) as pool:
        for _ in range(_MANY):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(form.first[:70_000])
        assert pool.request("GET", f"{site}/healthz", timeout=60).status == 200


def test_a_body_in_chunks_is_read_as_one_of_stated_length(site):
    form = b"Action=GetCallerIdentity&Version=2011-06-15"
    with urllib3.PoolManager(retries=False) as pool:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answers = [
            pool.request("POST", f"{site}/aws", body=body, headers=kind, chunked=chunked)
            for body, chunked in ((iter([form]), True), (form, False))
        ]
    assert [answer.status for answer in answers] == [403, 403]
    assert all(b"<Code>MissingAuthenticationToken</Code>" in answer.data for answer in answers)


@pytest.mark.parametrize(("address", "status"), [("/login", 413), ("/aws", 400)])
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(site, address, status):
    with socket.create_connection(("127.0.0.1", urlsplit(site).port)) as client:
        client.settimeout(60)
        head = f"POST {address} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
        client.sendall(head.encode())
        assert client.recv(64).startswith(f"HTTP/1.1 {status} ".encode())
