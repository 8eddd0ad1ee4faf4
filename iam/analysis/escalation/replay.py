"""A plan carried out in its order: each step is decided on what the steps before it left.

Some changes take power as well as they add it (a policy that denies also allows, a tag replaces
another, an edited trust policy drops whom it named before), so plans that are joined may spoil
each other. Such a plan counts only if it works here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from iam.actions.resource_kinds import kind_of
from iam.analysis.escalation.goals import Goal
from iam.analysis.escalation.name_changes import arn_after
from iam.analysis.escalation.other_principals import trust_in, with_edited_trust
from iam.analysis.escalation.search_state import Permission, SearchState
from iam.analysis.escalation.steps import (
    ControlledPrincipal,
    EntityChange,
    EscalationPath,
    EscalationStep,
    Move,
)
from iam.authorization import PermissionCheck
from iam.authorization.policies_of_many import Key

Plan = tuple[Move, ...]


@dataclass
class Replay:
    """The state after the steps so far.

    `controlled` has whom one can act as, and whether signed in with MFA; `made` the changes that
    last, `trusting` whom an edited trust policy names, by role, `created` in which step a user or
    role was made, `entering` whom a new role trusts,
    `called` who had which new ARN when it was made.
    """

    board: SearchState
    controlled: dict[Key, bool]
    made: dict[tuple[object, ...], EntityChange] = field(default_factory=dict)
    trusting: dict[Key, Key] = field(default_factory=dict)
    created: dict[Key, int] = field(default_factory=dict)
    entering: dict[Key, dict[str, None]] = field(default_factory=dict)
    called: dict[Key, dict[Key, str]] = field(default_factory=dict)
    clock: datetime | None = None
    steps: tuple[EscalationStep, ...] = ()

    def copy(self) -> "Replay":
        """Return one to go on from that leaves this one as it is."""
        return replace(
            self,
            controlled=dict(self.controlled),
            made=dict(self.made),
            trusting=dict(self.trusting),
            created=dict(self.created),
            entering={role: dict(named) for role, named in self.entering.items()},
            called=dict(self.called),
        )

    def being(self, key: Key) -> ControlledPrincipal:
        """Return a principal with all changes that bear on it."""
        being, again = ControlledPrincipal(key), True
        while again:
            again = False
            for change in self._made_for(key):
                if change not in being.changes and self.board.bears_on(change, being):
                    being, again = being.after(change), True
        return being

    def _made_for(self, key: Key) -> Iterator[EntityChange]:
        """Return the changes, without groups that were joined by somebody else."""
        for change in self.made.values():
            if change.what != "open":
                yield change
            elif change.whom == key:
                yield replace(change, whom=None)

    def carry_out(self, move: Move) -> bool:
        """Make a step; return whether it is allowed."""
        if move.actor not in self.controlled or not self._is_there(move):
            return False
        allowed = self._allowed(move)
        if allowed is None:
            return False
        now = allowed.now
        if now.mfa and not self.controlled[move.actor]:
            return False
        self.clock = now.at or self.clock
        step = self._as_named(move)
        reason, needs = allowed.reason, allowed.needs
        self.steps = (*self.steps, replace(step, reason=reason, now=now, needs=needs))
        self._keep(move)
        return True

    def _is_there(self, move: Move) -> bool:
        """Return whether all that a step is about exists, and a new name is free."""
        about = move.to.key if isinstance(move.to, ControlledPrincipal) else move.to.holder
        new = self.board.newcomers
        if isinstance(move.to, EntityChange) and move.to.what == "created":
            name = new[about].entity.name
            return all(new[one].entity.name != name or one[0] != about[0] for one in self.created)
        missing = {about, move.actor, move.lets_in} & new.keys() - self.created.keys()
        if missing:
            return False
        late = about in self.created and self.created.get(move.actor, -1) > self.created[about]
        return not (late and isinstance(move.to, ControlledPrincipal))

    def _as_named(self, move: Move) -> EscalationStep:
        """Return a step that calls everybody as they are called by then."""
        step = move.step
        if not any(one.what == "renamed" for one in self.made.values()):
            return step
        to = move.to
        about = [to.key] if isinstance(to, ControlledPrincipal) else [to.holder, to.whom]
        params, title = dict(step.params), step.title
        for key in (*about, move.lets_in):
            if key is not None and key[0] in {"user", "group"}:
                kind, entity = kind_of(self.board.entity(key)), self.board.entity(key)
                change = self.made.get(("name", key))
                name = change.value if change else entity.name
                if kind.parameter in params:
                    title = title.replace(f"{key[0]} {params[kind.parameter]}", f"{key[0]} {name}")
                    params[kind.parameter] = name
        if step.operation == "iam:UpdateAssumeRolePolicy" and move.lets_in is not None:
            params["PolicyDocument"] = trust_in(self._arn(move.lets_in))
        return replace(step, title=title, params=params, actor=self._arn(move.actor))

    def _arn(self, key: Key) -> str:
        return self.board.someone(self.being(key)).arn

    def _let_in(self, role: Key, whom: Key) -> None:
        """Have a new role trust somebody, as called then, by the step that makes it."""
        place, named = self.created[role], self.entering.setdefault(role, {})
        named[self.called[role].get(whom, self.board.person(whom).arn)] = None
        step = self.steps[place]
        params = {**step.params, "AssumeRolePolicyDocument": trust_in(*named)}
        made = replace(step, params=params)
        self.steps = (*self.steps[:place], made, *self.steps[place + 1 :])

    def _allowed(self, move: Move) -> Permission | None:
        checks: Sequence[PermissionCheck] = move.checks
        if isinstance(move.to, ControlledPrincipal) and move.to.key in self.trusting:
            if move.step.operation != "sts:AssumeRole":
                return None  # the trust policy no longer names the service
            trusted = self.board.someone(self.being(self.trusting[move.to.key]))
            checks = [with_edited_trust(check, trusted) for check in checks]
        being = self.being(move.actor)
        return self.board.may(being, checks, self.made.values(), self.clock)

    def _keep(self, move: Move) -> None:
        if isinstance(move.to, ControlledPrincipal):
            by_user = move.step.operation != "" and move.actor[0] == "user"
            key = move.to.key
            self.made.update({one.slot: one for one in move.to.changes})
            self.controlled[key] = self.controlled.get(key, False) or by_user
            if key in self.created and key[0] == "role":
                self._let_in(key, move.actor)
            return
        change = move.to
        if change.what == "created":
            self.created[change.holder] = len(self.steps) - 1
            if change.holder[0] == "role":
                self.called[change.holder] = {
                    one.holder: arn_after(self.board.entity(one.holder), one)
                    for one in self.made.values()
                    if one.what == "renamed"
                }
                self._let_in(change.holder, move.actor)
            return
        if change.what == "open" and change.holder[0] == "role":
            if move.lets_in is not None:
                self.trusting[change.holder] = move.lets_in
            return
        if change.what == "open":
            change = replace(change, whom=move.lets_in)
        self.made.pop(change.slot, None)
        self.made[change.slot] = change


def replayed(board: SearchState, start: Key, plan: Plan) -> Replay | None:
    """Return what a plan leads to; None if one of its steps is not allowed."""
    if not plan:
        return Replay(board, {start: board.may_have_mfa(start)})
    before = _remembered(board, start, plan[:-1])
    replay = before and before.copy()
    return replay if replay and replay.carry_out(plan[-1]) else None


def _remembered(board: SearchState, start: Key, plan: Plan) -> Replay | None:
    """Return what the first steps of a plan lead to: many plans of a search begin alike.

    Steps that are equal may still let in different principals, so the key is which they are.
    The plan is remembered, too: while it is there, no other step has the identity of one of its.
    """
    key = ("replayed", start, *map(id, plan))
    return board.remember(key, lambda: (plan, replayed(board, start, plan)))[1]


def path_of(
    board: SearchState, start: Key, plan: Plan, goal: Goal, end: Key
) -> EscalationPath | None:
    """Return the path that a plan is; None if it does not lead to the goal."""
    replay = replayed(board, start, plan)
    if replay is None:
        return None
    reached = goal.reached(board, replay.being(end), replay.clock)
    if reached is None or (reached.now.mfa and not replay.controlled[end]):
        return None
    principal = board.someone(replay.being(end)).arn
    return EscalationPath(replay.steps, principal, reached.now, reached.needs)
