"""Block components: `{% name title key=value %}…{% slot actions %}…{% endslot %}{% endname %}`."""

from collections.abc import Callable, Sequence
from typing import Any

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs

Values = dict[str, Any]


class SlotNode(Node):
    """A named part of the block component directly around it."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """Nothing in its own place: the component puts it where it belongs."""
        return ""


class ComponentNode(Node):
    """A component with a template; its body comes in as `content`, its slots under their names."""

    child_nodelists = ("nodelist",)

    def __init__(
        self,
        template: str,
        arguments: dict[str, FilterExpression],
        nodelist: NodeList,
        prepare: Callable[[Values, Context], Values] | None,
    ) -> None:
        self.template_name = template
        self.arguments = arguments
        self.nodelist = nodelist
        self.slots = {node.name: node.nodelist for node in nodelist if isinstance(node, SlotNode)}
        self.prepare = prepare

    def render(self, context: Context) -> str:
        """The component's template, which sees its arguments and nothing of the page."""
        values: Values = {name: value.resolve(context) for name, value in self.arguments.items()}
        values["content"] = self.nodelist.render(context)
        slots = {name: nodes.render(context) for name, nodes in self.slots.items()}
        # What a template's line breaks leave of a slot without content is no content.
        values.update({name: text for name, text in slots.items() if text.strip()})
        if self.prepare:
            values = self.prepare(values, context)
        return render_component(self.template_name, values, context)


def render_component(template_name: str, values: Values, context: Context) -> str:
    """A component's template rendered with its values alone, with request and token."""
    passed = {name: context.get(name) for name in ("request", "csrf_token")}
    engine = context.template.engine  # type: ignore[union-attr]
    return engine.get_template(template_name).render(context.new({**passed, **values}))


def register_block(
    library: Library,
    name: str,
    positional: Sequence[str] = (),
    template: str = "",
    prepare: Callable[[Values, Context], Values] | None = None,
) -> None:
    """Register `{% name %}…{% endname %}` for the template `ui/<name>.html`."""

    def compile_block(parser: Parser, token: Token) -> ComponentNode:
        arguments = _arguments(parser, token, positional)
        nodelist = parser.parse((f"end{name}",))
        parser.delete_first_token()
        return ComponentNode(template or f"ui/{name}.html", arguments, nodelist, prepare)

    library.tag(name, compile_block)


def compile_slot(parser: Parser, token: Token) -> SlotNode:
    """`{% slot actions %}…{% endslot %}`."""
    try:
        _, name = token.split_contents()
    except ValueError:
        raise TemplateSyntaxError("slot takes one name") from None
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)


def _arguments(
    parser: Parser, token: Token, positional: Sequence[str]
) -> dict[str, FilterExpression]:
    name, *bits = token.split_contents()
    arguments: dict[str, FilterExpression] = {}
    names = list(positional)
    while bits:
        keyword = token_kwargs(bits, parser)
        if keyword:
            arguments.update(keyword)
            continue
        if not names:
            raise TemplateSyntaxError(f"{name} takes no further positional argument: {bits[0]}")
        arguments[names.pop(0)] = parser.compile_filter(bits.pop(0))
    return arguments
