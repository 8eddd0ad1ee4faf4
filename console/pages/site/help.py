"""Help topics: a partial for the panel, a page without JavaScript."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.site.help_topics import TOPICS, topic_groups
from console.pages.site.return_address import came_from
from console.signin.console import Console

NOTES_ACCOUNT = "975050059573"
_PANEL = "help-panel"
_LONGEST_QUERY = 100


def help_topic(request: HttpRequest, topic: str = "") -> HttpResponse:
    """Show a topic, or the topics by groups, those with the words of `?q=`."""
    console: Console | None = getattr(request, "console", None)
    found = TOPICS.get(topic)
    wanted = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    context: dict[str, Any] = {
        "base": "frame.html" if console else "site.html",
        "topic": found,
        "groups": topic_groups(wanted),
        "wanted": wanted,
        "asked": "" if found else topic,
        "back": came_from(request),
        "account_id": console.account_id if console else NOTES_ACCOUNT,
        "breadcrumbs": (),
    }
    if request.headers.get("HX-Target") == _PANEL:
        return render(request, f"help/page.html#{'panel' if found else 'unknown'}", context)
    status = 404 if topic and not found else 200
    return render(request, "help/page.html", context, status=status)
