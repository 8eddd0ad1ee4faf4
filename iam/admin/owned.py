"""Inlines of the pages of users, groups and roles: their policies, keys and the like."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from iam.admin.read_only import ReadOnlyInline
from iam.models import AccessKey, Attachment, GroupMembership, InlinePolicy, LoginProfile, MfaDevice


class AttachmentInline(ReadOnlyInline):
    """Managed policies attached."""

    model = Attachment
    fields = ("policy_arn",)
    verbose_name_plural = "attached managed policies"


class InlinePolicyInline(ReadOnlyInline):
    """Inline policies."""

    model = InlinePolicy
    fields = ("name",)


class MembershipInline(ReadOnlyInline):
    """Memberships of a user or a group."""

    model = GroupMembership
    fields = ("user", "group")
    verbose_name_plural = "memberships"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("user", "group")


class AccessKeyInline(ReadOnlyInline):
    """Access keys, without their secrets."""

    model = AccessKey
    fields = ("access_key_id", "active", "created_at", "last_used_at")


class MfaDeviceInline(ReadOnlyInline):
    """MFA devices, without their seeds."""

    model = MfaDevice
    fields = ("name", "path", "enabled_at")


class LoginProfileInline(ReadOnlyInline):
    """The console password's dates."""

    model = LoginProfile
    fields = ("created_at", "password_reset_required")
    verbose_name_plural = "console password"
