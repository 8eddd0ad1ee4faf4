"""Answers in words: what allows, or what is missing."""

from iam.authorization import Authorization
from iam.engine import reason_sentence

LAYER_NAMES = {
    "RCP": "Resource control policies",
    "SCP": "Service control policies",
    "RESOURCE": "Resource-based policy",
    "PRINCIPAL": "Identity-based policies",
    "PERMISSIONS_BOUNDARY": "Permissions boundary",
    "SESSION": "Session policies",
}
"""What pages call the layers of a decision."""
TRUST_NAME = "Role trust policy"
"""What pages call the resource-based policy of a role."""
_GRANTING = {"PRINCIPAL", "RESOURCE"}


def granted_by(answer: Authorization) -> str:
    """Name the statements that allow: `S3ReadOnly, statement 1`."""
    found: dict[str, None] = {}
    for check in answer.decision.checks:
        if check.layer in _GRANTING and check.effect == "ALLOW":
            for one in check.statements:
                if one.applied:
                    named = one.sid or one.index + 1
                    found[f"{one.source_name}, statement {named}"] = None
    return " and ".join(found) or "the root user may do everything in its account"


def because(answer: Authorization) -> str:
    """Return in a few words why an authorization is as it is."""
    if answer.allowed:
        return granted_by(answer)
    sentence = reason_sentence(answer.request, answer.decision, trust=answer.policies.trust)
    return sentence.removeprefix("because ").removeprefix("with ")
