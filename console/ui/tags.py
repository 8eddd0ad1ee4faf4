"""The tags editor: rows of key and value in any form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

MOST_TAGS = 50
Pairs = list[tuple[str, str]]


class TagsWidget(forms.Widget):
    """Reads the lists `<name>-key` and `<name>-value` of the form; shows a row for each.

    `none` is its text for no rows.
    """

    none = "No tags associated with the resource."
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Pairs:
        """Return the rows in which anything was typed."""
        if not hasattr(data, "getlist"):
            return []
        keys, values = data.getlist(f"{name}-key"), data.getlist(f"{name}-value")
        values += [""] * (len(keys) - len(values))
        return [(k, v) for k, v in zip(keys, values, strict=False) if k.strip() or v.strip()]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether the form had no tags editor at all."""
        return f"{name}-key" not in data

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Render the rows and an empty one."""
        rows: Pairs = list(value or [])
        left = MOST_TAGS - len(rows)
        return render_to_string(
            "ui/tags.html", {"name": name, "rows": rows, "left": left, "none": self.none}
        )


class TagsField(forms.Field):
    """Tags as a list of {"Key", "Value"}."""

    widget = TagsWidget

    def __init__(self, none: str = "", **options: Any) -> None:
        super().__init__(**{"required": False, "label": "Tags", **options})
        self.widget.none = none or TagsWidget.none

    def clean(self, value: Pairs | None) -> list[dict[str, str]]:
        """Return the tags; the operation that takes them judges their characters."""
        pairs = value or []
        if len(pairs) > MOST_TAGS:
            raise ValidationError(f"You can add up to {MOST_TAGS} tags.")
        if any(not key.strip() for key, _ in pairs):
            raise ValidationError("Enter a key for every tag.")
        lowered = [key.strip().lower() for key, _ in pairs]
        if len(set(lowered)) < len(lowered):
            message = "Duplicate tag keys found. Please note that Tag keys are case insensitive."
            raise ValidationError(message)
        return [{"Key": key.strip(), "Value": value} for key, value in pairs]
