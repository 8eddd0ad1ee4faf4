"""The access of principals: their own permissions, and those of the roles they can assume.

Probes are questions about things that no policy's author thought of, such as a key named
`rolecall-probe`, and about every role and bucket that exists.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from iam import catalogue
from iam.analysis.circumstances import PLAIN, Circumstances
from iam.analysis.resources import assume_check, check_on
from iam.analysis.role_access import RoleAccess, who_can_assume
from iam.analysis.world import World
from iam.analysis.world_principals import WorldPrincipal
from iam.arns import (
    aws_policy_arn,
    policy_arn,
    role_arn,
    user_arn,
)
from iam.authorization import AppliedPolicy, PermissionCheck
from iam.callers import Caller, CallerKind
from iam.engine import Freedom, ways_to

Probe = tuple[str, str]
"""An action and the resource it is tried on."""

STRANGER = "a stranger's account"
_STRANGERS_ID = "999900009999"
_UNIQUE_ID = "AIDASTRANGERSTRANGER"
TAGS_OF_ITS_OWN = ("aws:principaltag/",)
"""What a stranger can choose besides: it tags the users and roles of its own account."""
_TAGGED_AT_WILL = Freedom(prefixes=TAGS_OF_ITS_OWN)
_ADMINISTRATOR_ACCESS = aws_policy_arn("AdministratorAccess")
_MFA = Circumstances(mfa=True)
_OF_A_STRANGER = (
    PLAIN,
    Circumstances(context={"sts:ExternalId": "rolecall-probe"}),
    Circumstances(context={"aws:PrincipalOrgID": "o-rolecallprobe"}),
)
_ON_USERS = (
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:UpdateLoginProfile",
    "iam:PutUserPolicy",
    "iam:AttachUserPolicy",
    "iam:DeleteUserPolicy",
    "iam:DetachUserPolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:TagUser",
    "iam:DeactivateMFADevice",
)
_ON_ROLES = (
    "iam:UpdateAssumeRolePolicy",
    "iam:PutRolePolicy",
    "iam:AttachRolePolicy",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PassRole",
    "iam:TagRole",
    "iam:DeleteRole",
)
_ON_POLICIES = ("iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicy")
_ON_BUCKETS = ("s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:ListBucket")
_ON_OBJECTS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
_ON_NOTHING = ("iam:CreateUser", "iam:CreateRole", "iam:CreatePolicy", "cloudtrail:StopLogging")
NAME = "rolecall-probe"


@dataclass(frozen=True)
class Access:
    """The access of one principal: by itself, the roles it gets into, and with all of them."""

    own: frozenset[Probe] = frozenset()
    roles: frozenset[str] = frozenset()
    reached: frozenset[Probe] = field(default=frozenset())


def probes_of(world: World, buckets: Iterable[str] = ()) -> tuple[Probe, ...]:
    """Return the default probes of a world; `buckets` are ARNs."""
    found: list[Probe] = [(action, "*") for action in _ON_NOTHING]
    for account in world.accounts:
        owner = account.account_id
        found += [(action, user_arn(owner, NAME)) for action in _ON_USERS]
        found += [(action, role_arn(owner, NAME)) for action in _ON_ROLES]
        found += [(action, policy_arn(owner, NAME)) for action in _ON_POLICIES]
    found += [(action, role.arn) for role in world.roles for action in _ON_ROLES]
    for bucket in buckets:
        found += [(action, bucket) for action in _ON_BUCKETS]
        found += [(action, f"{bucket}/{NAME}") for action in _ON_OBJECTS]
    return tuple(found)


def probe_for(action: str, resource: str) -> Probe:
    """Return the probe that stands for every user, role or policy of a resource's account."""
    kind = resource.partition("/")[0]
    return action, f"{kind}/{NAME}"


def _own(world: World, probes: Sequence[Probe]) -> dict[str, frozenset[Probe]]:
    """Ask every probe of every user and role; each check is looked up once for all."""
    people = list(world.people.values())
    allowed: dict[str, set[Probe]] = {one.arn: set() for one in people}
    for probe in probes:
        check_for = check_on(world, *probe)
        for one in people:
            check = check_for(one.caller)
            if check.policy is None and not one.speaks_of(check.action):
                continue  # nothing but its own policies could allow it
            if one.ask(check).allowed or (_asks_of_mfa(one) and one.ask(check, _MFA).allowed):
                allowed[one.arn].add(probe)
    return {arn: frozenset(found) for arn, found in allowed.items()}


def _asks_of_mfa(someone: WorldPrincipal) -> bool:
    return someone.asks_about({"aws:multifactorauthpresent", "aws:multifactorauthage"})


def strangers_in(world: World) -> list[WorldPrincipal]:
    """Return an administrator of an account that nobody here knows, and of each without people."""
    inhabited = {one.account_id for one in world.people.values()}
    accounts = [one.account_id for one in world.accounts if one.account_id not in inhabited]
    return [stranger_in(world), *(stranger_in(world, one) for one in accounts)]


def namesakes_in(world: World, text: str) -> list[WorldPrincipal]:
    """Return strangers who are called as users that a policy's text mentions."""
    named = {user.name for user in world.users if user.name in text}
    return [stranger_in(world, name=one) for one in sorted(named)]


def stranger_in(
    world: World, account_id: str = _STRANGERS_ID, name: str = "stranger"
) -> WorldPrincipal:
    """Return an administrator of an account: by default one that nobody here knows."""
    policy = catalogue.managed_policy(_ADMINISTRATOR_ACCESS)
    text = policy.document if policy else ""
    arn = user_arn(account_id, name)
    caller = Caller(
        kind=CallerKind.USER,
        sandbox=world.sandbox,
        account_id=account_id,
        arn=arn,
        principal_id=_UNIQUE_ID,
        name=name,
        origin=world.origin,
        visit=world.visit,
    )
    own = (AppliedPolicy("PRINCIPAL", "AdministratorAccess", text, arn=_ADMINISTRATOR_ACCESS),)
    return WorldPrincipal("user", name, arn, account_id, caller.principal_id, caller, own)


def is_stranger(someone: WorldPrincipal) -> bool:
    return someone.unique_id == _UNIQUE_ID


def _gets_in(stranger: WorldPrincipal, check: PermissionCheck) -> bool:
    """Return whether a stranger gets into a role, with whatever tags it gives itself."""
    answers = [stranger.ask(check, now) for now in _OF_A_STRANGER]
    if any(one.allowed for one in answers):
        return True
    ways = (ways_to(one.request, one.policies, _TAGGED_AT_WILL, allowed=True) for one in answers)
    trust = check.policy.text.lower() if check.policy else ""
    return "principaltag" in trust and any(ways)


def entered_by_strangers(world: World) -> dict[str, set[str]]:
    """Return the roles that strangers get into: who is nobody's, and by ARN those of the world."""
    found: dict[str, set[str]] = {}
    strangers = strangers_in(world)
    for role in world.roles:
        check = assume_check(role, role.arn, role.account.account_id)
        for stranger in (*strangers, *namesakes_in(world, role.trust.text)):
            unknown = stranger.account_id == _STRANGERS_ID
            entered = found.setdefault(STRANGER if unknown else stranger.arn, set())
            if _gets_in(stranger, check):
                entered.add(role.arn)
    return found


def _edges(accesses: Iterable[RoleAccess]) -> dict[str, set[str]]:
    """Return who gets into which roles: users, roles, services and identity providers."""
    edges: dict[str, set[str]] = {}
    for access in accesses:
        inside = [way.someone.arn for way in access.ways]
        for who in (*inside, *access.services, *access.federated):
            edges.setdefault(who, set()).add(access.role.arn)
    return edges


def _closure(start: Iterable[str], edges: Mapping[str, set[str]]) -> frozenset[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        role = waiting.pop()
        if role not in reached:
            reached.add(role)
            waiting += edges.get(role, ())
    return frozenset(reached)


def access_of(world: World, probes: Sequence[Probe] | None = None) -> dict[str, Access]:
    """Return what everybody reaches, by ARN; services and providers by their name in the policy."""
    own = _own(world, probes_of(world) if probes is None else probes)
    edges = _edges(who_can_assume(world))
    edges |= entered_by_strangers(world)
    found = {}
    for who in {*own, *edges}:
        roles = _closure(edges.get(who, ()), edges)
        reached = own.get(who, frozenset()).union(*(own.get(role, ()) for role in roles))
        found[who] = Access(own.get(who, frozenset()), roles, reached)
    return found
