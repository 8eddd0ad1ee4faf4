"""Events: who called what."""

from django.contrib import admin

from iam.admin.read_only import ReadOnlyAdmin, json_column
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

    full_record = json_column("record", "record")
    what_was_decided = json_column("decisions", "decisions")
