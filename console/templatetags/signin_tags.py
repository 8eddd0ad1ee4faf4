"""Tags that tie a form to the identity it was shown to."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def identity_field(context: dict[str, Any]) -> SafeString:
    """Render the hidden field that names the identity a form is shown to."""
    console = context.get("console")
    identity = console.identity if console else ""
    return format_html('<input type="hidden" name="identity" value="{}">', identity)
