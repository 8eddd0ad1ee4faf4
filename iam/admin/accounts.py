"""Accounts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from iam.admin.read_only import Query, ReadOnlyAdmin, link_to, links_to_lists
from iam.models import AccessKey, Account, Event, Group, MfaDevice, Policy, Role, User


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    """Simulated AWS accounts."""

    list_display = ("account_id", "alias", "name", "root_email", "sandbox_link", "created_at")
    list_filter = ("sandbox__public", "sandbox")
    list_select_related = ("sandbox",)
    search_fields = ("account_id", "alias", "name", "root_email", "sandbox__name")
    date_hierarchy = "created_at"
    fields = (
        "account_id",
        "alias",
        "name",
        "root_email",
        "management",
        "organizational_unit",
        "sandbox",
        "created_at",
        "inside",
    )
    readonly_fields = ("inside",)
    change_form_template = "admin/open_as_root.html"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer to open the account in the console."""
        account = self.get_object(request, object_id)
        context = {"open_accounts": [account] if account else [], **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description="sandbox", ordering="sandbox__name")
    def sandbox_link(self, account: Account) -> str:
        return link_to(account.sandbox)

    @admin.display(description="look inside")
    def inside(self, account: Account) -> str:
        """Link to what is in it."""
        query = {"account__id__exact": account.pk}
        models = (
            ("users", User),
            ("groups", Group),
            ("roles", Role),
            ("policies", Policy),
            ("access keys", AccessKey),
            ("MFA devices", MfaDevice),
        )
        events: Query = {"sandbox__id__exact": account.sandbox_id, "account_id": account.account_id}
        lists = [(text, model, query) for text, model in models]
        return links_to_lists([*lists, ("events", Event, events)])
