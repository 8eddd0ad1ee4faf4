"""Dialogs that ask before something is done: a modal over the page, or a page of its own."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import CallResult


@dataclass(frozen=True)
class ConfirmDialog:
    """What is asked: title, sentences, what is concerned, what must be typed to confirm.

    `hidden` are (name, value) that the form carries, `items` (label, note) what it lists.
    """

    title: str
    sentences: tuple[str, ...]
    action: str
    back: str
    expected: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    warning: str = ""
    refused: CallResult = field(default_factory=CallResult)

    def confirmed(self, request: HttpRequest) -> bool:
        """Return whether the form was sent with what had to be typed."""
        typed = request.POST.get("confirm", "").strip()
        return request.method == "POST" and (not self.expected or typed == self.expected)

    def after(self, refused: CallResult) -> "ConfirmDialog":
        return replace(self, refused=refused)

    def show(self, request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
        """Ask; as a modal alone if htmx wants it."""
        sent = request.method == "POST" and not self.refused.error
        error = f"To confirm, type {self.expected}." if sent and self.expected else ""
        context = {**frame, "dialog": self, "error": error, "here": request.path}
        htmx = request.headers.get("HX-Request") and request.method == "GET"
        template = "iam/entities/dialog.html" + ("#modal" if htmx else "")
        return render(request, template, context, status=400 if error else 200)
