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
    stacks, total = policies.stacks, 0
    for index in stacks.all:
        total += index.work_to_find(request.action_key)
    patterns = stacks.patterns
    longest = max(len(request.resource), request.longest) if patterns > _FEW else _FEW
    return total + patterns * (_AROUND + longest)
