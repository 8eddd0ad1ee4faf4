"""The access map's page: three questions about the account, each in a tab."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.labs.rules import Tool
from console.pages.calls import CallResult
from console.pages.iam.access_map.parts import admin_part, assume_part, who_part
from console.pages.iam.access_map.seen_world import seen_world
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page, needs
from console.ui.tabs import Tab, Tabs
from iam.wire.errors import AwsError

_PARTS = {"assume": assume_part, "who": who_part, "admin": admin_part}
_TABS = (
    Tab("assume", "Who can assume"),
    Tab("who", "Who can do …?"),
    Tab("admin", "Become administrator"),
)


@console_page
@needs(Tool.MAP)
def access_map(request: HttpRequest) -> HttpResponse:
    """Show one question's answers to a visitor who may see all identities and policies."""
    tabs = Tabs(_TABS, request.path, request.GET.get("tab", ""))
    context: dict[str, Any] = {"tabs": tabs, "here": reverse("access_map")}
    try:
        world, links = seen_world(request, everywhere=tabs.current == "assume")
        context |= _PARTS[tabs.current](request, world, links)
    except AwsError as error:  # it may not be seen, or takes too long to find out
        context["refused"] = CallResult(error=error)
    frame = iam_frame(request, "access_map", [("Access map", "")])
    template = f"iam/access_map/{tabs.current}.html"
    return render(request, template, {**frame, **context})
