"""The organization of a sandbox: the place of each account, and its control policies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from iam.arns import aws_control_policy_arn
from iam.authorization.applied_policies import AppliedPolicy
from iam.authorization.permission_checks import GRANTS_EVERYTHING
from iam.callers import Caller, CallerKind
from iam.models import Account, ControlPolicy, Sandbox
from iam.models.organizations import ROOT, root_id, unit_id, unit_target, units_above
from iam.models.prepared_queries import Prepared

_SCP, _RCP = ControlPolicy.Type.SCP, ControlPolicy.Type.RCP
_WITH_POLICIES = {CallerKind.ROOT, CallerKind.USER, CallerKind.ROLE, CallerKind.FEDERATED}
_FULL_ACCESS = {
    _SCP: AppliedPolicy(
        layer="SCP",
        name="FullAWSAccess",
        text=GRANTS_EVERYTHING,
        arn=aws_control_policy_arn("service_control_policy/p-FullAWSAccess"),
    ),
    _RCP: AppliedPolicy(
        layer="RCP",
        name="RCPFullAWSAccess",
        text='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", '
        '"Action": "*", "Resource": "*"}]}',
        arn=aws_control_policy_arn("resource_control_policy/p-RCPFullAWSAccess"),
    ),
}
_UNDER_RCPS = frozenset(
    {
        "aoss",
        "cognito-identity",
        "cognito-idp",
        "dynamodb",
        "ecr",
        "kms",
        "logs",
        "s3",
        "secretsmanager",
        "sqs",
        "sts",
    }
)
"""The services whose resources RCPs control, by AWS's list of 2026."""


def full_access(type_: ControlPolicy.Type) -> AppliedPolicy:
    """Return AWS's policy that allows all, which is attached wherever none replaces it."""
    return _FULL_ACCESS[type_]


@dataclass(frozen=True)
class Level:
    """One level above an account: its name in targets, and its label."""

    target: str
    label: str


@dataclass(frozen=True)
class Organization:
    """An organization: its management account, the unit of each account, its control policies."""

    id: str
    management_id: str
    units: Mapping[str, str]
    policies: Sequence[ControlPolicy]

    def path(self, account_id: str) -> str:
        """Return an account's place in the form of aws:PrincipalOrgPaths: `o-…/r-…/ou-…/`."""
        return self._paths[account_id]

    @cached_property
    def _paths(self) -> dict[str, str]:
        """The places of all accounts: each decision asks for one, and their IDs are derived."""
        root = root_id(self.id)
        return {
            account_id: "/".join(
                [self.id, root, *(unit_id(self.id, one) for one in units_above(unit)), ""]
            )
            for account_id, unit in self.units.items()
        }

    def levels(self, account_id: str) -> list[Level]:
        """Return the levels that must allow an account's calls, root first."""
        units = [
            Level(unit_target(unit), f"unit {unit}") for unit in units_above(self.units[account_id])
        ]
        return [Level(ROOT, "Root"), *units, Level(account_id, f"account {account_id}")]

    def service_controls(self, account_id: str) -> tuple[AppliedPolicy, ...]:
        """Return the service control policies that bind an account's principals."""
        return self._binding(account_id, _SCP)

    def resource_controls(self, account_id: str) -> tuple[AppliedPolicy, ...]:
        """Return the resource control policies that bind an account's resources."""
        return self._binding(account_id, _RCP)

    def _binding(self, account_id: str, type_: ControlPolicy.Type) -> tuple[AppliedPolicy, ...]:
        if account_id not in self.units or account_id == self.management_id:
            return ()
        own = [policy for policy in self.policies if policy.type == type_]
        return tuple(
            applied
            for depth, level in enumerate(self.levels(account_id))
            for applied in self._at(level, depth, own, type_)
        )

    def _at(
        self,
        level: Level,
        depth: int,
        policies: Sequence[ControlPolicy],
        type_: ControlPolicy.Type,
    ) -> Iterator[AppliedPolicy]:
        here = [policy for policy in policies if level.target in policy.targets]
        full = _FULL_ACCESS[type_]
        if type_ == _RCP or not any(policy.replaces_full_access for policy in here):
            yield full.at(depth, level.label)
        for policy in here:
            yield AppliedPolicy(
                layer=full.layer,
                name=policy.name,
                text=policy.document.text,
                attached=level.label,
                arn=policy.arn(self.id, self.management_id),
                level=depth,
            )


def _accounts(sandbox: int) -> QuerySet[Account]:
    rows: QuerySet[Account] = Account.in_sandbox(Sandbox(pk=sandbox))
    return rows.only("account_id", "organizational_unit", "management")


def _policies(sandbox: int) -> QuerySet[ControlPolicy]:
    rows: QuerySet[ControlPolicy] = ControlPolicy.in_sandbox(Sandbox(pk=sandbox))
    return rows.select_related("document")


_ACCOUNTS, _POLICIES = Prepared(_accounts), Prepared(_policies)


def organization_in(sandbox: Sandbox) -> Organization | None:
    if not sandbox.organization_id:
        return None
    accounts = _ACCOUNTS.rows(sandbox.pk)
    return Organization(
        id=sandbox.organization_id,
        management_id=next((one.account_id for one in accounts if one.management), ""),
        units={one.account_id: one.organizational_unit for one in accounts},
        policies=_POLICIES.rows(sandbox.pk),
    )


def organization_of(caller: Caller) -> Organization | None:
    """Return the organization of a caller's sandbox, read once a visit; most have none."""
    if not caller.sandbox.organization_id:
        return None
    return caller.visit.remember("organization", lambda: organization_in(caller.sandbox))


def in_one_organization(caller: Caller, account_id: str) -> bool:
    """Return whether a caller's account and another are the same, or in one organization."""
    if caller.account_id == account_id:
        return True
    found = organization_of(caller)
    return found is not None and {caller.account_id, account_id} <= found.units.keys()


def service_controls(caller: Caller) -> tuple[AppliedPolicy, ...]:
    """Return the service control policies that bind a caller."""
    found = organization_of(caller)
    if found is None or caller.kind not in _WITH_POLICIES:
        return ()
    return found.service_controls(caller.account_id)


def resource_controls(caller: Caller, action: str, account_id: str) -> tuple[AppliedPolicy, ...]:
    """Return the resource control policies that bind an account's resources, for an action."""
    found = organization_of(caller)
    if found is None or action.partition(":")[0].lower() not in _UNDER_RCPS:
        return ()
    return found.resource_controls(account_id)
