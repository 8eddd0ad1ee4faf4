"""Sandboxes, and the directory of what reaches them."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from iam.admin.read_only import OpensAccounts, ReadOnlyAdmin, links_to_lists, preformatted
from iam.models import Account, ControlPolicy, Directory, Event, Group, Policy, Role, Sandbox, User


@admin.register(Sandbox)
class SandboxAdmin(OpensAccounts):
    """Sandboxes: made by seeding, then named, given and deleted here."""

    list_display = ("name", "owner", "public", "clock_offset", "generation", "created_at", "inside")
    list_filter = ("public", "created_at")
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username", "directory__key")
    date_hierarchy = "created_at"
    raw_id_fields = ("owner",)
    fields = (
        "name",
        "owner",
        "public",
        "inside",
        "clock_offset",
        "secure_transport",
        "generation",
        "stamp",
        "organization_id",
        "created_at",
        "seeded_from",
    )
    readonly_fields = fields[3:]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Answer no: `manage.py seed` makes sandboxes."""
        return False

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the sandboxes alone: all that is in them goes with them."""
        names = [f"{sandbox} and everything in it" for sandbox in objs]
        return names, {"sandboxes": len(names)}, set(), []

    def open_accounts(self, request: HttpRequest, object_id: str) -> Iterable[Account]:
        return Account.unbound.filter(sandbox__pk=object_id) if object_id.isdigit() else ()

    @admin.display(description="look inside")
    def inside(self, sandbox: Sandbox) -> str:
        """Link to what is in it."""
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
    list_filter = ()
    search_fields = ("key", "sandbox__name")
