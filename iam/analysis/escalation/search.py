"""The search: what can be reached in one step, two, … until a principal is at the goal.

What is reached is settled in the order of how many steps it takes; where it needs two things (an
actor, and a change that bears on it) their plans are joined. Most changes only add power, so a
plan stays good when another is carried out besides. A plan with a change that may also take some
is joined in both orders, and counts only if it works when replayed; so does every plan that is
returned.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

from iam.analysis.circumstances import Circumstances
from iam.analysis.escalation.goals import ADMINISTRATOR, Do, Goal
from iam.analysis.escalation.other_principals import (
    becomings,
    by_edited_trust,
    entries,
    trust_in,
)
from iam.analysis.escalation.own_rights import changes, changes_of_new
from iam.analysis.escalation.replay import Plan, path_of, replayed
from iam.analysis.escalation.search_budget import SearchBudget
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.steps import ControlledPrincipal, EntityChange, EscalationPath, Move
from iam.analysis.world import World
from iam.analysis.world_principals import WorldPrincipal
from iam.authorization.policies_of_many import Key

MOST_STEPS = 5
_MOST_PLANS = 4
"""Plans kept for one thing: the shortest for it alone may not join the shortest for another."""
_MOST_JOINED = 2
"""Groups joined by one user: more add nothing that the documented ways need."""
_MOST_SETTLED = 4000
Reached = ControlledPrincipal | EntityChange


@dataclass(frozen=True)
class Escalation:
    """The paths of a principal to a goal, the shortest first.

    Without paths there is none of so many steps, unless the search was not `complete`.
    """

    someone: WorldPrincipal
    paths: tuple[EscalationPath, ...]
    complete: bool = True


@dataclass
class _Search:
    board: SearchState
    start: Key
    goal: Goal
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
        if sum(move.order_matters for move in plan) and len(plan) > 1:
            replay = replayed(self.board, self.start, plan)
            if replay is None:
                return
            if isinstance(reached, ControlledPrincipal):
                reached = replay.being(reached.key)
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

    def run(self) -> Iterator[EscalationPath]:
        """Return paths as they are found: none is shorter than the one before."""
        self.push(ControlledPrincipal(self.start), ())
        while self.heap:
            _, _, reached, plan = heappop(self.heap)
            self.board.spend()
            if len(self.settled) > _MOST_SETTLED:
                self.complete = False
                return
            if not self.settle(reached, plan):
                continue
            if isinstance(reached, EntityChange):
                self.spread(reached, plan)
                continue
            path = self.path(reached, plan)
            if path is not None:
                yield path
            else:
                self.go_on(reached, plan)

    def path(self, being: ControlledPrincipal, plan: Plan) -> EscalationPath | None:
        """Return the path that a plan is, if the principal is at the goal after it."""
        board, goal = self.board, self.goal
        if board.remember((goal, being), lambda: goal.reached(board, being)) is None:
            return None
        return path_of(board, self.start, plan, goal, being.key)

    def go_on(self, being: ControlledPrincipal, plan: Plan) -> None:
        """Make every step a principal can, and let the changes made so far bear on it."""
        for move in self.moves_of(being):
            self.push(move.to, (*plan, move))
        for change in self.changes:
            for one in self.settled[change]:
                self.combine(being, plan, change, one)

    def moves_of(self, being: ControlledPrincipal) -> list[Move]:
        board = self.board
        return board.remember(being, lambda: [*changes(board, being), *becomings(board, being)])

    def moves_on_new(self, being: ControlledPrincipal, new: Key) -> list[Move]:
        """Return what a principal can do with a user or role that was made, and to be it."""
        board = self.board
        return board.remember(
            (being, new),
            lambda: [*changes_of_new(board, being, new), *entries(board, being, new)],
        )

    def spread(self, change: EntityChange, plan: Plan) -> None:
        """Let a change bear on every principal that is under control."""
        for being in self.beings:
            for one in self.settled[being]:
                self.combine(being, one, change, plan)

    def combine(
        self, being: ControlledPrincipal, plan: Plan, change: EntityChange, changing: Plan
    ) -> None:
        if change.what == "created" and change.holder == being.key:
            return
        if change.what == "open":
            changing = (*changing[:-1], _specific(changing[-1], self.board.someone(being)))
        for joined in _joined(plan, changing):
            if len(joined) <= self.most_steps:
                self.extend(being, joined, change)

    def extend(self, being: ControlledPrincipal, plan: Plan, change: EntityChange) -> None:
        """Let a change bear on a principal by a plan that makes both."""
        if change.what == "created":
            for move in self.moves_on_new(being, change.holder):
                self.push(move.to, (*plan, move))
        elif change.what == "open" and change.holder[0] == "role":
            role = next(one for one in self.board.world.roles if one.pk == change.holder[1])
            for move in by_edited_trust(self.board, being, role):
                self.push(move.to, (*plan, move))
        elif self.adds(change, being):
            self.push(being.after(change), plan)

    def adds(self, change: EntityChange, being: ControlledPrincipal) -> bool:
        groups = sum(1 for one in being.changes if one.what == "open")
        if change.what == "open" and groups >= _MOST_JOINED:
            return False
        return change not in being.changes and self.board.bears_on(change, being)


def _specific(move: Move, someone: WorldPrincipal) -> Move:
    """Return the step that opens a group or a role, made to let a certain principal in."""
    step = move.step
    if step.operation == "iam:AddUserToGroup":
        title = step.title.replace("a user", f"the {someone.called}", 1)
        step = replace(step, title=title, params={**step.params, "UserName": someone.name})
    else:
        document = {**step.params, "PolicyDocument": trust_in(someone.arn)}
        step = replace(step, title=f"{step.title} to name the {someone.called}", params=document)
    return replace(move, step=step, lets_in=someone.key)


def _joined(first: Plan, second: Plan) -> Iterator[Plan]:
    """Return two plans as one; the second before the first, too, where the order matters."""
    yield (*first, *(move for move in second if move not in first))
    if any(move.order_matters for move in (*first, *second)):
        yield (*second, *(move for move in first if move not in second))


def escalations(
    world: World,
    someone: WorldPrincipal,
    *,
    goal: Goal = ADMINISTRATOR,
    most_steps: int = MOST_STEPS,
    most_paths: int = 1,
    now: Circumstances | None = None,
) -> Escalation:
    """Return how a principal could get to a goal, the shortest path first.

    Each step is decided by the engine on the world's own state with the changes of the steps
    before it. The search tries the circumstances that policies ask about: plain, with MFA, from
    other addresses, at later dates; with `now`, only those. A path without steps means that the
    principal is at the goal already.
    """
    return _search(_state(world, now, goal), someone, goal, most_steps, most_paths)


def escalations_of_all(
    world: World,
    now: Circumstances | None = None,
    *,
    goal: Goal = ADMINISTRATOR,
    most_steps: int = MOST_STEPS,
    among: Iterable[WorldPrincipal] | None = None,
    budget: SearchBudget | None = None,
) -> Iterator[Escalation]:
    """Yield the shortest path of every user and role of a world: the shadow administrators.

    Raises SearchTooLong once the budget is spent.
    """
    board = _state(world, now, goal)
    board.budget = budget
    for one in world.people.values() if among is None else among:
        yield _search(board, one, goal, most_steps, 1)


def _state(world: World, now: Circumstances | None, goal: Goal) -> SearchState:
    board = SearchState(world, now)
    if isinstance(goal, Do):
        board.further_texts, board.about = goal.texts(board), goal.resource
    return board


def _search(
    board: SearchState, someone: WorldPrincipal, goal: Goal, most_steps: int, most_paths: int
) -> Escalation:
    if someone.key is None:
        return Escalation(someone, (EscalationPath((), someone.arn),))
    search = _Search(board, someone.key, goal, most_steps)
    paths: list[EscalationPath] = []
    for path in search.run():
        paths.append(path)
        if len(paths) >= most_paths:
            break
    return Escalation(someone, tuple(paths), search.complete)
