"""The admin of credential reports, last-accessed jobs, marks of sessions and SSH public keys."""

from django.contrib import admin

from iam.admin.read_only import ReadOnlyAdmin
from iam.models import AccessJob, CredentialReport, SessionMark, SshPublicKey


@admin.register(CredentialReport)
class CredentialReportAdmin(ReadOnlyAdmin):
    """Credential reports."""

    list_display = ("account", "sandbox", "generated_at")
    list_select_related = ("account", "sandbox")
    search_fields = ("account__account_id",)
    fields = ("account", "sandbox", "generated_at", "content")


@admin.register(AccessJob)
class AccessJobAdmin(ReadOnlyAdmin):
    """Requests for last-accessed details."""

    list_display = ("arn", "account", "sandbox", "created_at")
    list_select_related = ("account", "sandbox")
    search_fields = ("arn", "account__account_id")
    fields = ("arn", "account", "sandbox", "job_id", "action_level", "created_at")


@admin.register(SessionMark)
class SessionMarkAdmin(ReadOnlyAdmin):
    """Sign-outs, and moves of a sandbox's clock."""

    list_display = ("at", "access_key_id", "moved", "sandbox")
    list_select_related = ("sandbox",)
    search_fields = ("access_key_id",)
    fields = ("sandbox", "at", "access_key_id", "moved")


@admin.register(SshPublicKey)
class SshPublicKeyAdmin(ReadOnlyAdmin):
    """SSH public keys."""

    list_display = ("key_id", "user", "sandbox", "active", "uploaded_at")
    list_filter = ("active",)
    list_select_related = ("user", "sandbox")
    search_fields = ("key_id", "user__name")
    fields = ("key_id", "user", "sandbox", "fingerprint", "active", "uploaded_at")
