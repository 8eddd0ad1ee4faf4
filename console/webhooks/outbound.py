"""Requests to listed hosts alone, over TLS, and never to an address inside of a network.

The name is looked up once, every address must be a public one, and the connection is made to that
address: so a name that changes its mind between the check and the call reaches nothing else.
"""

import ipaddress
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.conf import settings

_TIMEOUT = urllib3.Timeout(connect=5, read=10)
_LOCAL = {"127.0.0.1", "::1"}
_FIRST, _LAST = 200, 299


class NotDelivered(Exception):
    """What came of a request that failed, as a sentence."""


def url_fault(url: str) -> str:
    """Return why a webhook may not have an address; empty if it may."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "This is no address."
    listed = parts.netloc in settings.WEBHOOK_HOSTS
    if parts.username or parts.password or not parts.hostname or port == 0:
        return "This is no address."
    if not listed:
        return (
            f"This site does not call {parts.netloc}. Its administrator lists it in "
            "ROLECALL_WEBHOOK_HOSTS."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        return "The address begins with https://."
    return ""


def _address_of(host: str, port: int) -> str:
    """Return the public address of a host, or the literal of this machine; raises NotDelivered."""
    if host in _LOCAL:
        return host
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        message = f"{host} is not found."
        raise NotDelivered(message) from error
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(_is_public(one) for one in addresses):
        message = f"{host} has an address inside of a network."
        raise NotDelivered(message)
    return addresses[0]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Send a body; raises NotDelivered unless the answer is a 2xx. Redirects are not followed."""
    fault = url_fault(url)
    if fault:
        raise NotDelivered(fault)
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = _address_of(host, port)
    options: dict[str, Any] = {"timeout": _TIMEOUT, "retries": False, "maxsize": 1}
    pool: urllib3.HTTPConnectionPool
    if secure:
        pool = urllib3.HTTPSConnectionPool(
            address, port, server_hostname=host, assert_hostname=host, **options
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, **options)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with pool:
            response = pool.urlopen(
                "POST",
                path,
                body=body,
                headers={**headers, "Host": parts.netloc},
                redirect=False,
                preload_content=False,
            )
            status = response.status
            response.close()
    except urllib3.exceptions.HTTPError as error:
        message = f"{parts.netloc} does not answer."
        raise NotDelivered(message) from error
    if not _FIRST <= status <= _LAST:
        message = f"{parts.netloc} answers {status}."
        raise NotDelivered(message)
