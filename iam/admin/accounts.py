"""Accounts."""

from django.contrib import admin

from iam.admin.read_only import Query, ReadOnlyAdmin, links_to_lists
from iam.models import AccessKey, Account, Event, Group, MfaDevice, Policy, Role, User


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    """Simulated AWS accounts."""

    list_display = ("account_id", "alias", "name", "root_email", "sandbox_link", "created_at")
    search_fields = ("account_id", "alias", "name", "root_email")
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

    @admin.display(description="look inside")
    def inside(self, account: Account) -> str:
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
