"""The search: what can be reached in one step, two, … until a principal is administrator.

Every change only adds power, so a plan stays good when another is carried out besides. What is
reached is settled in the order of how many steps it takes; where it needs two things (an actor,
and a change that bears on it) their plans are joined.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

from iam.analysis.circumstances import PLAIN, Circumstances
from iam.analysis.escalation.other_principals import becomings, by_edited_trust, trust_in
from iam.analysis.escalation.own_rights import changes
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.steps import (
    ControlledPrincipal,
    EntityChange,
    EscalationPath,
    EscalationStep,
    Move,
)
from iam.analysis.world import World
from iam.analysis.world_principals import WorldPrincipal

MOST_STEPS = 5
_MOST_PLANS = 4
"""Plans kept for one thing: the shortest for it alone may not join the shortest for another."""
_MOST_JOINED = 2
"""Groups joined by one user: more add nothing that the documented ways need."""
_MOST_SETTLED = 4000
Plan = tuple[EscalationStep, ...]
Reached = ControlledPrincipal | EntityChange


@dataclass(frozen=True)
class Escalation:
    """The paths of a principal to administrator rights, the shortest first.

    Without paths there is none of so many steps, unless the search was not `complete`.
    """

    someone: WorldPrincipal
    paths: tuple[EscalationPath, ...]
    complete: bool = True


@dataclass
class _Search:
    board: SearchState
    most_steps: int
    heap: list[tuple[int, int, Reached, Plan]] = field(default_factory=list)
    settled: dict[Reached, list[Plan]] = field(default_factory=dict)
    changes: list[EntityChange] = field(default_factory=list)
    beings: list[ControlledPrincipal] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    complete: bool = True

    def push(self, reached: Reached, plan: Plan) -> None:
        if len(plan) > self.most_steps:
            return
        plans = self.settled.get(reached, [])
        if len(plans) < _MOST_PLANS:
            heappush(self.heap, (len(plan), next(self.order), reached, plan))

    def settle(self, reached: Reached, plan: Plan) -> bool:
        """Keep a plan; return whether it is new and worth going on from."""
        plans = self.settled.setdefault(reached, [])
        if len(plans) >= _MOST_PLANS or any(set(one) <= set(plan) for one in plans):
            return False
        if not plans:
            self.changes += [reached] if isinstance(reached, EntityChange) else []
            self.beings += [reached] if isinstance(reached, ControlledPrincipal) else []
        plans.append(plan)
        return True

    def run(self, start: ControlledPrincipal) -> Iterator[EscalationPath]:
        """Return paths as they are found: none is shorter than the one before."""
        self.push(start, ())
        while self.heap:
            _, _, reached, plan = heappop(self.heap)
            if len(self.settled) > _MOST_SETTLED:
                self.complete = False
                return
            if not self.settle(reached, plan):
                continue
            if isinstance(reached, EntityChange):
                self.spread(reached, plan)
            elif self.is_administrator(reached):
                yield EscalationPath(plan, self.board.someone(reached).arn)
            else:
                self.go_on(reached, plan)

    def is_administrator(self, being: ControlledPrincipal) -> bool:
        key = ("administrator", being)
        return self.board.remember(key, lambda: self.board.is_administrator(being))

    def go_on(self, being: ControlledPrincipal, plan: Plan) -> None:
        """Make every step a principal can, and let the changes made so far bear on it."""
        for move in self.moves_of(being):
            self.push(move.to, (*plan, move.step))
        for change in self.changes:
            for one in self.settled[change]:
                self.combine(being, plan, change, one)

    def moves_of(self, being: ControlledPrincipal) -> list[Move]:
        board = self.board
        return board.remember(being, lambda: [*changes(board, being), *becomings(board, being)])

    def spread(self, change: EntityChange, plan: Plan) -> None:
        """Let a change bear on every principal that is under control."""
        for being in self.beings:
            for one in self.settled[being]:
                self.combine(being, one, change, plan)

    def combine(
        self, being: ControlledPrincipal, plan: Plan, change: EntityChange, changing: Plan
    ) -> None:
        if change.what == "open":
            changing = (*changing[:-1], _specific(changing[-1], self.board.someone(being)))
        joined = _joined(plan, changing)
        if len(joined) > self.most_steps:
            return
        if change.what == "open" and change.holder[0] == "role":
            role = next(one for one in self.board.world.roles if one.pk == change.holder[1])
            for move in by_edited_trust(self.board, being, role):
                self.push(move.to, (*joined, move.step))
        elif self.adds(change, being):
            self.push(ControlledPrincipal(being.key, being.changes | {change}), joined)

    def adds(self, change: EntityChange, being: ControlledPrincipal) -> bool:
        groups = sum(1 for one in being.changes if one.what == "open")
        if change.what == "open" and groups >= _MOST_JOINED:
            return False
        return change not in being.changes and self.board.bears_on(change, being)


def _specific(step: EscalationStep, someone: WorldPrincipal) -> EscalationStep:
    """Return the step that opens a group or a role, made to let a certain principal in."""
    if step.operation == "iam:AddUserToGroup":
        title = step.title.replace("a user", f"the {someone.called}", 1)
        return replace(step, title=title, params={**step.params, "UserName": someone.name})
    document = {**step.params, "PolicyDocument": trust_in(someone)}
    return replace(step, title=f"{step.title} to name the {someone.called}", params=document)


def _joined(first: Plan, second: Plan) -> Plan:
    return (*first, *(step for step in second if step not in first))


def escalations(
    world: World,
    someone: WorldPrincipal,
    *,
    most_steps: int = MOST_STEPS,
    most_paths: int = 1,
    now: Circumstances = PLAIN,
) -> Escalation:
    """Return how a principal could become administrator, the shortest path first.

    Each step is decided by the engine on the world's own state with the changes of the steps
    before it; `now` are the circumstances of every call. A path without steps means that the
    principal is administrator already.
    """
    return _search(SearchState(world, now), someone, most_steps, most_paths)


def escalations_of_all(world: World, now: Circumstances = PLAIN) -> list[Escalation]:
    """Return the shortest path of every user and role of a world: the shadow administrators."""
    board = SearchState(world, now)
    return [_search(board, one, MOST_STEPS, 1) for one in world.people.values()]


def _search(
    board: SearchState, someone: WorldPrincipal, most_steps: int, most_paths: int
) -> Escalation:
    if someone.key is None:
        return Escalation(someone, (EscalationPath((), someone.arn),))
    search = _Search(board, most_steps)
    paths: list[EscalationPath] = []
    for path in search.run(ControlledPrincipal(someone.key)):
        paths.append(path)
        if len(paths) >= most_paths:
            break
    return Escalation(someone, tuple(paths), search.complete)
