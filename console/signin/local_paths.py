"""Addresses of this site in what a browser sends."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def local_path(wanted: str) -> str:
    """Return the address if it is a page of this site, else nothing."""
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if local else ""


def page_of_form(request: HttpRequest) -> str:
    """Return the page that is asked for, or that a form was sent from; empty if unknown."""
    if request.method == "GET":
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    return local_path(sent_from._replace(scheme="", netloc="").geturl())
