"""Listing, reading and archiving findings of external access."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from console.services.accessanalyzer.analyzers import Analyzer, store
from console.services.accessanalyzer.errors import no_such, refused
from console.services.accessanalyzer.findings import (
    ARCHIVED,
    RESOLVED,
    ExternalFinding,
    findings_of,
)
from console.services.accessanalyzer.paging import page_of, refuse_token
from console.services.accessanalyzer.resolvers import on_arn
from iam.perform import Call, Params, Result, reads, writes

_FILTERS: dict[str, Callable[[ExternalFinding], Iterable[str]]] = {
    "findingType": lambda one: ["ExternalAccess"],
    "id": lambda one: [one.id],
    "isPublic": lambda one: [str(one.is_public).lower()],
    "principal.AWS": lambda one: [one.principal.get("AWS", "")],
    "principal.Federated": lambda one: [one.principal.get("Federated", "")],
    "resource": lambda one: [one.resource],
    "resourceOwnerAccount": lambda one: [one.owner],
    "resourceType": lambda one: [one.resource_type],
    "status": lambda one: [one.status],
}
Found = tuple[Analyzer, ExternalFinding]


def _summary(call: Call, analyzer: Analyzer, one: ExternalFinding) -> Result:
    """Return what both versions of a finding have; it is analyzed whenever it is asked for."""
    changed = datetime.fromisoformat(one.archived_at) if one.archived_at else analyzer.created_at
    return {
        "id": one.id,
        "resource": one.resource,
        "resourceType": one.resource_type,
        "resourceOwnerAccount": one.owner,
        "status": one.status,
        "createdAt": analyzer.created_at,
        "analyzedAt": call.caller.now,
        "updatedAt": call.caller.now if one.status == RESOLVED else changed,
    }


def _access(one: ExternalFinding) -> Result:
    sources = {"sources": [{"type": "POLICY"}]} if one.resource_type.startswith("AWS::S3") else {}
    return {
        "principal": dict(one.principal),
        "action": list(one.actions),
        "condition": dict(one.condition),
        "isPublic": one.is_public,
        **sources,
    }


def listable(call: Call, params: Params, analyzer: Analyzer) -> Analyzer:
    """Refuse a filter that is not known, and a token that no page returned."""
    for name in params.get("filter", {}):
        if name not in _FILTERS:
            raise refused(f"Invalid filter key: {name}", "filter")
    refuse_token(params)
    return analyzer


def _matches(one: ExternalFinding, wanted: Mapping[str, Any]) -> bool:
    return all(_meets(list(_FILTERS[name](one)), test) for name, test in wanted.items())


def _meets(values: Sequence[str], test: Mapping[str, Any]) -> bool:
    if "eq" in test and not set(values) & set(test["eq"]):
        return False
    if "neq" in test and set(values) & set(test["neq"]):
        return False
    if "contains" in test:
        return any(part in value for part in test["contains"] for value in values)
    return "exists" not in test or test["exists"] is any(values)


def _listed(
    call: Call, params: Params, analyzer: Analyzer, shape: Callable[[ExternalFinding], Result]
) -> Result:
    found = [
        one for one in findings_of(call.caller, analyzer) if _matches(one, params.get("filter", {}))
    ]
    if params.get("sort", {}).get("orderBy") == "DESC":
        found.reverse()
    return page_of(params, found, shape)


@reads("access-analyzer:ListFindings", on=on_arn, prepare=listable)
def list_findings(call: Call, params: Params, analyzer: Analyzer) -> Result:
    def shape(one: ExternalFinding) -> Result:
        return {**_summary(call, analyzer, one), **_access(one)}

    return _listed(call, params, analyzer, shape)


@reads("access-analyzer:ListFindingsV2", on=on_arn, prepare=listable)
def list_findings_v2(call: Call, params: Params, analyzer: Analyzer) -> Result:
    def shape(one: ExternalFinding) -> Result:
        return {**_summary(call, analyzer, one), "findingType": "ExternalAccess"}

    return _listed(call, params, analyzer, shape)


def found(call: Call, params: Params, analyzer: Analyzer) -> Found:
    """Find the finding that a request names."""
    for one in findings_of(call.caller, analyzer):
        if one.id == params["id"]:
            return analyzer, one
    raise no_such("Finding", "id")


@reads("access-analyzer:GetFinding", on=on_arn, prepare=found)
def get_finding(call: Call, params: Params, subject: Found) -> Result:
    analyzer, one = subject
    return {"finding": {**_summary(call, analyzer, one), **_access(one)}}


@reads("access-analyzer:GetFindingV2", on=on_arn, prepare=found)
def get_finding_v2(call: Call, params: Params, subject: Found) -> Result:
    analyzer, one = subject
    return {
        **_summary(call, analyzer, one),
        "findingType": "ExternalAccess",
        "findingDetails": [{"externalAccessDetails": _access(one)}],
    }


Changed = tuple[Analyzer, list[ExternalFinding]]


def changeable(call: Call, params: Params, analyzer: Analyzer) -> Changed:
    """Find the findings to archive, or to make active again: by ID, or all of a resource."""
    wanted, resource = params.get("ids", []), params.get("resourceArn", "")
    if not wanted and not resource:
        raise refused("Specify ids or resourceArn.", "ids")
    known = findings_of(call.caller, analyzer)
    missing = set(wanted) - {one.id for one in known}
    if missing:
        raise no_such("Finding", "ids")
    return analyzer, [one for one in known if one.id in wanted or one.resource == resource]


@writes("access-analyzer:UpdateFindings", on=on_arn, prepare=changeable)
def update_findings(call: Call, params: Params, subject: Changed) -> None:
    """Archive findings, or make them active again."""
    analyzer, changed = subject
    archived = dict(analyzer.archived)
    for one in changed:
        if params["status"] == ARCHIVED:
            archived.setdefault(one.id, one.kept(call.caller.now))
        else:
            archived.pop(one.id, None)
    store(call.account, analyzer.with_archived(archived))
