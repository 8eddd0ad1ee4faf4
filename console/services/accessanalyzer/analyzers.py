"""The analyzers of an account, which stand in its row."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from iam.arns import analyzer_arn
from iam.models import Account

ACCOUNT, ORGANIZATION = "ACCOUNT", "ORGANIZATION"
MOST = {ACCOUNT: 1, ORGANIZATION: 5}
"""The analyzers of external access that AWS allows in an account's Region, by type."""


@dataclass(frozen=True)
class Analyzer:
    """An analyzer of external access. `archived` has the findings that were archived, by ID."""

    name: str
    type: str
    region: str
    account_id: str
    created_at: datetime
    tags: Mapping[str, str] = field(default_factory=dict)
    archived: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def arn(self) -> str:
        return analyzer_arn(self.region, self.account_id, self.name)

    def with_archived(self, archived: Mapping[str, Mapping[str, Any]]) -> "Analyzer":
        return replace(self, archived=dict(archived))

    def kept(self) -> dict[str, Any]:
        """Return what the account's row has of it."""
        return {
            "name": self.name,
            "type": self.type,
            "region": self.region,
            "created_at": self.created_at.isoformat(),
            "tags": dict(self.tags),
            "archived": dict(self.archived),
        }


def analyzers_of(account: Account, region: str) -> list[Analyzer]:
    """Return an account's analyzers in a Region, by name."""
    return [one for one in _all(account) if one.region == region]


def _all(account: Account) -> list[Analyzer]:
    return [
        Analyzer(
            account_id=account.account_id,
            created_at=datetime.fromisoformat(row["created_at"]),
            **{key: row[key] for key in ("name", "type", "region", "tags", "archived")},
        )
        for row in account.analyzers
    ]


def store(account: Account, analyzer: Analyzer, *, gone: bool = False) -> None:
    """Keep an analyzer in its account's row, or remove it."""
    same = (analyzer.region, analyzer.name)
    others = [one for one in _all(account) if (one.region, one.name) != same]
    kept = [*others, *([] if gone else [analyzer])]
    account.analyzers = [one.kept() for one in sorted(kept, key=lambda one: one.name)]
    account.save(update_fields=["analyzers"])
