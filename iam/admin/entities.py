"""Users, groups, roles and instance profiles."""

from django.contrib import admin

from iam.admin.owned import (
    AccessKeyInline,
    AttachmentInline,
    InlinePolicyInline,
    LoginProfileInline,
    MembershipInline,
    MfaDeviceInline,
)
from iam.admin.read_only import (
    Query,
    ReadOnlyAdmin,
    json_column,
    link_to,
    links_to_lists,
    preformatted,
)
from iam.models import Entity, Event, Group, InstanceProfile, Role, User


class EntityAdmin(ReadOnlyAdmin):
    """The common parts of the pages of users, groups, roles and policies."""

    list_display = ("name", "path", "account_link", "sandbox_link", "unique_id", "created_at")
    list_select_related = ("account", "sandbox")
    search_fields = ("name", "unique_id", "account__account_id", "account__alias")

    @admin.display(description="ARN")
    def full_arn(self, entity: Entity) -> str:
        return entity.arn

    @admin.display(description="events")
    def events(self, entity: Entity) -> str:
        """Link to the calls it made."""
        query: Query = {
            "sandbox__id__exact": entity.sandbox_id,
            "principal_id__startswith": entity.unique_id,
        }
        return links_to_lists([("calls it made", Event, query)])

    all_tags = json_column("tags", "tags")


_OF_EVERY_ENTITY = ("name", "path", "full_arn", "unique_id", "account", "sandbox", "created_at")


@admin.register(User)
class UserAdmin(EntityAdmin):
    """IAM users."""

    fields = (*_OF_EVERY_ENTITY, "boundary_arn", "all_tags", "password_last_used", "events")
    readonly_fields = ("full_arn", "all_tags", "events")
    inlines = (
        MembershipInline,
        AttachmentInline,
        InlinePolicyInline,
        LoginProfileInline,
        AccessKeyInline,
        MfaDeviceInline,
    )


@admin.register(Group)
class GroupAdmin(EntityAdmin):
    """User groups."""

    fields = _OF_EVERY_ENTITY
    readonly_fields = ("full_arn",)
    inlines = (MembershipInline, AttachmentInline, InlinePolicyInline)


@admin.register(Role)
class RoleAdmin(EntityAdmin):
    """Roles."""

    fields = (
        *_OF_EVERY_ENTITY,
        "description",
        "max_session_duration",
        "boundary_arn",
        "all_tags",
        "last_used_at",
        "trust_policy",
        "bound_principals",
        "events",
    )
    readonly_fields = ("full_arn", "all_tags", "trust_policy", "bound_principals", "events")
    inlines = (AttachmentInline, InlinePolicyInline)

    @admin.display(description="trust policy")
    def trust_policy(self, role: Role) -> str:
        return preformatted(role.trust.text)

    bound_principals = json_column("trust_bound", "principals as bound when saved")


@admin.register(InstanceProfile)
class InstanceProfileAdmin(EntityAdmin):
    """Instance profiles."""

    fields = (*_OF_EVERY_ENTITY, "role_link", "all_tags")
    readonly_fields = ("full_arn", "role_link", "all_tags")

    @admin.display(description="role")
    def role_link(self, profile: InstanceProfile) -> str:
        return link_to(profile.role) if profile.role else "-"
