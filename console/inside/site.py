"""*Look inside*: Django's own administration, of simulated rows alone."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest

from console.labs.administrators import is_administrator
from console.pages.admin.guard import for_administrators
from iam.models import Directory, Sandbox, Simulated


class InsideSite(AdminSite):
    """The lists of simulated rows, for administrators alone."""

    site_header = "Look inside"
    site_title = "Look inside | Rolecall"
    index_title = "What the sandboxes hold"
    site_url = "/admin/"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Show what sandboxes hold; site users and jobs have pages of their own."""
        models: Iterable[type[Model]] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        )
        shown = [model for model in models if issubclass(model, (Simulated, Sandbox, Directory))]
        super().register(shown, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return for_administrators(super().admin_view(view, cacheable))
