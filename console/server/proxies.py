"""Requests that a proxy has passed on."""

from collections.abc import Callable, MutableMapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ProxyMiddleware:
    """Restores what a listed proxy states of a request, before all that Django does with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request go on as its client sent it."""
        restore_client(request.META)
        return self.get_response(request)


def restore_client(environ: MutableMapping[str, Any]) -> None:
    """Put what a listed proxy (`PROXIES`) states of a request in its place; others state nothing.

    The client's address is the last of `X-Forwarded-For` that is no listed proxy: the ones
    before it are what the client itself may have sent.
    """
    client, scheme, host = (
        environ.pop(f"HTTP_X_FORWARDED_{name}", "") for name in ("FOR", "PROTO", "HOST")
    )
    if not settings.PROXIES or not _is_proxy(_address(environ.get("REMOTE_ADDR", ""))):
        return
    for stated in reversed(client.split(",")):
        if address := _address(stated):
            environ["REMOTE_ADDR"] = str(address)
        if not _is_proxy(address):
            break
    if scheme in {"http", "https"}:
        environ["wsgi.url_scheme"] = scheme
    if host:
        environ["HTTP_HOST"] = host


def _is_proxy(address: IPv4Address | IPv6Address | None) -> bool:
    return address is not None and any(address in network for network in settings.PROXIES)


def _address(stated: str) -> IPv4Address | IPv6Address | None:
    """Read an address, perhaps with a port as some proxies add it; None if it is none."""
    text = stated.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return ip_address(text)
    except ValueError:
        return None
