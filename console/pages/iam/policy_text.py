"""A policy's permissions as *Summary* and as *JSON*."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import CallResult
from console.pages.iam.policy_editor.summary import summarize


def policy_text(text: str, title: str) -> dict[str, Any]:
    """Return what `iam/policies/text.html` shows of a document; `title` heads its JSON."""
    # Several rows of a table may be open at once, each with its own choice.
    return {"text": text, "title": title, "summary": summarize(text), "group": f"view-{uuid4()}"}


def policy_text_page(
    request: HttpRequest, frame: dict[str, Any], result: CallResult, text: str, title: str
) -> HttpResponse:
    """Show a policy's permissions, or why they cannot be shown: to htmx without the frame."""
    fragment = "#body" if request.headers.get("HX-Request") else ""
    context = {**frame, "result": result, **policy_text(text, title)}
    return render(request, f"iam/policies/document.html{fragment}", context)
