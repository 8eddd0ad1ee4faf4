"""The control policies of organizations."""

from django.contrib import admin

from iam.admin.read_only import ReadOnlyAdmin, preformatted
from iam.models import ControlPolicy


@admin.register(ControlPolicy)
class ControlPolicyAdmin(ReadOnlyAdmin):
    """Service and resource control policies."""

    list_display = ("name", "type", "attached_to", "sandbox_link")
    list_filter = ("type",)
    search_fields = ("name", "document__text")
    fields = ("name", "type", "attached_to", "replaces_full_access", "sandbox", "text")
    readonly_fields = ("attached_to", "text")

    @admin.display(description="attached to")
    def attached_to(self, policy: ControlPolicy) -> str:
        return ", ".join(policy.targets)

    @admin.display(description="document")
    def text(self, policy: ControlPolicy) -> str:
        return preformatted(policy.document.text)
