"""The decisions of a simulation as view models, with every statement and its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.pages.decisions.layer_views import DecisionView, PolicyTexts, decision_view
from iam import catalogue
from iam.analysis import Reason

_MOST_DRAWN = 20


@dataclass(frozen=True)
class SimulatedView:
    """One action on one resource. `shown` is the engine's decision, for the first ones.

    `fits` is whether the action works on such a resource at all: if not, AWS's simulator denies
    what the policies allow.
    """

    service: str
    action: str
    resource: str
    allowed: bool
    note: str
    sentence: str
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    shown: DecisionView | None
    fits: bool


def simulated_views(reasons: Sequence[Reason]) -> list[SimulatedView]:
    return [_shown(one, number) for number, one in enumerate(reasons)]


def _note(reason: Reason) -> str:
    count = len(reason.outcome.matched)
    if reason.outcome.allowed_by_organizations is False:
        return "Denied by a service control policy"
    if not count:
        return "Implicitly denied (no matching statements)"
    return f"{count} matching statement{'' if count == 1 else 's'}"


def _shown(reason: Reason, number: int) -> SimulatedView:
    outcome = reason.outcome
    prefix, _, name = reason.action.partition(":")
    service = catalogue.service(prefix)
    return SimulatedView(
        service=service.name if service else prefix,
        action=name,
        resource=outcome.resource,
        allowed=outcome.verdict == "allowed",
        note=_note(reason),
        sentence=reason.sentence,
        matched=tuple(
            f"{one.document.policy_id}, lines {one.span.start_line} to {one.span.end_line}"
            for one in outcome.matched
        ),
        missing=outcome.missing,
        shown=_decision(reason, number) if number < _MOST_DRAWN else None,
        fits=outcome.verdict == reason.decision.verdict,
    )


def _decision(reason: Reason, number: int) -> DecisionView:
    policies = PolicyTexts(reason.texts, reason.withheld, reason.names)
    prefix = f"result-{number}"
    return decision_view(reason.action, reason.decision, policies, prefix, trust=reason.trust)
