"""The read-only admin of trails."""

from django.contrib import admin

from console.services.cloudtrail.models import Trail
from iam.admin.read_only import ReadOnlyAdmin, pretty_json


@admin.register(Trail)
class TrailAdmin(ReadOnlyAdmin):
    """Trails."""

    list_display = ("name", "account_link", "bucket_name", "logging", "delivered_at", "sandbox")
    list_filter = ("logging",)
    list_select_related = ("account", "sandbox")
    search_fields = ("name", "bucket_name", "account__account_id")
    fields = (
        "name",
        "account",
        "sandbox",
        "home_region",
        "multi_region",
        "global_events",
        "bucket_name",
        "prefix",
        "events",
        "logging",
        "started_at",
        "stopped_at",
        "attempted_at",
        "delivered_at",
        "delivery_error",
        "created_at",
    )
    readonly_fields = ("events",)

    @admin.display(description="event selectors")
    def events(self, trail: Trail) -> str:
        return pretty_json(trail.advanced_selectors or trail.selectors)
