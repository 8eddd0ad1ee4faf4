"""The read-only admin of functions."""

from django.contrib import admin

from console.services.awslambda.models import LambdaFunction
from iam.admin.read_only import ReadOnlyAdmin, json_column


@admin.register(LambdaFunction)
class LambdaFunctionAdmin(ReadOnlyAdmin):
    """Functions, with what they call."""

    list_display = ("name", "account_link", "sandbox", "region", "role_arn")
    list_select_related = ("account", "sandbox")
    search_fields = ("name", "account__account_id")
    fields = (
        "name",
        "account",
        "sandbox",
        "region",
        "role_arn",
        "runtime",
        "handler",
        "description",
        "created_at",
        "changed_at",
        "variables",
        "all_tags",
    )
    readonly_fields = ("variables", "all_tags")

    variables = json_column("environment", "environment")
    all_tags = json_column("tags", "tags")
