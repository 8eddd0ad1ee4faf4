"""Passwords' dates, access keys and MFA devices; never their secrets."""

from django.contrib import admin

from iam.admin.read_only import ReadOnlyAdmin, link_to
from iam.models import (
    AccessKey,
    GroupMembership,
    LoginProfile,
    MfaDevice,
    PasswordPolicy,
    ServerCertificate,
    SigningCertificate,
)


@admin.register(AccessKey)
class AccessKeyAdmin(ReadOnlyAdmin):
    """Long-term access keys."""

    list_display = ("access_key_id", "user_link", "account", "active", "created_at", "last_used_at")
    list_filter = ("active",)
    list_select_related = ("user", "account", "sandbox")
    search_fields = ("access_key_id", "user__name", "account__account_id")
    fields = (
        "access_key_id",
        "user",
        "account",
        "sandbox",
        "active",
        "created_at",
        "last_used_at",
        "last_used_service",
        "last_used_region",
    )

    @admin.display(description="user", ordering="user__name")
    def user_link(self, key: AccessKey) -> str:
        return link_to(key.user)


@admin.register(MfaDevice)
class MfaDeviceAdmin(ReadOnlyAdmin):
    """Virtual MFA devices."""

    list_display = ("name", "path", "user", "account", "enabled_at")
    list_select_related = ("user", "account", "sandbox")
    search_fields = ("name", "user__name", "account__account_id")
    fields = ("name", "path", "user", "account", "sandbox", "enabled_at", "drift", "tags")


@admin.register(LoginProfile)
class LoginProfileAdmin(ReadOnlyAdmin):
    """Users' console passwords, with the time when they were set."""

    list_display = ("user", "sandbox", "password_reset_required", "created_at")
    list_filter = ("password_reset_required",)
    list_select_related = ("user", "sandbox")
    search_fields = ("user__name",)
    fields = ("user", "sandbox", "password_reset_required", "created_at")


@admin.register(PasswordPolicy)
class PasswordPolicyAdmin(ReadOnlyAdmin):
    """Accounts' own password policies."""

    list_display = ("account", "sandbox", "minimum_length", "max_age", "reuse_prevention")
    list_select_related = ("account", "sandbox")
    search_fields = ("account__account_id",)
    fields = (
        "account",
        "sandbox",
        "minimum_length",
        "require_symbols",
        "require_numbers",
        "require_uppercase",
        "require_lowercase",
        "allow_users_to_change",
        "max_age",
        "reuse_prevention",
        "hard_expiry",
    )


@admin.register(GroupMembership)
class GroupMembershipAdmin(ReadOnlyAdmin):
    """The members of groups."""

    list_display = ("__str__", "user", "group", "sandbox")
    list_select_related = ("user", "group", "sandbox")
    search_fields = ("user__name", "group__name")
    fields = ("user", "group", "sandbox")


@admin.register(SigningCertificate)
class SigningCertificateAdmin(ReadOnlyAdmin):
    """X.509 signing certificates of users."""

    list_display = ("certificate_id", "user", "sandbox", "active", "uploaded_at")
    list_filter = ("active",)
    list_select_related = ("user", "sandbox")
    search_fields = ("certificate_id", "user__name")
    fields = ("certificate_id", "user", "sandbox", "active", "uploaded_at", "fingerprint", "body")


@admin.register(ServerCertificate)
class ServerCertificateAdmin(ReadOnlyAdmin):
    """Server certificates; their private keys are kept nowhere."""

    list_display = ("name", "path", "account", "sandbox", "expires_at")
    list_select_related = ("account", "sandbox")
    search_fields = ("name", "account__account_id")
    fields = (
        "name",
        "path",
        "unique_id",
        "account",
        "sandbox",
        "created_at",
        "expires_at",
        "tags",
        "body",
        "chain",
    )
