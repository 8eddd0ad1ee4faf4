"""Requests to platforms: only to hosts that a setting lists, without redirects, within seconds."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.conf import settings

_TIMEOUT = urllib3.Timeout(connect=5, read=10)
_MOST_BYTES = 1024 * 1024
_POOL = urllib3.PoolManager(timeout=_TIMEOUT, retries=False)
_FAILED = 400


class PlatformUnreachable(Exception):
    """A platform did not answer as it should; the message is a sentence."""


def is_allowed(url: str) -> bool:
    """Return whether the setting lists a URL's host; plain HTTP is for hosts of this machine."""
    parts = urlsplit(url)
    listed = parts.netloc in settings.LTI_HOSTS
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return listed and (parts.scheme == "https" or (parts.scheme == "http" and local))


_NEXT = re.compile(r'<([^>]*)>\s*;[^,]*\brel="?next"?')


def fetch(
    method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> Any:
    """Return the JSON that a platform answers, None for nothing; raises PlatformUnreachable."""
    return _fetch(method, url, body, headers or {})[0]


def fetch_page(url: str, headers: Mapping[str, str]) -> tuple[Any, str]:
    """Return a page of a list as JSON, and the address of the next one, if there is any."""
    page, link = _fetch("GET", url, None, headers)
    found = _NEXT.search(link)
    return page, found[1] if found else ""


def _fetch(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str]
) -> tuple[Any, str]:
    """Return the JSON of an answer, and its header `Link`."""
    if not is_allowed(url):
        message = f"ROLECALL_LTI_HOSTS does not list the host of {url}."
        raise PlatformUnreachable(message)
    try:
        response = _POOL.request(
            method,
            url,
            body=body,
            headers=dict(headers),
            redirect=False,
            preload_content=False,
        )
        data = response.read(_MOST_BYTES + 1)
        response.release_conn()
    except urllib3.exceptions.HTTPError as error:
        message = f"{urlsplit(url).netloc} does not answer."
        raise PlatformUnreachable(message) from error
    if response.status >= _FAILED or response.status in {301, 302, 303, 307, 308}:
        message = f"{urlsplit(url).netloc} answers {response.status}."
        raise PlatformUnreachable(message)
    if len(data) > _MOST_BYTES:
        message = f"{urlsplit(url).netloc} answers too much."
        raise PlatformUnreachable(message)
    try:
        found = json.loads(data) if data.strip() else None
    except ValueError as error:
        message = f"{urlsplit(url).netloc} answers no JSON."
        raise PlatformUnreachable(message) from error
    return found, response.headers.get("Link", "")
