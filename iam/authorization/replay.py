"""Why a past call was decided as it was: the decision made again with full detail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iam import catalogue
from iam.authorization.applied import Applied
from iam.authorization.deciding import policies_from
from iam.authorization.gathering import document_texts
from iam.engine import (
    Change,
    Decision,
    Principal,
    Request,
    explain,
    other_request,
    reason_sentence,
    smallest_change,
)
from iam.models import Event, Sandbox


@dataclass(frozen=True)
class Explanation:
    """One check of a past call, with every layer and statement.

    `trust` tells that the resource's policy is a role's trust policy; `change` what would have to
    change for another decision, None if no single statement does it; `asked_otherwise` the
    condition keys with which a denied call is allowed by the same policies, None if none are found.
    """

    action: str
    resource: str
    context: Mapping[str, Any]
    decision: Decision
    sentence: str
    applied: tuple[Applied, ...]
    matches_record: bool
    trust: bool
    change: Change | None
    asked_otherwise: Mapping[str, str] | None


def _applied(sandbox: Sandbox, manifest: list[dict[str, Any]]) -> tuple[Applied, ...]:
    texts = document_texts(sandbox, (entry["hash"] for entry in manifest))
    restored = []
    for entry in manifest:
        text = entry.get("text") or texts.get(entry["hash"])
        if text is None:
            text = catalogue.managed_document(entry["arn"], entry["version"])
        if text is not None:
            restored.append(
                Applied(
                    entry["layer"],
                    entry["name"],
                    text,
                    entry["attached"],
                    entry["arn"],
                    entry["version"],
                    entry["bound"],
                    entry.get("level", 0),
                )
            )
    return tuple(restored)


def _replay(sandbox: Sandbox, kept: dict[str, Any]) -> Explanation:
    applied = _applied(sandbox, kept["manifest"])
    principal = kept["principal"]
    request = Request(
        principal=Principal(**{**principal, "services": tuple(principal["services"])}),
        action=kept["action"],
        resource=kept["resource"],
        resource_account=kept["resourceAccount"],
        context={
            key: tuple(value) if isinstance(value, list) else value
            for key, value in kept["context"].items()
        },
    )
    policies = policies_from(applied, trust=kept["trust"])
    decision = explain(request, policies)
    return Explanation(
        action=request.action,
        resource=request.resource,
        context=kept["context"],
        decision=decision,
        sentence=reason_sentence(request, decision, trust=kept["trust"]),
        applied=applied,
        matches_record=decision.verdict.value == kept["verdict"],
        trust=kept["trust"],
        change=smallest_change(request, policies),
        asked_otherwise=other_request(request, policies),
    )


def explanations(event: Event) -> list[Explanation]:
    """Return the replayed decisions behind an event, in the order they were asked."""
    return [_replay(event.sandbox, kept) for kept in event.decisions]
