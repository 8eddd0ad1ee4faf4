"""The table of managed policies that wizards and attach pages choose from."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from console.pages.iam.managed_summary import PolicyDescription
from console.pages.places import policy_url
from console.ui.tables import Column, Empty, SelectFilter, Table
from iam.arns import is_aws_managed

TYPES = (
    ("AWS managed", "AWS managed"),
    ("AWS managed - job function", "AWS managed - job function"),
    ("Customer managed", "Customer managed"),
)


DESCRIPTION = Column(
    "Description",
    "Description",
    kind="wide",
    value=PolicyDescription,
    template="iam/policies/description_cell.html",
)


def policy_type(policy: Mapping[str, Any]) -> str:
    """Return the console's word for where a policy comes from."""
    arn: str = policy["Arn"]
    if not is_aws_managed(arn):
        return "Customer managed"
    return "AWS managed - job function" if ":policy/job-function/" in arn else "AWS managed"


def document_url(arn: str) -> str:
    return f"{reverse('policy_document')}?arn={quote(arn, safe='')}"


def policy_link(policy: Mapping[str, Any]) -> str:
    return policy_url(policy["Arn"])


def policy_picker(**options: Any) -> Table:
    """Return the table of managed policies; options as of `Table`."""
    defaults: dict[str, Any] = {
        "id": "policies",
        "title": "Permissions policies",
        "row_key": "Arn",
        "selection": "checkbox",
        "selection_form": "",
        "keep_selection": True,
        "detail": lambda row: document_url(row["Arn"]),
        "columns": [
            Column("PolicyName", "Policy name", link=policy_link),
            Column("type", "Type", value=policy_type),
            DESCRIPTION,
        ],
        "filters": [
            SelectFilter(
                "type", "Filter by Type", TYPES, lambda row, value: policy_type(row) == value
            )
        ],
        "empty": Empty("No policies"),
    }
    return Table(**{**defaults, **options})


BOUNDARY_PICKER = policy_picker(
    id="boundary",
    title="Permissions boundary",
    prefix="boundary-",
    selection="radio",
    selection_name="boundary",
    keep_selection=False,
    embedded=True,
)
"""The table of a wizard from which a permissions boundary is chosen."""
