"""Form fields as the console shows them, from Django's bound fields."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.RadioSelect, "radio"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.HiddenInput, "hidden"),
]
_DJANGO_ROWS = "10"
_OPTIONS = {"description": "", "constraint": "", "info": "", "wide": False}
_NO_GROUP = {"kind": "", "id": "", "label": "", "error": ""}
_CSS = {"input": "input", "textarea": "textarea", "select": "select", "file": "input file"}


@register.inclusion_tag("ui/formfield.html")
def formfield(field: BoundField, **options: Any) -> dict[str, Any]:
    """A field with label, description, control, constraint and its errors.

    Options: label, description, constraint, info (help topic), placeholder, optional, wide,
    autofocus, `attrs` (a dict of attributes for the control).
    """
    return field_values(field, options)


def field_values(field: BoundField, options: dict[str, Any]) -> dict[str, Any]:
    """Return the context of a field's template, from the field and its options."""
    kind = control_kind(field)
    parts = _described_by(field, options)
    return {
        **_OPTIONS,
        **options,
        "field": field,
        "kind": kind,
        "label": options.get("label") or field.label,
        "optional": options.get("optional", not field.field.required),
        "described": parts,
        "control": _control(field, kind, options, parts),
        "group": _group(field, kind, parts) if field.field.widget.use_fieldset else _NO_GROUP,
    }


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """The list of a form's errors above it, each with a link to its field."""
    fields = [(field, field.errors) for field in form if field.errors]
    return {"fields": fields, "general": form.non_field_errors(), "bound": form.is_bound}


def control_kind(field: BoundField) -> str:
    """Return the type of control: input, textarea, select, radio, checkbox, checkboxes, file."""
    widget = field.field.widget
    return next((kind for cls, kind in _CLASSES if isinstance(widget, cls)), "input")


def _group(field: BoundField, kind: str, parts: dict[str, str]) -> dict[str, str]:
    """The attributes of a group of controls."""
    return {
        "kind": "radiogroup" if kind == "radio" else "group",
        "id": field.auto_id,
        "label": f"{field.auto_id}-label",
        "error": parts.get("error", ""),
    }


def _described_by(field: BoundField, options: dict[str, Any]) -> dict[str, str]:
    """The ids of the texts that describe the control."""
    parts = {
        "description": options.get("description"),
        "constraint": options.get("constraint") or field.help_text,
        "error": field.errors,
    }
    return {name: f"{field.auto_id}-{name}" for name, text in parts.items() if text}


def _control(
    field: BoundField, kind: str, options: dict[str, Any], parts: dict[str, str]
) -> SafeString | None:
    if kind in ("radio", "checkboxes"):
        return None
    attrs: dict[str, Any] = {**field.field.widget.attrs, **options.get("attrs", {})}
    css = (_CSS.get(kind, ""), attrs.get("class", ""))
    attrs["class"] = " ".join(dict.fromkeys(" ".join(filter(None, css)).split()))
    if kind == "textarea" and attrs.get("rows") == _DJANGO_ROWS:
        attrs["rows"] = "3"
    if parts:
        attrs["aria-describedby"] = " ".join(parts.values())
    if field.errors:
        attrs["aria-invalid"] = "true"
    for name in ("placeholder", "autofocus"):
        if options.get(name):
            attrs[name] = options[name]
    return field.as_widget(attrs={name: value for name, value in attrs.items() if value != ""})
