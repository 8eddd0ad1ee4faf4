"""The principals of a world that can do an action on a resource, in one pass."""

from collections.abc import Iterable
from dataclasses import dataclass

from iam.analysis.circumstances import PLAIN, Circumstances
from iam.analysis.resources import TRUST_ACTIONS, check_on
from iam.analysis.sentences import because
from iam.analysis.world import World
from iam.analysis.world_principals import WorldPrincipal
from iam.authorization import Authorization


@dataclass(frozen=True)
class Grantee:
    """One principal and the engine's answer for it."""

    someone: WorldPrincipal
    answer: Authorization

    @property
    def allowed(self) -> bool:
        return self.answer.allowed

    @property
    def because(self) -> str:
        return because(self.answer)


def who_can(
    world: World,
    action: str,
    resource: str = "*",
    now: Circumstances = PLAIN,
    among: Iterable[WorldPrincipal] | None = None,
) -> list[Grantee]:
    """Ask for every principal of a world whether it can do an action on a resource.

    The resource's own policy takes part where its service is known. The number of queries does
    not depend on how many principals there are. Root users are not asked about assuming roles:
    AWS refuses them whatever the policies say.
    """
    check = check_on(world, action, resource)
    asked = world.everyone if among is None else among
    if action.lower() in TRUST_ACTIONS:
        asked = [one for one in asked if one.kind != "root"]
    return [Grantee(one, one.ask(check(one.caller), now)) for one in asked]
