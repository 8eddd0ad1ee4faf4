"""Tags about the signed-in identity; built in (settings.TEMPLATES), so no page loads them."""

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def guards(context: Context) -> SafeString:
    """Render the hidden inputs of every POST form: the CSRF token and the identity."""
    console = getattr(context.get("request"), "console", None)
    identity = getattr(console, "identity", "")
    named = {"csrfmiddlewaretoken": context.get("csrf_token", ""), "identity": identity}
    given = [(name, value) for name, value in named.items() if value]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', given)


@register.simple_tag(takes_context=True)
def holds_secret(context: Context) -> str:
    """Mark a page that shows a password, key or token: it is sent without compression."""
    request = context.get("request")
    if request is not None:
        request.holds_secret = True
    return ""


@register.simple_tag
def account_number(account_id: object) -> str:
    """Return an account ID with dashes, as in the account menu: 1234-5678-9012."""
    digits = str(account_id or "")
    return "-".join(digits[n : n + 4] for n in range(0, len(digits), 4))
