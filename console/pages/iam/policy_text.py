"""A policy's permissions as *Summary* and as *JSON*."""

from typing import Any
from uuid import uuid4

from console.pages.iam.policy_editor.summary import summarize


def policy_text(text: str, title: str) -> dict[str, Any]:
    """Return what `iam/policies/text.html` shows of a document; `title` heads its JSON."""
    # Several rows of a table may be open at once, each with its own choice.
    return {"text": text, "title": title, "summary": summarize(text), "group": f"view-{uuid4()}"}
