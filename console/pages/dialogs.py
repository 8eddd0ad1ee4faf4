"""Dialogs that ask for confirmation: a modal over the page, or a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.pages.calls import CallResult
from console.ui.flash import flash_success


@dataclass(frozen=True)
class ConfirmDialog:
    """A question with its title, sentences and items, and what must be typed to confirm.

    `hidden` has the (name, value) of the form's hidden inputs, `items` its list of (label, note).
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
        """Return whether the form was sent, with the right text typed.

        A button named `do` only asks for more, but for a `do` that the form itself keeps.
        """
        typed = request.POST.get("confirm", "").strip()
        asks_more = request.POST.get("do") not in {None, dict(self.hidden).get("do")}
        is_sent = request.method == "POST" and not asks_more
        return is_sent and (not self.expected or typed == self.expected)

    def show(self, request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
        """Show the dialog; for htmx only the modal."""
        sent = request.method == "POST" and not self.refused.error
        error = f"To confirm, type {self.expected}." if sent and self.expected else ""
        context = {**frame, "dialog": self, "error": error, "here": request.path}
        htmx = request.headers.get("HX-Request") and request.method == "GET"
        template = "console/confirm_dialog.html" + ("#modal" if htmx else "")
        return render(request, template, context, status=400 if error else 200)

    def carry_out(
        self,
        request: HttpRequest,
        frame: dict[str, Any],
        perform: Callable[[], CallResult],
        done: str,
    ) -> HttpResponse:
        """Show the dialog; once confirmed, perform the call, then go back with a flash bar."""
        if not self.confirmed(request):
            return self.show(request, frame)
        refused = perform()
        if refused.error:
            return replace(self, refused=refused).show(request, frame)
        flash_success(request, done)
        return redirect(self.back)
