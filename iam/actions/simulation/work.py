"""The work of one simulation, which has a limit."""

from iam.perform import Params
from iam.wire.errors import AwsError

MOST = 32_000_000
"""Characters compared with patterns: some tenths of a second."""
MOST_TEXT = 400_000
"""Characters of all given policies: to compile as many takes some tenths of a second."""
OF_A_DECISION = 3_000
"""What a decision takes besides: as long as so many characters."""
OF_A_STATEMENT = 400
"""What a statement of a result takes."""
OF_A_KEY = 20


class TooMuchWork(AwsError):
    """A decision that is not made, since it would take too long."""

    def __init__(self) -> None:
        message = (
            "The policies could not be evaluated: they have too many patterns to compare. "
            "Simulate fewer or shorter policies, or fewer resources."
        )
        super().__init__("PolicyEvaluation", message, 500)


class WorkBudget:
    """How much a simulation may still do."""

    def __init__(self, most: int = MOST) -> None:
        self.left = most

    def spend(self, amount: int) -> None:
        """Count work before it is done; raises TooMuchWork if not so much is left."""
        self.left -= amount
        if self.left < 0:
            raise TooMuchWork


def refuse_much(params: Params) -> None:
    """Raise TooMuchWork for more text than is compiled in one request."""
    lists = ("PolicyInputList", "PermissionsBoundaryPolicyInputList")
    texts = [text for name in lists for text in params.get(name, ())]
    for level in params.get("OrderedOrganizationPolicyInputList", ()):
        texts += level.get("ServiceControlPolicyInputList", ())
    if sum(map(len, texts)) > MOST_TEXT:
        raise TooMuchWork
