"""Flash bars: sentences with an optional button, carried by Django's messages."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_MARK = "flash"
_KINDS = {
    messages.SUCCESS: "success",
    messages.ERROR: "error",
    messages.WARNING: "warning",
}


@dataclass(frozen=True)
class Flash:
    """One bar: kind (success, error, info, warning), sentence, and a button to a URL."""

    kind: str
    text: str
    label: str = ""
    url: str = ""


def flash_success(request: HttpRequest, text: str, link: tuple[str, str] | None = None) -> None:
    """A green bar on the next page; `link` is (label, URL) of its button."""
    _add(request, messages.SUCCESS, text, link)


def flash_error(request: HttpRequest, text: str, link: tuple[str, str] | None = None) -> None:
    _add(request, messages.ERROR, text, link)


def flash_info(request: HttpRequest, text: str, link: tuple[str, str] | None = None) -> None:
    _add(request, messages.INFO, text, link)


def flash_warning(request: HttpRequest, text: str, link: tuple[str, str] | None = None) -> None:
    _add(request, messages.WARNING, text, link)


def flashes(request: HttpRequest) -> Iterator[Flash]:
    """The bars waiting for this request, used up by being read."""
    return (_flash(message) for message in messages.get_messages(request))


def _add(request: HttpRequest, level: int, text: str, link: tuple[str, str] | None) -> None:
    label, url = link or ("", "")
    flash = Flash(_KINDS.get(level, "info"), text, label, url)
    text = json.dumps(asdict(flash))
    messages.add_message(request, level, text, extra_tags=_MARK, fail_silently=True)


def _flash(message: Message) -> Flash:
    """The bar a message carries; a message of Django's own becomes a plain one."""
    text = str(message.message)
    if message.extra_tags == _MARK:
        return Flash(**json.loads(text))
    return Flash(_KINDS.get(message.level, "info"), text)
