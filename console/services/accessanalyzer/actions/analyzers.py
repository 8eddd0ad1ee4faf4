"""Creating, listing and deleting analyzers of external access."""

from console.services.accessanalyzer.analyzers import (
    MOST,
    ORGANIZATION,
    Analyzer,
    store,
)
from console.services.accessanalyzer.errors import analyzer_exists, refused, too_many
from console.services.accessanalyzer.resolvers import on_all, on_named, on_new, own_analyzers
from iam.perform import Call, Params, Result, reads, writes


def shape(analyzer: Analyzer) -> Result:
    return {
        "arn": analyzer.arn,
        "name": analyzer.name,
        "type": analyzer.type,
        "createdAt": analyzer.created_at,
        "tags": dict(analyzer.tags),
        "status": "ACTIVE",
    }


def creatable(call: Call, params: Params, subject: None) -> Analyzer:
    """Refuse what cannot be created: another type, a name that is taken, too many."""
    type_, name = params["type"], params["analyzerName"]
    if type_ not in MOST:
        raise refused(f"Rolecall's Access Analyzer does not offer the type {type_}.", "type")
    if params.get("archiveRules"):
        raise refused("Rolecall's Access Analyzer does not offer archive rules.", "archiveRules")
    if type_ == ORGANIZATION and not call.account.management:
        message = "An analyzer of the organization belongs to the management account."
        raise refused(message, "type")
    known = own_analyzers(call)
    if any(one.name == name for one in known):
        raise analyzer_exists(name)
    if sum(one.type == type_ for one in known) >= MOST[type_]:
        raise too_many(type_, MOST[type_])
    region, now = call.caller.origin.region, call.caller.now
    tags = dict(params.get("tags", {}))
    return Analyzer(name, type_, region, call.caller.account_id, now, tags)


@writes("access-analyzer:CreateAnalyzer", on=on_new, prepare=creatable)
def create_analyzer(call: Call, params: Params, analyzer: Analyzer) -> Result:
    store(call.account, analyzer)
    return {"arn": analyzer.arn}


@reads("access-analyzer:ListAnalyzers", on=on_all)
def list_analyzers(call: Call, params: Params, subject: None) -> Result:
    """List the Region's analyzers: they are so few that one page has them all."""
    wanted = params.get("type")
    found = [one for one in own_analyzers(call) if wanted in {None, one.type}]
    return {"analyzers": [shape(one) for one in found]}


@reads("access-analyzer:GetAnalyzer", on=on_named)
def get_analyzer(call: Call, params: Params, analyzer: Analyzer) -> Result:
    return {"analyzer": shape(analyzer)}


@writes("access-analyzer:DeleteAnalyzer", on=on_named)
def delete_analyzer(call: Call, params: Params, analyzer: Analyzer) -> None:
    """Delete an analyzer, with what was archived."""
    store(call.account, analyzer, gone=True)
