"""Who can do an action on a resource: every principal of a world in one pass."""

from collections.abc import Iterable
from dataclasses import dataclass

from iam.authorization import Answer
from iam.questions.resources import TRUST_ACTIONS, check_on
from iam.questions.someone import PLAIN, Circumstances, Someone
from iam.questions.wording import because
from iam.questions.world import World


@dataclass(frozen=True)
class Who:
    """One principal and the engine's answer for it."""

    someone: Someone
    answer: Answer

    @property
    def allowed(self) -> bool:
        """Tell whether this principal can."""
        return self.answer.allowed

    @property
    def because(self) -> str:
        """Say what allows it, or what is in the way."""
        return because(self.answer)


def who_can(
    world: World,
    action: str,
    resource: str = "*",
    now: Circumstances = PLAIN,
    among: Iterable[Someone] | None = None,
) -> list[Who]:
    """Ask for every principal of a world whether it can do an action on a resource.

    The resource's own policy takes part where its service is known. The number of queries does
    not depend on how many principals there are. Root users are not asked about assuming roles:
    AWS refuses them whatever the policies say.
    """
    check = check_on(world, action, resource)
    asked = world.everyone if among is None else among
    if action.lower() in TRUST_ACTIONS:
        asked = [one for one in asked if one.kind != "root"]
    return [Who(one, one.ask(check(one.caller), now)) for one in asked]
