"""The read-only admin of instances."""

from django.contrib import admin

from console.services.ec2.models import Instance
from iam.admin.read_only import ReadOnlyAdmin, json_column


@admin.register(Instance)
class InstanceAdmin(ReadOnlyAdmin):
    """Instances, without the secret of their metadata's address."""

    list_display = ("instance_id", "account_link", "sandbox", "instance_type", "launched_at")
    list_select_related = ("account", "sandbox")
    search_fields = ("instance_id", "account__account_id")
    fields = (
        "instance_id",
        "account",
        "sandbox",
        "region",
        "image_id",
        "instance_type",
        "profile_arn",
        "launched_at",
        "terminated_at",
        "all_tags",
    )
    readonly_fields = ("all_tags",)

    all_tags = json_column("tags", "tags")
