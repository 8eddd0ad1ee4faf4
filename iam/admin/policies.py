"""Policies of every kind, and the documents they are made of."""

from typing import Any

from django.contrib import admin

from iam.admin.entities import EntityAdmin
from iam.admin.read_only import (
    Query,
    ReadOnlyAdmin,
    ReadOnlyInline,
    link_to,
    links_to_lists,
    preformatted,
)
from iam.models import Attachment, Document, InlinePolicy, Policy, PolicyVersion


class _VersionInline(ReadOnlyInline):
    model = PolicyVersion
    fields = ("number", "is_default", "created_at")


@admin.register(Policy)
class PolicyAdmin(EntityAdmin):
    """Customer managed policies."""

    fields = (
        "name",
        "path",
        "full_arn",
        "unique_id",
        "account",
        "sandbox",
        "created_at",
        "updated_at",
        "description",
        "all_tags",
        "attached",
    )
    readonly_fields = ("full_arn", "all_tags", "attached")
    inlines = (_VersionInline,)

    @admin.display(description="attached to")
    def attached(self, policy: Policy) -> str:
        query: Query = {"sandbox__id__exact": policy.sandbox_id, "policy_arn": policy.arn}
        return links_to_lists([("attachments", Attachment, query)])


class _OfAnOwner(ReadOnlyAdmin):
    """What belongs to one user, group or role."""

    @admin.display(description="owner")
    def owner(self, row: Any) -> str:
        return link_to(row.user or row.group or row.role)


_OWNERS = ("user", "group", "role", "sandbox")


@admin.register(Attachment)
class AttachmentAdmin(_OfAnOwner):
    """Managed policies attached to something."""

    list_display = ("policy_arn", "owner", "sandbox_link")
    list_select_related = _OWNERS
    search_fields = ("policy_arn", "user__name", "group__name", "role__name")
    fields = ("policy_arn", *_OWNERS)


@admin.register(InlinePolicy)
class InlinePolicyAdmin(_OfAnOwner):
    """Inline policies."""

    list_display = ("name", "owner", "sandbox_link")
    list_select_related = _OWNERS
    search_fields = ("name", "user__name", "group__name", "role__name")
    fields = ("name", *_OWNERS, "text")
    readonly_fields = ("text",)

    @admin.display(description="document")
    def text(self, policy: InlinePolicy) -> str:
        return preformatted(policy.document.text)


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ReadOnlyAdmin):
    """Versions of customer managed policies."""

    list_display = ("version_id", "policy_link", "is_default", "sandbox", "created_at")
    list_filter = ("is_default",)
    list_select_related = ("policy", "sandbox")
    search_fields = ("policy__name", "document__text")
    fields = ("policy", "version_id", "is_default", "created_at", "sandbox", "text")
    readonly_fields = ("version_id", "text")

    @admin.display(description="policy", ordering="policy__name")
    def policy_link(self, version: PolicyVersion) -> str:
        return link_to(version.policy)

    @admin.display(description="document")
    def text(self, version: PolicyVersion) -> str:
        return preformatted(version.document.text)


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Every text of a document that a sandbox ever had."""

    list_display = ("__str__", "beginning", "sandbox")
    search_fields = ("hash", "text")
    fields = ("hash", "sandbox", "typed")
    readonly_fields = ("typed",)

    @admin.display(description="begins with")
    def beginning(self, document: Document) -> str:
        return " ".join(document.text[:200].split())[:100]

    @admin.display(description="text")
    def typed(self, document: Document) -> str:
        return preformatted(document.text)
