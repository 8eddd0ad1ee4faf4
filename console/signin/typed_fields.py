"""What somebody typed into a form that was not performed, under the form's own labels."""

import re
import sys
from collections.abc import Callable, Iterator
from inspect import unwrap
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

IDENTITY_FIELD = "identity"
_UNSHOWN = {
    *("csrfmiddlewaretoken", IDENTITY_FIELD, "do", "step", "mode"),
    *("redirect_uri", "next", "RelayState"),
}
# Labels of controls that no Django form declares: tags, condition keys, lists to choose from.
_HAND_WRITTEN = (
    (re.compile(r"[\w-]+-(key|value)"), "Tag {}"),
    (re.compile(r"key-(\d+)"), "Condition key {}"),
    (re.compile(r"type-(\d+)"), "Type of condition key {}"),
    (re.compile(r"value-(\d+)"), "Value of condition key {}"),
    (re.compile("selected|member|group"), "Selected"),
)
# The state of a pane beside the form, and ticks, which mean nothing without their sentence.
_NO_TEXT = re.compile("st(-.*)?|arn-.*|import-.*")
_WORD = re.compile(r"[A-Z]*[a-z0-9]+|[A-Z]+")
Typed = list[tuple[str, str]]


def typed_by(read: Callable[[QueryDict], Typed]) -> Callable[[Any], Any]:
    """Let a view say what was typed into its form, where fields alone would mean little."""

    def marking(view: Any) -> Any:
        view.read_typed = read
        return view

    return marking


def typed_in(request: HttpRequest) -> Typed:
    """Return the typed values of a form that was sent; without buttons and secrets."""
    if request.method != "POST":
        return []
    view = request.resolver_match.func if request.resolver_match else None
    read = getattr(view, "read_typed", None)
    if read:
        return [(label, value) for label, value in read(request.POST) if value.strip()]
    labels = dict(_labels(view))
    return [
        (labels.get(name) or _hand_written(name), value)
        for name, values in request.POST.lists()
        if name not in _UNSHOWN and "password" not in name.lower() and not _NO_TEXT.fullmatch(name)
        for value in values
        if value.strip() and value != "on"
    ]


def _hand_written(name: str) -> str:
    for pattern, label in _HAND_WRITTEN:
        if found := pattern.fullmatch(name):
            return label.format(*found.groups())
    return " ".join(_WORD.findall(name)).capitalize()


def _labels(view: Any) -> Iterator[tuple[str, str]]:
    """Return the labels of the forms that the view's module knows, by field."""
    module = sys.modules.get(unwrap(view).__module__) if view else None
    for form in list(vars(module).values()) if module else []:
        if isinstance(form, type) and issubclass(form, BaseForm):
            for name, field in getattr(form, "base_fields", {}).items():
                yield name, str(field.label or "")
