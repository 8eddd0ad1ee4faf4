"""The attributes of an element, those that have a value."""

from django import template
from django.template import Context, Node, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Parser,
    Token,
    render_value_in_context,
    token_kwargs,
)

register = template.Library()

_BOOLEAN = {
    "autofocus",
    "checked",
    "disabled",
    "hidden",
    "multiple",
    "open",
    "readonly",
    "required",
}


class AttrsNode(Node):
    """Attributes by name; None, False and the empty text leave one out.

    True gives one no value, as anything true does to `checked` and its like.
    """

    def __init__(self, attributes: dict[str, FilterExpression]) -> None:
        self.attributes = [(name.replace("_", "-"), value) for name, value in attributes.items()]

    def render(self, context: Context) -> str:
        """Render them as they stand in a tag, escaped."""
        written = []
        for name, expression in self.attributes:
            value = expression.resolve(context)
            if value is None or value is False or value == "":
                continue
            if value is True or name in _BOOLEAN:
                written += [name] if value else []
            else:
                written.append(f'{name}="{render_value_in_context(value, context)}"')
        return " ".join(written)


@register.tag
def attrs(parser: Parser, token: Token) -> AttrsNode:
    """Compile `<a {% attrs href=url aria_label=label|default:"Open" %}>`; `_` stands for `-`."""
    name, *bits = token.split_contents()
    attributes = token_kwargs(bits, parser)
    if bits or not attributes:
        raise TemplateSyntaxError(f"{name} takes attributes as name=value alone")
    return AttrsNode(attributes)
