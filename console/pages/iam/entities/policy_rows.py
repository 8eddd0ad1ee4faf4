"""The rows of the Permissions tab: the policies of a user, group or role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import CallResult, call, call_all, call_each
from console.pages.iam.entity_pages import GROUP, EntityPages
from console.pages.iam.policy_table import document_url, policy_type
from console.pages.places import policy_url
from console.ui.tables import Column, Empty, SelectFilter, Table

_INLINE = "Customer inline"
_TYPES = ("AWS managed", "AWS managed - job function", "Customer managed", _INLINE)


@dataclass(frozen=True)
class PolicyRow:
    """A policy and how it is attached. `key` names the call that removes it."""

    key: str
    name: str
    type: str
    via: str
    url: str
    document: str
    entities: str = "-"

    @property
    def arn(self) -> str:
        """Return the ARN of a policy that is attached itself; empty for any other."""
        return self.key.removeprefix("managed:") if self.key.startswith("managed:") else ""


_VIA, _ENTITIES = Column("via", "Attached via"), Column("entities", "Attached entities")


def policies_table(*, counts: bool = False, **options: Any) -> Table:
    """Return the table *Permissions policies*; options as in `Table`.

    The last column shows how a user has a policy or, with `counts`, how many entities have it.
    """
    defaults: dict[str, Any] = {
        "id": "permissions",
        "title": "Permissions policies",
        "info": "managed-policy",
        "row_key": "key",
        "selection": "checkbox",
        "detail": lambda row: row.document,
        "columns": [
            Column("name", "Policy name", link=lambda row: row.url),
            Column("type", "Type"),
            _ENTITIES if counts else _VIA,
        ],
        "filters": [
            SelectFilter(
                "type",
                "Filter by Type",
                tuple((each, each) for each in _TYPES),
                lambda row, value: row.type == value,
            )
        ],
        "empty": Empty("No resources to display"),
    }
    return Table(**{**defaults, **options})


def managed_row(policy: Mapping[str, str], via: str = "Directly", group: str = "") -> PolicyRow:
    """Return the row of an attached managed policy."""
    arn = policy["PolicyArn"]
    key = f"group:{group}" if group else f"managed:{arn}"
    name, kind = policy["PolicyName"], policy_type({"Arn": arn})
    return PolicyRow(key, name, kind, via, policy_url(arn), document_url(arn))


def inline_row(kind: EntityPages, owner: str, name: str, group: str = "") -> PolicyRow:
    address = [kind.plural, owner, name]
    url = reverse("inline_policy_edit", args=address)
    key, via = (f"group:{group}", f"Group {group}") if group else (f"inline:{name}", "Inline")
    document = reverse("inline_policy_document", args=address)
    return PolicyRow(key, name, _INLINE, via, url, document)


def own_policies(
    request: HttpRequest, kind: EntityPages, name: str
) -> tuple[list[PolicyRow], CallResult]:
    """Return an entity's own policies, and the refused call if there is one."""
    attached = call(request, f"iam:ListAttached{kind.word}Policies", **{kind.parameter: name})
    inline = call(request, f"iam:List{kind.word}Policies", **{kind.parameter: name})
    rows = [managed_row(one) for one in attached.rows("AttachedPolicies")]
    rows += [inline_row(kind, name, one) for one in inline.rows("PolicyNames")]
    return rows, attached if attached.error else inline


def counted(request: HttpRequest, rows: list[PolicyRow]) -> list[PolicyRow]:
    """Return the rows, each with the number of entities that have its policy."""
    found: dict[str, int] = {row.key: 0 for row in rows if row.type == _INLINE}
    if len(found) < len(rows):
        listed = call_all(request, "iam:ListPolicies", "Policies", OnlyAttached=True)
        attached = listed.rows("Policies")
        found |= {f"managed:{one['Arn']}": one["AttachmentCount"] for one in attached}
    return [replace(row, entities=str(found.get(row.key, "-"))) for row in rows]


def group_policies(request: HttpRequest, groups: Sequence[str]) -> list[PolicyRow]:
    """Return the policies of groups as rows; those that the caller may not see are left out."""
    asked = [{"GroupName": name} for name in groups]
    attached = call_each(request, "iam:ListAttachedGroupPolicies", asked)
    inline = call_each(request, "iam:ListGroupPolicies", asked)
    rows: list[PolicyRow] = []
    for name, managed, embedded in zip(groups, attached, inline, strict=True):
        rows += [managed_row(p, f"Group {name}", name) for p in managed.rows("AttachedPolicies")]
        rows += [inline_row(GROUP, name, one, name) for one in embedded.rows("PolicyNames")]
    return rows
