"""The goals of an escalation: to be administrator, to act as a role, to do an action."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from iam.analysis.escalation.search_state import Permission, SearchState
from iam.analysis.escalation.steps import ControlledPrincipal
from iam.analysis.resources import CheckFor, check_on
from iam.arns import object_arn, policy_arn, role_arn, user_arn
from iam.authorization import PermissionCheck

_UNKNOWN = "rolecall:AnythingAtAll"
_PROBES = (
    (_UNKNOWN, "*"),
    ("iam:CreateUser", user_arn("{}", "rolecall-probe")),
    ("iam:PutUserPolicy", user_arn("{}", "rolecall-probe")),
    ("iam:AttachRolePolicy", role_arn("{}", "rolecall-probe")),
    ("iam:CreatePolicyVersion", policy_arn("{}", "rolecall-probe")),
    ("iam:PassRole", role_arn("{}", "rolecall-probe")),
    ("sts:AssumeRole", role_arn("{}", "rolecall-probe")),
    ("s3:GetObject", object_arn("rolecall-probe", "key")),
    ("ec2:RunInstances", "*"),
    ("kms:Decrypt", "*"),
)
"""Who may do all of these on things that do not exist may do everything: only wildcards allow."""


@dataclass(frozen=True)
class Administrator:
    """To be allowed everything."""

    def reached(
        self, board: SearchState, being: ControlledPrincipal, after: datetime | None = None
    ) -> Permission | None:
        account_id = board.someone(being).account_id
        probes = [PermissionCheck(action, arn.format(account_id)) for action, arn in _PROBES]
        return board.may(being, probes, after=after)


@dataclass(frozen=True)
class ActAs:
    """To act as a role (or a user), named by its ARN."""

    arn: str

    def reached(
        self, board: SearchState, being: ControlledPrincipal, after: datetime | None = None
    ) -> Permission | None:
        return Permission() if board.person(being.key).arn == self.arn else None


@dataclass(frozen=True)
class Do:
    """To do an action on a resource."""

    action: str
    resource: str = "*"

    def reached(
        self, board: SearchState, being: ControlledPrincipal, after: datetime | None = None
    ) -> Permission | None:
        check_for = self.check_for(board)
        return board.may(being, [check_for(board.someone(being).caller)], after=after)

    def check_for(self, board: SearchState) -> CheckFor:
        make = partial(check_on, board.world, self.action, self.resource)
        return board.remember(self, make)

    def texts(self, board: SearchState) -> tuple[str, ...]:
        """Return the resource's policy, if it has one: it may ask about tags."""
        people = list(board.world.people.values())
        policy = self.check_for(board)(people[0].caller).policy if people else None
        return (policy.text,) if policy else ()


Goal = Administrator | ActAs | Do
ADMINISTRATOR = Administrator()
