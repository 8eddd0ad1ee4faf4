"""The read-only admin of the sandboxes' identity providers."""

from django.contrib import admin

from iam.admin.read_only import ReadOnlyAdmin
from sts.models import BuiltInKey, Person, RoleOffer


@admin.register(BuiltInKey)
class BuiltInKeyAdmin(ReadOnlyAdmin):
    """The signing keys; the private ones are not shown."""

    list_display = ("sandbox", "created_at")
    fields = ("sandbox", "certificate", "created_at")


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """The people of a sandbox's organization."""

    list_display = ("name", "full_name", "email", "sandbox")
    search_fields = ("name", "full_name", "email")
    fields = ("name", "full_name", "email", "groups", "tags", "sandbox")


@admin.register(RoleOffer)
class RoleOfferAdmin(ReadOnlyAdmin):
    """The roles that groups are offered."""

    list_display = ("group", "role_arn", "provider_arn", "sandbox")
    search_fields = ("group", "role_arn")
    fields = ("group", "role_arn", "provider_arn", "seconds", "sandbox")
