"""The parts of a path to a goal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iam.analysis.circumstances import PLAIN, Circumstances
from iam.analysis.sentences import granted_by
from iam.arns import aws_policy_arn
from iam.authorization import Authorization, PermissionCheck
from iam.authorization.policies_of_many import Key

ADMINISTRATOR_ACCESS = aws_policy_arn("AdministratorAccess")


@dataclass(frozen=True)
class EscalationStep:
    """One thing done by a principal to another or to itself, and why it is allowed.

    `operation` and `params` are the call that does it, where one call of IAM or STS does;
    `source` is where the way is documented. `now` are the circumstances of the call, `needs`
    says in words what they are besides plain.
    """

    title: str
    actions: tuple[str, ...]
    actor: str
    target: str
    source: str
    reason: str = field(compare=False)
    operation: str = field(default="", compare=False)
    params: Mapping[str, Any] = field(default_factory=dict, compare=False)
    now: Circumstances = field(default=PLAIN, compare=False)
    needs: str = field(default="", compare=False)


@dataclass(frozen=True)
class EscalationPath:
    """Steps that lead to a goal, reached by a principal; none if it is there now.

    `now` are the circumstances in which it is there.
    """

    steps: tuple[EscalationStep, ...]
    principal: str
    now: Circumstances = PLAIN
    needs: str = ""


@dataclass(frozen=True)
class EntityChange:
    """Something done to a user, role, group or policy that stays as it is afterwards.

    `what`: `administrator` (a policy that allows everything), `unbounded` (no boundary, or the
    one in `value`), `open` (a group that takes members, a role's trust that takes names), `left`
    (a group without the user `whom`), `rewritten` (a policy that allows everything), `version`
    (a policy set back to one), `removed` (without the policy `name`: an ARN, or an inline name),
    `replaced` (that policy allows everything), `tagged` (the tag `name` has the `value`; None:
    there is no such tag), `session tag` (a role's session has it), `created` (a new user or role),
    `renamed` (a user or group has the path `name` and is called `value`).
    """

    what: str
    holder: Key
    version: int = 0
    name: str = ""
    value: str | None = None
    whom: Key | None = None

    @property
    def slot(self) -> tuple[object, ...]:
        """Return what only one change can settle: the later one wins."""
        match self.what:
            case "tagged":
                return "tag", self.holder, self.name.lower()
            case "removed" | "replaced":
                return "policy", self.holder, self.name
            case "rewritten" | "version":
                return "text", self.holder
            case "left" | "open" if self.holder[0] == "group":
                return "member", self.holder, self.whom
            case "open" | "renamed":
                return {"open": "trust", "renamed": "name"}[self.what], self.holder
            case _:
                return self.what, self.holder, self.name

    @property
    def may_take(self) -> bool:
        """Return whether it may take power from somebody, so that a plan's order matters."""
        trust = self.what == "open" and self.holder[0] == "role"
        return trust or self.what in {
            "left",
            "removed",
            "renamed",
            "replaced",
            "tagged",
            "unbounded",
            "version",
        }


@dataclass(frozen=True)
class ControlledPrincipal:
    """A principal under control, with the changes that bear on it."""

    key: Key
    changes: frozenset[EntityChange] = frozenset()

    def after(self, change: EntityChange) -> "ControlledPrincipal":
        """Return it after one more change, which replaces what it undoes."""
        joins = {"open": "left", "left": "open"}.get(change.what)
        kept = {
            one
            for one in self.changes
            if one.slot != change.slot
            and not (joins and one.what == joins and one.holder == change.holder)
        }
        return ControlledPrincipal(self.key, frozenset({*kept, change}))


@dataclass(frozen=True)
class Move:
    """A step and what it leads to: another principal under control, or a change.

    `actor` makes the step, which needs the `checks`. Where a change lets in whoever it names, it
    lets in `lets_in`.
    """

    step: EscalationStep
    to: ControlledPrincipal | EntityChange
    actor: Key = field(compare=False)
    checks: tuple[PermissionCheck, ...] = field(compare=False)
    lets_in: Key | None = field(default=None, compare=False)

    @property
    def order_matters(self) -> bool:
        """Return whether what is done before or after it may decide whether it works."""
        now = self.step.now
        late = now.at is not None or (now.mfa and self.actor[0] == "role")
        return late or (isinstance(self.to, EntityChange) and self.to.may_take)


def reason_of(answers: Iterable[Authorization]) -> str:
    return "; ".join(f"{one.check.action} is allowed by {granted_by(one)}" for one in answers)
