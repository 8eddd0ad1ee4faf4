"""What is believed of a request that came by a proxy."""

from ipaddress import ip_network
from runpy import run_path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from console import settings as site_settings
from console.server.proxies import ProxyMiddleware

settings_of_site = str(site_settings.__file__)
PROXIES = [ip_network("10.0.0.0/8"), ip_network("2001:db8::/32")]


def _believed(sender: str, **headers: str) -> tuple[str, str]:
    """Return the client's address, and the site's own address as the client knows it."""
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    with override_settings(PROXIES=PROXIES, ALLOWED_HOSTS=["*"]):
        request = RequestFactory(headers=headers).get("/", REMOTE_ADDR=sender)
        ProxyMiddleware(view)(request)
        return seen[0].META["REMOTE_ADDR"], seen[0].build_absolute_uri("/")


_DIRECT = "http://testserver/"


@pytest.mark.parametrize(
    ("sender", "forwarded", "address"),
    [
        ("10.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("10.0.0.1", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("10.0.0.1", "203.0.113.9, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        ("10.0.0.1", "192.0.2.7:50000", "192.0.2.7"),
        ("10.0.0.1", "[2001:db9::7]:50000", "2001:db9::7"),
        ("2001:db8::1", "2001:db9::7", "2001:db9::7"),
        ("10.0.0.1", "10.0.0.9", "10.0.0.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "192.0.2.7, not-an-address", "10.0.0.1"),
        ("192.0.2.66", "10.9.9.9", "192.0.2.66"),
    ],
)
def test_the_clients_address_is_the_last_that_is_no_listed_proxy(sender, forwarded, address):
    assert _believed(sender, x_forwarded_for=forwarded) == (address, _DIRECT)


@pytest.mark.parametrize(
    ("sender", "site"), [("10.0.0.1", "https://class.example/"), ("192.0.2.66", _DIRECT)]
)
def test_scheme_and_host_come_from_a_listed_proxy_alone(sender, site):
    stated = {"x_forwarded_proto": "https", "x_forwarded_host": "class.example"}
    assert _believed(sender, **stated)[1] == site


@pytest.mark.django_db
@override_settings(PROXIES=PROXIES, SECURE_HSTS_SECONDS=60, ALLOWED_HOSTS=["class.example"])
def test_a_page_by_a_proxy_is_one_over_tls():
    client = Client(
        enforce_csrf_checks=True,
        REMOTE_ADDR="10.0.0.1",
        headers={"x-forwarded-proto": "https", "x-forwarded-host": "class.example"},
    )
    login = reverse("site_login")
    page = client.get(login)
    assert page.headers["Strict-Transport-Security"] == "max-age=60"
    token = client.cookies["rolecall_csrf"].value
    form = {"csrfmiddlewaretoken": token, "username": "x", "password": "y"}
    for origin, status in (("https://class.example", 200), ("https://evil.example", 403)):
        sent = client.post(login, form, headers={"origin": origin, "referer": f"{origin}/"})
        assert sent.status_code == status


@pytest.mark.parametrize(("proxies", "on"), [("", False), ("10.0.0.0/8, ::1", True)])
def test_one_setting_covers_proxies_cookies_and_hsts(monkeypatch, tmp_path, proxies, on):
    monkeypatch.setenv("ROLECALL_HOME", str(tmp_path))
    monkeypatch.setenv("ROLECALL_PROXIES", proxies)
    found = run_path(settings_of_site)
    assert found["PROXIES"] == ([ip_network("10.0.0.0/8"), ip_network("::1")] if on else [])
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is on
    assert bool(found["SECURE_HSTS_SECONDS"]) is on


def test_a_proxy_that_is_no_address_is_refused_with_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("ROLECALL_HOME", str(tmp_path))
    monkeypatch.setenv("ROLECALL_PROXIES", "my-proxy")
    with pytest.raises(ImproperlyConfigured, match="ROLECALL_PROXIES: 'my-proxy' does not appear"):
        run_path(settings_of_site)
