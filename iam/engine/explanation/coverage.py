"""How much of an action each layer lets through: on everything, on some requests, or on none."""

from enum import IntEnum

from iam.engine.decision.layer_index import LayerIndex
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.decision.statement import Statement
from iam.engine.matching.patterns import matcher, parse
from iam.engine.matching.wildcards import Test
from iam.engine.terms import Effect, Layer


class Coverage(IntEnum):
    """What policies let through of an action."""

    NONE = 0
    SOME = 1
    """On some resources, or under conditions."""
    ALL = 2


class PolicyCoverage:
    """The coverage of any action by each layer of a caller's own policies.

    Each level of an organization is a limit of its own; policies of resources take no part.
    """

    def __init__(self, policies: LayeredPolicies) -> None:
        stacks = policies.stacks
        self._levels: dict[Layer, tuple[_LevelCoverage, ...]] = {}
        for layer, indexes in (
            (Layer.PRINCIPAL, (stacks.identity,)),
            (Layer.PERMISSIONS_BOUNDARY, (stacks.boundary,)),
            (Layer.SCP, stacks.scps),
            (Layer.SESSION, (stacks.session,)),
        ):
            levels = tuple(_LevelCoverage(index) for index in indexes if index is not None)
            if levels:
                self._levels[layer] = levels

    def of(self, action: str) -> dict[Layer, Coverage]:
        key = action.lower()
        return {
            layer: min(level.of(key) for level in levels) for layer, levels in self._levels.items()
        }


def named_in(policies: LayeredPolicies) -> dict[str, set[str]]:
    """Return the patterns of actions in all statements, by the service that they begin with."""
    found: dict[str, set[str]] = {}
    for policy in policies.compiled:
        for statement in policy.statements:
            for text in statement.actions.texts:
                prefix, _, name = text.lower().partition(":")
                found.setdefault(prefix, set()).add(name or "*")
    return found


class _LevelCoverage:
    """The policies of a layer, or of one level of an organization."""

    def __init__(self, index: LayerIndex) -> None:
        self._statements = [
            _CoveringStatement(statement)
            for source in index.sources
            for statement in source.policy.statements
        ]

    def of(self, action: str) -> Coverage:
        about = [one for one in self._statements if one.covers(action)]
        denies = max((one.width for one in about if one.denies), default=Coverage.NONE)
        if denies is Coverage.ALL:
            return Coverage.NONE
        allows = max((one.width for one in about if not one.denies), default=Coverage.NONE)
        return min(allows, Coverage.SOME) if denies else allows


class _CoveringStatement:
    """A statement with its patterns of actions by service: some policies have a thousand."""

    def __init__(self, statement: Statement) -> None:
        resources, actions = statement.resources, statement.actions
        everywhere = resources is None or ("*" in resources.texts and not resources.negated)
        self.denies = statement.effect is Effect.DENY
        self.width = Coverage.ALL if everywhere and not statement.conditions else Coverage.SOME
        self._exact, self._negated = actions.exact, actions.negated
        self._anywhere: list[Test] = []
        self._by_service: dict[str, list[Test]] = {}
        for name in actions.wild:
            service, colon, _ = name.partition(":")
            literal = colon and "*" not in service and "?" not in service
            tests = self._by_service.setdefault(service, []) if literal else self._anywhere
            tests.append(matcher(parse(name)))

    def covers(self, action: str) -> bool:
        tests = (*self._anywhere, *self._by_service.get(action.partition(":")[0], ()))
        named = action in self._exact or any(test(action) for test in tests)
        return named is not self._negated
