"""Headers, cookies and the CSRF token of every page."""

import re

import pytest
from django.test import Client

from tests.signin.browsing import PASSWORD, Browser

PAGES = ["/", "/signin", "/signin/root", "/login", "/switchrole", "/iam/", "/nowhere"]


@pytest.mark.parametrize("url", PAGES)
def test_scripts_come_from_this_site_only_and_never_inline(world, tab, url):
    tab.sign_in()
    response = tab.get(url)
    policy = dict(
        directive.strip().partition(" ")[::2]
        for directive in response["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    body = response.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", body)
    assert not re.search(r"<[^>]+\son[a-z]+=", body)
    assert not re.search(r"<style\b|<[^>]+\sstyle=", body)


@pytest.mark.parametrize("url", PAGES)
def test_pages_are_neither_framed_nor_sniffed_nor_referred_to_other_sites(world, tab, url):
    response = tab.get(url)
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("url", ["/signin", "/signin/root", "/switchrole", "/iam/", "/signout"])
def test_pages_of_somebody_signed_in_are_not_cached(world, tab, url):
    tab.sign_in()
    assert "no-store" in tab.get(url)["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world, tab):
    tab.get("/signin")
    tab.sign_in()
    cookies = tab.client.cookies
    assert {"rolecall_session", "rolecall_csrf"} <= set(cookies)
    for name in ("rolecall_session", "rolecall_csrf"):
        assert cookies[name]["httponly"]
        assert cookies[name]["samesite"] == "Lax"


@pytest.mark.parametrize(
    "url",
    [
        "/signin",
        "/signin/root",
        "/signin/as",
        "/signout",
        "/switchrole",
        "/switchrole/back",
        "/switchrole/history",
        "/login",
        "/logout",
        "/sandbox/clock",
        "/sandbox/restart",
    ],
)
def test_no_form_is_taken_without_its_csrf_token(world, url):
    client = Client(enforce_csrf_checks=True)
    typed = {"account": world.account_id, "username": "ann", "password": PASSWORD}
    assert client.post(url, typed).status_code == 403
    assert "consoles" not in client.session


def test_a_sign_in_with_the_token_of_its_page_is_taken(world):
    tab = Browser()
    tab.client = Client(enforce_csrf_checks=True)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="([^"]+)"', tab.get("/signin").content.decode()
    )
    assert token is not None
    assert tab.sign_in(csrfmiddlewaretoken=token[1]).status_code == 302
    assert len(tab.consoles()) == 1


def test_every_form_of_the_console_carries_token_and_identity(world, tab):
    tab.sign_in()
    for url in ("/switchrole", "/iam/", "/signout", "/sandbox/clock", "/sandbox/restart"):
        forms = re.findall(
            r'<form[^>]*method="post".*?</form>', tab.get(url).content.decode(), re.DOTALL
        )
        assert forms
        for form in forms:
            assert 'name="csrfmiddlewaretoken"' in form
            assert 'name="identity" value="ASIA' in form
