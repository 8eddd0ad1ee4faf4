"""The checks of the calls by which a service gets to run something as a role.

Nothing has to be there for them: the caller chooses names. So each call is tried on everything and
on what the caller's own policies name; a service of ours registers the very checks of its calls.
"""

from collections.abc import Callable, Iterable, Iterator

from iam.analysis.escalation.pass_role_services import PassRoleService
from iam.analysis.world_principals import WorldPrincipal
from iam.authorization import PermissionCheck
from iam.engine import as_list, statements_in

_NAME = "rolecall-new"
_MOST = 12
Checks = tuple[PermissionCheck, ...]
Finder = Callable[[WorldPrincipal], Iterable[Checks]]
_finders: dict[str, Finder] = {}


def runs_what_it_is_given(principal: str) -> Callable[[Finder], Finder]:
    """Register the checks of each way to have a service, by its principal, run something."""

    def keep(finder: Finder) -> Finder:
        _finders[principal] = finder
        return finder

    return keep


def calls_to(service: PassRoleService, someone: WorldPrincipal) -> Iterator[Checks]:
    """Yield the checks of the ways in which a principal could have a service run something."""
    finder = _finders.get(service.principal)
    if finder is not None:
        yield from finder(someone)
        return
    yield tuple(PermissionCheck(action, "*") for action in service.actions)
    for arn in _named(someone, service.actions[0].partition(":")[0]):
        yield tuple(PermissionCheck(action, arn) for action in service.actions)


def _named(someone: WorldPrincipal, prefix: str) -> list[str]:
    """Return an ARN inside of each pattern of a service that somebody's policies name."""
    found: dict[str, None] = {}
    for policy in someone.own:
        for statement in statements_in(policy.text):
            for pattern in as_list(statement.get("Resource", ())):
                if pattern != "*" and "$" not in pattern:
                    found[pattern.replace("*", _NAME).replace("?", "x")] = None
    return [arn for arn in found if arn.split(":")[2:3] in ([prefix], [_NAME])][:_MOST]
