"""Pages that show and change nothing, and links between them."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
    _TabularInline = admin.TabularInline[Any, Any]
    _Paginator = Paginator[Any]
else:
    _ModelAdmin = admin.ModelAdmin
    _TabularInline = admin.TabularInline
    _Paginator = Paginator


Query = Mapping[str, str | int]
MOST_LISTED = 5000


def _is_of_one_sandbox(request: HttpRequest) -> bool:
    return "sandbox__id__exact" in request.GET


class _Unchangeable:
    """Permissions of what can only be looked at."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ShortPaginator(_Paginator):
    """Pages of the newest rows: a table of any length is neither counted nor gone through."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_LISTED].count())


class ReadOnlyAdmin(_Unchangeable, _ModelAdmin):
    """A list and detail pages of simulated state.

    What asks for all rows, searching, filtering and ordering, is there within one sandbox.
    """

    actions = None
    list_per_page = 50
    list_filter: ClassVar[tuple[Any, ...]] = ()
    list_select_related: ClassVar[tuple[str, ...]] = ("sandbox",)
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    paginator = ShortPaginator
    show_full_result_count = False

    def get_search_fields(self, request: HttpRequest) -> Any:
        return super().get_search_fields(request) if _is_of_one_sandbox(request) else ()

    def get_list_filter(self, request: HttpRequest) -> Any:
        return super().get_list_filter(request) if _is_of_one_sandbox(request) else ()

    def get_sortable_by(self, request: HttpRequest) -> Any:
        return super().get_sortable_by(request) if _is_of_one_sandbox(request) else ()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add what the list has to its title."""
        which = "In one sandbox" if _is_of_one_sandbox(request) else "In all sandboxes"
        subtitle = f"{which}, the newest first: {MOST_LISTED} at most"
        return super().changelist_view(request, {"subtitle": subtitle, **(extra_context or {})})

    @admin.display(description="account", ordering="account__account_id")
    def account_link(self, row: Any) -> str:
        return link_to(row.account)

    @admin.display(description="sandbox", ordering="sandbox__name")
    def sandbox_link(self, row: Any) -> str:
        return link_to(row.sandbox)


class ReadOnlyInline(_Unchangeable, _TabularInline):
    """Rows that belong to what a detail page shows; each links to its own page."""

    extra = 0
    can_delete = False
    show_change_link = True


def admin_url(model: type[Model] | Model, page: str, *args: object) -> str:
    """Return the address of a model's admin page: `changelist`, or `change` with a key."""
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def link_to(row: Model | None, text: str = "") -> SafeString | str:
    """Return a link to a row's page."""
    if row is None:
        return "-"
    return format_html('<a href="{}">{}</a>', admin_url(row, "change", row.pk), text or str(row))


def links_to_lists(lists: list[tuple[str, type[Model], Query]]) -> SafeString:
    """Return links to lists: what they show, the model, and the query that narrows it."""
    rows = (
        (admin_url(model, "changelist"), urlencode(query), text) for text, model, query in lists
    )
    return format_html_join(" | ", '<a href="{}?{}">{}</a>', rows)


def preformatted(text: str) -> SafeString:
    return format_html("<pre>{}</pre>", text)


def pretty_json(data: object) -> SafeString:
    return preformatted(json.dumps(data, indent=2, ensure_ascii=False))


def json_column(column: str, label: str) -> Callable[[Any, Any], SafeString]:
    """Return a method of an admin that shows a column as JSON."""

    @admin.display(description=label)
    def show(_: Any, row: Any) -> SafeString:
        return pretty_json(getattr(row, column))

    return show
