"""Sandboxes, and the directory of what reaches them."""

import json

from django.contrib import admin

from iam.admin.read_only import ReadOnlyAdmin, links_to_lists, preformatted
from iam.models import Account, ControlPolicy, Directory, Event, Group, Policy, Role, Sandbox, User


@admin.register(Sandbox)
class SandboxAdmin(ReadOnlyAdmin):
    """Sandboxes, with the way to what is in them."""

    list_display = ("name", "owner", "public", "clock_offset", "generation", "created_at", "inside")
    list_select_related = ("owner",)
    fields = (
        "name",
        "owner",
        "public",
        "inside",
        "clock_offset",
        "secure_transport",
        "outside_accounts",
        "generation",
        "stamp",
        "organization_id",
        "created_at",
        "seeded_from",
    )
    readonly_fields = ("inside", "seeded_from")

    @admin.display(description="look inside")
    def inside(self, sandbox: Sandbox) -> str:
        query = {"sandbox__id__exact": sandbox.pk}
        models = (
            ("accounts", Account),
            ("users", User),
            ("groups", Group),
            ("roles", Role),
            ("policies", Policy),
            ("control policies", ControlPolicy),
            ("events", Event),
        )
        return links_to_lists([(text, model, query) for text, model in models])

    @admin.display(description="scenario")
    def seeded_from(self, sandbox: Sandbox) -> str:
        """Show the scenario; fixed secrets in it are sealed."""
        try:
            shown = json.dumps(json.loads(sandbox.scenario), indent=2, ensure_ascii=False)
        except ValueError:
            shown = sandbox.scenario
        return preformatted(shown)


@admin.register(Directory)
class DirectoryAdmin(ReadOnlyAdmin):
    """The sandboxes of account IDs and long-term access keys."""

    list_display = ("key", "sandbox")
