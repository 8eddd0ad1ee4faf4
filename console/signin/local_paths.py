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
    return request.get_full_path() if request.method == "GET" else sent_from(request)


def sent_from(request: HttpRequest) -> str:
    """Return the page of this site that a request comes from; empty if unknown."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return local_path(page._replace(scheme="", netloc="").geturl())
