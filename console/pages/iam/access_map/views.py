"""The access map's page: three questions about the account, each in a tab."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse

from console.labs.rules import Tool
from console.pages.calls import CallResult
from console.pages.iam.access_map.links import AccountLinks
from console.pages.iam.access_map.parts import admin_part, assume_part, who_part
from console.pages.iam.navigation import iam_frame
from console.signin.console import console_of
from console.signin.guard import console_page, needs
from console.signin.open_identities import other_identities
from console.ui.tabs import Tab, Tabs
from iam.analysis import World, seen_by
from iam.wire.errors import AwsError

_PARTS = {"assume": assume_part, "who": who_part, "admin": admin_part}
_TABS = (
    Tab("assume", "Who can assume"),
    Tab("who", "Who can do …?"),
    Tab("admin", "Become administrator"),
)


def _seen(request: HttpRequest, tab: str) -> tuple[World, AccountLinks]:
    """Return the world that the visitor sees, and where each account's pages are.

    Who can assume which role is asked of every account in which this browser has an identity
    that may see all of it.
    """
    caller = console_of(request).caller
    others = other_identities(request) if tab == "assume" else []
    prefixes = {one.caller.account_id: one.prefix for one in others}
    links = AccountLinks({**prefixes, caller.account_id: get_script_prefix()})
    return seen_by(caller, *(one.caller for one in others)), links


@console_page
@needs(Tool.MAP)
def access_map(request: HttpRequest) -> HttpResponse:
    """Show one question's answers to a visitor who may see all identities and policies."""
    tabs = Tabs(_TABS, request.path, request.GET.get("tab", ""))
    context: dict[str, Any] = {"tabs": tabs, "here": reverse("access_map")}
    try:
        context |= _PARTS[tabs.current](request, *_seen(request, tabs.current))
    except AwsError as error:  # it may not be seen, or takes too long to find out
        context["refused"] = CallResult(error=error)
    frame = iam_frame(request, "access_map", [("Access map", "")])
    template = f"iam/access_map/{tabs.current}.html"
    return render(request, template, {**frame, **context})
