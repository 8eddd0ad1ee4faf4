"""AWS's own sentences for a denial."""

from iam.engine.decision.decision import Decision
from iam.engine.request import Request
from iam.engine.terms import Layer, Verdict

_POLICY_TYPE = {
    Layer.RCP: ("resource control policy", "a resource control policy"),
    Layer.SCP: ("service control policy", "a service control policy"),
    Layer.RESOURCE: ("resource-based policy", "a resource-based policy"),
    Layer.PRINCIPAL: ("identity-based policy", "an identity-based policy"),
    Layer.PERMISSIONS_BOUNDARY: ("permissions boundary", "a permissions boundary"),
    Layer.SESSION: ("session policy", "a session policy"),
}
_TRUST = ("role trust policy", "the role trust policy")


def reason_sentence(request: Request, decision: Decision, trust: bool = False) -> str:
    """Return AWS's reason, such as `because no … allows the … action`; empty if allowed.

    Only one policy type is named even if several deny. `trust`: the resource policy is a role's
    trust policy.
    """
    if decision.verdict is Verdict.ALLOW or decision.layer is None:
        return ""
    is_trust = trust and decision.layer is Layer.RESOURCE
    plain, with_article = _TRUST if is_trust else _POLICY_TYPE[decision.layer]
    if decision.verdict is Verdict.IMPLICIT_DENY:
        return f"because no {plain} allows the {request.action} action"
    arn = "" if decision.layer is Layer.RESOURCE else decision.determining[0].source_arn
    return f"with an explicit deny in {with_article}" + (f": {arn}" if arn else "")


def denial_message(
    request: Request,
    decision: Decision,
    *,
    trust: bool = False,
    with_resource: bool = True,
    with_context: bool = True,
) -> str:
    """AWS's AccessDenied text; some services leave the resource or the context out."""
    who = request.principal.arn or request.principal.kind
    text = f"User: {who} is not authorized to perform: {request.action}"
    if with_resource and request.resource:
        text += f" on resource: {request.resource}"
    context = reason_sentence(request, decision, trust) if with_context else ""
    return f"{text} {context}" if context else text
