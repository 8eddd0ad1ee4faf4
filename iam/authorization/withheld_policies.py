"""An explanation for a reader who may not see all the policies that it rests on."""

from collections.abc import Mapping
from dataclasses import replace

from iam.authorization.permission_checks import GRANTS_NOTHING
from iam.authorization.replay import Explanation
from iam.engine import Layer, context_keys

_MFA = {"aws:multifactorauthage", "aws:multifactorauthpresent"}
PolicyKey = tuple[Layer, str]
"""A policy of a decision: its layer, and the name that the decision gives it."""


def without_policies(one: Explanation, withheld: Mapping[PolicyKey, str]) -> Explanation:
    """Return an explanation without the texts of policies, and without what follows from them.

    `withheld` has the sentence that stands in the place of each. The verdict of every layer stays.
    """
    if not withheld:
        return one
    texts = [one.texts[key] for key in one.texts if key in withheld]
    asked = {key.lower() for text in texts for key in context_keys(text)}
    change, otherwise, lacks_mfa = one.change, one.asked_otherwise, one.lacks_mfa
    if change is not None and (change.layer, change.policy) in withheld:
        change = None if change.kind == "remove" or "Condition" in change.statement else change
    if change is not None and any(layer == change.layer for layer, _ in withheld):
        change = replace(change, around=())
    if otherwise is not None and asked & {key.lower() for key in otherwise}:
        otherwise = None
    lacks_mfa = lacks_mfa and not asked & _MFA
    lost = (
        (one.change is not None and change is None)
        or (one.asked_otherwise is not None and otherwise is None)
        or one.lacks_mfa is not lacks_mfa
    )
    return replace(
        one,
        decision=one.decision.without_statements(lambda layer, name: (layer, name) in withheld),
        applied=tuple(
            replace(policy, text=GRANTS_NOTHING) if policy.key in withheld else policy
            for policy in one.applied
        ),
        change=change,
        asked_otherwise=otherwise,
        lacks_mfa=lacks_mfa,
        withheld=withheld,
        advice_withheld=lost,
    )
