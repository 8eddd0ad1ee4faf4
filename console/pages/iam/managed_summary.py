"""A summary of an AWS managed policy's document, for those whose description nobody published."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from console.pages.iam.policy_editor.blocks.block import service_name
from console.pages.iam.policy_editor.summary import SummaryPart, SummaryRow, summarize
from iam.catalogue.policies import managed_document
from iam.policy_documents import as_list

_NAMED = 3
_VERBS = {"Allow": "Allows", "Explicit deny": "Denies"}


@dataclass(frozen=True)
class PolicyDescription:
    """What stands for a policy in a list: its description, or else our summary, made when shown."""

    policy: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.policy.get("Description") or "")

    @property
    def summary(self) -> str:
        return "" if str(self) else managed_summary(self.policy["Arn"], self.version)

    @property
    def version(self) -> str:
        return str(self.policy.get("DefaultVersionId", ""))


@lru_cache(maxsize=2048)
def managed_summary(arn: str, version_id: str) -> str:
    """Return services and access levels in a sentence for each effect; empty for other policies."""
    text = managed_document(arn, version_id)
    if not text:
        return ""
    parts = summarize(text)
    if parts is None:
        return f"About {_listed(_some(_services_named(text)))}."
    return " ".join(map(_sentence, sorted(parts, key=lambda part: part.effect)))


def _services_named(text: str) -> list[str]:
    """Return the services of a document that no summary can show, such as one with NotResource."""
    actions = [
        action
        for statement in json.loads(text)["Statement"]
        for action in as_list(statement.get("Action", statement.get("NotAction", [])))
    ]
    return sorted({service_name(action.partition(":")[0].lower()) for action in actions})


def _some(names: Sequence[str]) -> list[str]:
    more = len(names) - _NAMED
    rest = [f"{more} more service{'s' if more > 1 else ''}"] if more > 0 else []
    return [*names[:_NAMED], *rest]


def _sentence(part: SummaryPart) -> str:
    words = [f"{row.service} ({_level(row)})" for row in part.rows]
    return f"{_VERBS[part.effect]} {_listed(_some(words))}."


def _level(row: SummaryRow) -> str:
    """Return the access level as it stands in a sentence; the catalogue may lack the actions."""
    if row.access_level == "None":
        return "some actions"
    return row.access_level[0].lower() + row.access_level[1:]


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
