"""How much work a decision is, known before it is made: patterns times characters."""

from iam.engine.decision.policies import LayeredPolicies
from iam.engine.request import Request

_AROUND = 16
"""So many characters take as long as it takes to begin with a pattern."""
_FEW = 64
"""So few patterns are quickly compared, whatever the value."""


def work_of(request: Request, policies: LayeredPolicies) -> int:
    """Return at most how many characters are compared with patterns.

    Of a policy that has not seen the action yet, the patterns of its actions count, too.
    """
    total, patterns = 0, 0
    for policy in policies.compiled:
        patterns += policy.patterns
        total += policy.work_to_find(request.action_key)
    longest = _longest(request) if patterns > _FEW else _FEW
    return total + patterns * (_AROUND + longest)


def _longest(request: Request) -> int:
    values = (sum(map(len, one)) for one in request.keys.values())
    return max(len(request.resource), max(values, default=0))
