"""Replaying the decisions of a past call, with every detail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from iam import catalogue
from iam.authorization.applied_policies import AppliedPolicy
from iam.authorization.caller_policies import document_texts
from iam.authorization.decisions import Authorization, layered_policies
from iam.catalogue.regions import is_global
from iam.engine import (
    OF_A_SECOND_FACTOR,
    Decision,
    Layer,
    LayeredPolicies,
    PolicyChange,
    Principal,
    Request,
    explain,
    other_request,
    reason_sentence,
    smallest_change,
)
from iam.models import Event, Sandbox

_ONE_REGION = frozenset({"aws:requestedregion"})


@dataclass(frozen=True)
class Explanation:
    """A replayed check of a past call, with every layer and statement.

    `trust`: the resource's policy is a role's trust policy; `change` is what would have to
    change for another decision, None if no single statement does it; `asked_otherwise` the
    condition keys with which a denied call is allowed by the same policies, None if none are found;
    then no policy needs to change. `lacks_mfa`: MFA would do, and the caller's
    credentials can carry none. `withheld` are the policies that a reader may not see, each with the
    sentence in its place; `advice_withheld`: what would have to change follows from them.
    """

    action: str
    resource: str
    context: Mapping[str, Any]
    decision: Decision
    sentence: str
    applied: tuple[AppliedPolicy, ...]
    matches_record: bool
    trust: bool
    change: PolicyChange | None
    asked_otherwise: Mapping[str, str] | None
    lacks_mfa: bool
    principal: Principal
    withheld: Mapping[tuple[Layer, str], str] = field(default_factory=dict)
    advice_withheld: bool = False

    @property
    def texts(self) -> dict[tuple[Layer, str], str]:
        """Return the policies' texts by layer and the name that the decision gives them."""
        return {one.key: one.text for one in self.applied}


def _applied(sandbox: Sandbox, manifest: list[dict[str, Any]]) -> tuple[AppliedPolicy, ...]:
    texts = document_texts(sandbox, (entry["hash"] for entry in manifest))
    restored = []
    for entry in manifest:
        text = entry.get("text") or texts.get(entry["hash"])
        if text is None:
            text = catalogue.managed_document(entry["arn"], entry["version"])
        if text is not None:
            restored.append(
                AppliedPolicy(
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


def _can_give_mfa(event: Event, request: Request) -> bool:
    """Return whether the caller can repeat the call with MFA.

    A console's switch of role keeps the MFA of the sign-in; AssumeRole's credentials carry none,
    nor do those of federation.
    """
    if request.principal.kind in {"user", "root"}:
        return True
    by_console = event.record.get("sessionCredentialFromConsole") == "true"
    federated = any(key.lower() == "aws:federatedprovider" for key in request.context)
    return request.principal.kind == "role" and by_console and not federated


def _service_of(request: Request) -> str:
    return request.action_key.partition(":")[0]


def _replay(event: Event, kept: dict[str, Any]) -> Explanation:
    applied = _applied(event.sandbox, kept["manifest"])
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
    policies = layered_policies(applied, trust=kept["trust"])
    return _explained(
        request,
        policies,
        applied,
        verdict=kept["verdict"],
        trust=kept["trust"],
        mfa=_can_give_mfa(event, request),
    )


def _explained(
    request: Request,
    policies: LayeredPolicies,
    applied: tuple[AppliedPolicy, ...],
    *,
    verdict: str,
    trust: bool,
    mfa: bool,
) -> Explanation:
    decision = explain(request, policies)
    fixed = _ONE_REGION if is_global(_service_of(request)) else frozenset()
    asked = other_request(request, policies, fixed if mfa else fixed | OF_A_SECOND_FACTOR)
    lacks_mfa = asked is None and not mfa and bool(other_request(request, policies, fixed))
    return Explanation(
        action=request.action,
        resource=request.resource,
        context=request.context,
        decision=decision,
        sentence=reason_sentence(request, decision, trust=trust),
        applied=applied,
        matches_record=decision.verdict.value == verdict,
        trust=trust,
        change=None if asked else smallest_change(request, policies),
        asked_otherwise=asked,
        lacks_mfa=lacks_mfa,
        principal=request.principal,
    )


def explanation_of(answer: Authorization) -> Explanation:
    """Return the reasons of a decision that was made now, such as one that a lab asks for."""
    policy = answer.check.policy
    return _explained(
        answer.request,
        answer.policies,
        answer.applied,
        verdict=answer.decision.verdict.value,
        trust=policy is not None and policy.trust,
        mfa=answer.request.principal.kind in {"user", "root"},
    )


def explanations(event: Event) -> list[Explanation]:
    """Return the replayed decisions of an event, in their order."""
    return [_replay(event, kept) for kept in event.decisions]
