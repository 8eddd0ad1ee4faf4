"""Events: who called what."""

from django.contrib import admin

from iam.admin.read_only import ReadOnlyAdmin, pretty_json
from iam.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The recorded calls of every sandbox."""

    list_display = (
        "time",
        "name",
        "source",
        "user_name",
        "account_id",
        "error_code",
        "read_only",
        "sandbox_link",
    )
    list_display_links = ("time", "name")
    list_filter = (
        "read_only",
        "management",
        ("error_code", admin.EmptyFieldListFilter),
    )
    search_fields = (
        "name",
        "user_name",
        "principal_id",
        "account_id",
        "error_code",
    )
    fields = (
        "time",
        "name",
        "source",
        "account_id",
        "sandbox",
        "user_name",
        "principal_id",
        "access_key_id",
        "error_code",
        "read_only",
        "management",
        "event_id",
        "full_record",
        "what_was_decided",
    )
    readonly_fields = ("full_record", "what_was_decided")

    @admin.display(description="record")
    def full_record(self, event: Event) -> str:
        return pretty_json(event.record)

    @admin.display(description="decisions")
    def what_was_decided(self, event: Event) -> str:
        return pretty_json(event.decisions)
