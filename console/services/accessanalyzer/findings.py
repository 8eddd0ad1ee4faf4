"""The findings of an analyzer: who outside its zone of trust reaches which resource now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from console.services.accessanalyzer.analyzers import ORGANIZATION, Analyzer, analyzers_of
from console.services.accessanalyzer.external_access import ExternalAccess, external_access
from console.services.accessanalyzer.resources import analyzed
from iam.analysis import World
from iam.authorization import (
    Authorization,
    Explanation,
    Organization,
    explanation_of,
    organization_of,
)
from iam.callers import Caller
from iam.models import Account

ACTIVE, ARCHIVED, RESOLVED = "ACTIVE", "ARCHIVED", "RESOLVED"


@dataclass(frozen=True)
class ExternalFinding:
    """A finding of external access; `answer` is a decision that it rests on, while it holds."""

    id: str
    resource: str
    resource_type: str
    owner: str
    principal: Mapping[str, str]
    actions: tuple[str, ...]
    condition: Mapping[str, str]
    is_public: bool
    answer: Authorization | None = None
    status: str = ACTIVE
    archived_at: str = ""

    def kept(self, now: datetime) -> dict[str, Any]:
        """Return what the analyzer keeps of it while it is archived."""
        return {
            "resource": self.resource,
            "resource_type": self.resource_type,
            "owner": self.owner,
            "principal": dict(self.principal),
            "actions": list(self.actions),
            "condition": dict(self.condition),
            "is_public": self.is_public,
            "archived_at": now.isoformat(),
        }


def _of(analyzer: Analyzer, one: ExternalAccess) -> ExternalFinding:
    resource = one.resource
    parts = [analyzer.arn, resource.arn, one.principal, sorted(one.condition.items())]
    digest = hashlib.sha256(json.dumps(parts).encode()).digest()
    found = str(UUID(bytes=digest[:16], version=4))
    kept = analyzer.archived.get(found)
    return ExternalFinding(
        id=found,
        resource=resource.arn,
        resource_type=resource.type,
        owner=resource.owner,
        principal=dict([one.principal]),
        actions=one.actions,
        condition=one.condition,
        is_public=one.is_public,
        answer=one.answer,
        status=ARCHIVED if kept else ACTIVE,
        archived_at=str(kept["archived_at"]) if kept else "",
    )


def _resolved(id_: str, kept: Mapping[str, Any]) -> ExternalFinding:
    return ExternalFinding(id=id_, status=RESOLVED, **{**kept, "actions": tuple(kept["actions"])})


def findings_of(caller: Caller, analyzer: Analyzer) -> list[ExternalFinding]:
    """Return an analyzer's findings: those that hold, and archived ones that do no longer."""
    organization = organization_of(caller)
    trusted = _zone(analyzer, organization)
    world = World(caller.sandbox, caller.origin)
    found = [
        _of(analyzer, one)
        for resource in analyzed(world, analyzer, organization)
        for one in external_access(
            world,
            resource,
            trusted.__contains__,
            organization.id if organization and analyzer.type == ORGANIZATION else "",
        )
    ]
    known = {one.id for one in found}
    gone = [_resolved(id_, kept) for id_, kept in analyzer.archived.items() if id_ not in known]
    return [*found, *gone]


def _zone(analyzer: Analyzer, organization: Organization | None) -> set[str]:
    if analyzer.type == ORGANIZATION and organization is not None:
        return set(organization.units)
    return {analyzer.account_id}


def explain_finding(caller: Caller, analyzer_arn: str, id_: str) -> Explanation | None:
    """Return why a finding's access is allowed; None for what is gone, or is not there."""
    account = Account.in_sandbox(caller.sandbox).get(account_id=caller.account_id)
    for analyzer in analyzers_of(account, caller.origin.region):
        if analyzer.arn == analyzer_arn:
            found = (one for one in findings_of(caller, analyzer) if one.id == id_)
            answer = next((one.answer for one in found), None)
            return explanation_of(answer) if answer else None
    return None
