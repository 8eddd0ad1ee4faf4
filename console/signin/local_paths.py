"""Addresses of this site in what a browser sends."""

from django.utils.http import url_has_allowed_host_and_scheme


def local_path(wanted: str) -> str:
    """Return the address if it is a page of this site, else nothing."""
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if local else ""
