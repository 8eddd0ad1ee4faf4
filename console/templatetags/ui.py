"""The components of the UI kit as template tags; console/ui/README.md shows each in use."""

import itertools
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from console.templatetags import ui_attrs, ui_code, ui_forms, ui_tables
from console.ui import markup
from console.ui.blocks import Values, compile_slot, register_block
from console.ui.display import display_choices
from console.ui.flash import Flash, flashes
from console.ui.navigation import Navigation
from console.ui.refusable import Refusable
from console.ui.table_view import TableView

register = template.Library()
register.tag("slot", compile_slot)
register.tags.update(ui_attrs.register.tags)
register.tags.update(ui_forms.register.tags)
register.tags.update(ui_code.register.tags)
register.tags.update(ui_tables.register.tags)

_numbers = itertools.count(1)
_DENIED = "Access denied"


def _with_id(values: Values, context: Context) -> Values:
    """The values with a DOM id, unique in the process, where the page gave none."""
    return {**values, "id": values.get("id") or f"ui-{next(_numbers)}"}


def _own_forms(values: Values, context: Context) -> Values:
    """The table's values; the forms it needs are noted on the request for the frame to print."""
    view: TableView = values["view"]
    waiting: dict[str, None] = getattr(view.request, "ui_forms", {})
    waiting.update(dict.fromkeys(view.own_forms))
    view.request.ui_forms = waiting  # type: ignore[attr-defined]
    return values


def _of_field(values: Values, context: Context) -> Values:
    """A form field's values; its long texts come in as slots. As formfield, it sees no request."""
    return {**ui_forms.field_values(values["field"], values), "request": None}


for _name in ("page_header", "container", "expandable", "modal", "alert", "button_menu", "nothing"):
    register_block(register, _name, ("title",), prepare=_with_id)
register_block(register, "key_values", ("columns",))
register_block(register, "kv", ("label",))
register_block(register, "tiles", ("label",))
register_block(register, "tile", ("label",), prepare=_with_id)
register_block(register, "choice", ("label",), prepare=_with_id)
register_block(register, "field", ("label",), prepare=_with_id)
register_block(register, "formfield_with", ("field",), "ui/formfield.html", _of_field)
register_block(register, "wizard", ("frame", "title"))
register_block(register, "table", ("view",), prepare=_own_forms)
register_block(register, "help_panel", ("title",))


for _part in (markup.icon, markup.copy_button, markup.copyable, markup.badge, markup.status):
    register.simple_tag(_part)
register.simple_tag(markup.moment)
register.filter("marked_up", markup.marked_up)


# A name that a template does not find costs more than one that it finds empty.
_BUTTON = dict.fromkeys((
    "href", "type", "name", "value", "form", "formaction", "variant", "icon", "icon_end",
    "external", "modal", "modal_url", "disabled", "id", "aria_label", "loading", "css",
))  # fmt: skip


@register.inclusion_tag("ui/button.html")
def button(label: str, **options: Any) -> Values:
    """A button, or a link that looks like one when `href` is given."""
    selection = options.get("needs_selection")
    needed = selection.dom_id if selection else None
    return {**_BUTTON, **options, "label": label, "needs_selection": needed}


@register.filter
def how_long(moment: datetime) -> str:
    """How long something has gone on: *5 minutes*."""
    words = timesince(moment)
    return "a few seconds" if words.startswith("0") else words


@register.inclusion_tag("ui/info.html", takes_context=True)
def info(context: Context, topic: str, about: str = "") -> Values:
    """The *Info* link that opens a help topic in the panel at the right."""
    return {"url": help_url(topic), "back": _here(context), "about": about or topic}


@register.inclusion_tag("ui/help_link.html", takes_context=True)
def help_link(context: Context, topic: str, label: str) -> Values:
    """A link with words of its own that opens a help topic: *Learn more*, *Why?*."""
    return {"url": help_url(topic), "back": _here(context), "label": label}


@register.simple_tag
def help_url(topic: str) -> str:
    return f"{get_script_prefix()}help/{topic}"


@register.inclusion_tag("ui/why.html", takes_context=True)
def why(context: Context, url: str, *, button: bool = False) -> Values:
    """The link *Why?* to the reasons of a denial; nothing without an address.

    Beside a form that was sent, the reasons open in the panel: what was typed stays.
    """
    request = context.get("request")
    beside = request is not None and request.method == "POST"
    return {"url": url, "beside": beside, "button": button}


@register.inclusion_tag("ui/refused.html", takes_context=True)
def refused(context: Context, call: Refusable, title: str | None = None, **options: Any) -> Values:
    """The alert that shows why a call was refused, where it was; options: hint, id.

    `title` is what could not be done: then the error's code stands before its sentence. Without
    one a denial is titled as such; an empty one leaves the title out.
    """
    named = _DENIED if call.code == "AccessDenied" else call.code
    says_more = named.casefold() != call.message.casefold()
    return {
        **options,
        "call": call,
        "title": _DENIED if title is None and call.denied else title,
        "code": named if title and says_more else "",
        "request": context.get("request"),
    }


@register.inclusion_tag("ui/quietly_refused.html", takes_context=True)
def quietly_refused(context: Context, call: Refusable) -> Values:
    """The words in the place of one value: *Access denied · Why?*, or an error's sentence."""
    return {"call": call, "denied": _DENIED, "request": context.get("request")}


@register.inclusion_tag("ui/tabs.html")
def tabs(tabs: object) -> Values:
    return {"tabs": tabs}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(crumbs: object) -> Values:
    return {"crumbs": crumbs}


@register.simple_tag
@lru_cache(maxsize=512)
def navigation(navigation: Navigation) -> SafeString:
    """The left navigation, drawn once for all pages that have the same."""
    return SafeString(render_to_string("ui/navigation.html", {"navigation": navigation}))


@register.simple_tag(takes_context=True)
def flash_bars(context: Context) -> SafeString:
    """The bars of a page, which few pages have; drawn without any, their place is kept."""
    request: HttpRequest | None = context.get("request")
    waiting = list(flashes(request)) if request is not None else []
    return _flash_bars(waiting, request) if waiting else _no_flash_bars()


def _flash_bars(waiting: list[Flash], request: HttpRequest | None) -> SafeString:
    values = {"flashes": waiting, "request": request}
    return SafeString(render_to_string("ui/flashes.html", values))


@lru_cache(maxsize=1)
def _no_flash_bars() -> SafeString:
    return _flash_bars([], None)


@register.simple_tag(takes_context=True)
def display_attributes(context: Context) -> SafeString:
    """Data attributes of the html element: theme, density, closed navigation."""
    chosen = display_choices(context.get("request"))
    return format_html_join("", ' data-{}="{}"', chosen.items())


@register.simple_tag(takes_context=True)
def waiting_forms(context: Context) -> SafeString:
    """The empty forms that tables on this page refer to, put where no other form is around."""
    waiting = getattr(context.get("request"), "ui_forms", {})
    return format_html_join("", '<form id="{}" method="get"></form>', ((name,) for name in waiting))


def _here(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return f"?{urlencode({'from': request.get_full_path()})}" if request is not None else ""
