"""The identities that a browser has open in one sandbox, beside that of the page."""

from dataclasses import dataclass

from django.http import HttpRequest

from console.signin.console import Console, console_of, open_console, visited
from console.signin.lab_rules import why_fenced
from console.signin.state import ConsoleStore
from iam.callers import Caller
from iam.wire.errors import AwsError


@dataclass(frozen=True)
class OpenIdentity:
    """An identity that can look at its account, and the console's prefix where its pages are.

    The identity that signed in before it switched roles has no pages of its own: no prefix.
    """

    caller: Caller
    prefix: str


def other_identities(request: HttpRequest) -> list[OpenIdentity]:
    """Return the others of this browser in the sandbox of the page, as far as its lab lets them."""
    own = console_of(request)
    store = ConsoleStore(request.session)
    found = [*_behind(own)]
    for kept in store.others(own.console_id):
        try:
            console = open_console(visited(request), store, kept.console_id)
        except AwsError:
            continue
        if console.sandbox == own.sandbox and not why_fenced(request, console):
            found += [OpenIdentity(console.caller, f"/c/{kept.console_id}/"), *_behind(console)]
    return found


def _behind(console: Console) -> list[OpenIdentity]:
    return [OpenIdentity(console.base, "")] if console.is_role else []
