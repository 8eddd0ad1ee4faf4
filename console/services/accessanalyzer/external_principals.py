"""The external principals that a resource's policy names, as callers to ask about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iam.analysis import World, WorldPrincipal, stranger_in
from iam.analysis.resources import CheckFor
from iam.arns import (
    account_named,
    account_of,
    assumed_role_arn,
    parse_arn,
    parse_iam_arn,
    role_arn,
)
from iam.callers import Caller, CallerKind, PrincipalBehind
from iam.engine import Freedom
from iam.engine.decision.statement import Statement

Trusted = Callable[[str], bool]
"""Whether an account is in the zone of trust."""
_CHOSEN = frozenset(
    {
        "aws:currenttime",
        "aws:epochtime",
        "aws:requestedregion",
        "aws:securetransport",
        "aws:sourceip",
        "aws:useragent",
        "sts:rolesessionname",
    }
)
_LEFT_OUT = frozenset(
    {
        "aws:multifactorauthage",
        "aws:multifactorauthpresent",
        "aws:referer",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:tagkeys",
        "sts:externalid",
        "sts:sourceidentity",
    }
)
_WHO = frozenset(
    {"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths"}
)
"""Keys of who calls: somebody unknown may be anybody outside the zone of trust."""
_PREFIXES = ("aws:principaltag/", "aws:requesttag/", "lambda:", "s3:", "sts:transitivetagkeys")
KNOWN = Freedom(sent=_CHOSEN, optional=_LEFT_OUT, prefixes=_PREFIXES)
UNKNOWN = Freedom(sent=_CHOSEN | _WHO, optional=_LEFT_OUT, prefixes=(*_PREFIXES, "aws:userid"))
PROBE = "rolecall-probe"


@dataclass(frozen=True)
class AnalyzedResource:
    """A resource with its policy; `actions` are those that a policy can allow on it.

    `check` makes the permission check of an action on an ARN for each caller.
    """

    arn: str
    type: str
    owner: str
    policy: str
    bound: Mapping[str, str]
    actions: Sequence[str]
    check: Callable[[str, str], CheckFor]


@dataclass(frozen=True)
class AskedCaller:
    """Somebody who is asked about, and the keys that it can choose."""

    someone: WorldPrincipal
    freedom: Freedom


def principals_in(
    statement: Statement, resource: AnalyzedResource, trusted: Trusted
) -> Iterator[tuple[str, str]]:
    """Yield the external principals that a statement names: services of AWS are none."""
    element = statement.principals
    if element is None:
        return
    if element.negated:
        yield "AWS", "*"
        return
    for type_, values in element.named.items():
        for value in values:
            external = _external(type_, value, trusted)
            if external is not None:
                yield external


def _external(type_: str, value: str, trusted: Trusted) -> tuple[str, str] | None:
    """Return a principal of a policy as findings have it; None within the zone of trust."""
    if value == "*":
        return "AWS", "*"
    if type_ == "Federated":
        return type_, value
    root = account_named(value)
    account = root or account_of(value)
    outside = type_ == "AWS" and account and not trusted(account)
    return (type_, root or value) if outside else None


def asked_about(
    world: World, resource: AnalyzedResource, principal: tuple[str, str], trusted: Trusted
) -> list[AskedCaller]:
    """Return who is asked about for a principal of a policy."""
    type_, value = principal
    if type_ == "Federated":
        return [AskedCaller(_vouched(world, resource, value), _of_provider(value))]
    if value != "*":
        return [AskedCaller(_named(world, resource, value), KNOWN)]
    outside = [one.account_id for one in world.accounts if not trusted(one.account_id)]
    known = [AskedCaller(stranger_in(world, one), KNOWN) for one in outside]
    return [AskedCaller(stranger_in(world), UNKNOWN), *known]


def _named(world: World, resource: AnalyzedResource, value: str) -> WorldPrincipal:
    """Return the principal of an account, or of an ARN, as an administrator."""
    account_id = account_named(value) or account_of(value)
    stranger = stranger_in(world, account_id)
    unique_id = resource.bound.get(value) or stranger.unique_id
    session, role = parse_arn(value), parse_iam_arn(value, "role")
    caller = stranger.caller
    if role is not None:
        behind = PrincipalBehind(0, role.name, value, unique_id)
        caller = _session(caller, behind, assumed_role_arn(account_id, role.name, PROBE))
    elif session and session.service == "sts" and session.type == "assumed-role":
        name = session.id.partition("/")[0]
        behind = PrincipalBehind(0, name, role_arn(account_id, name), unique_id)
        caller = _session(caller, behind, value)
    elif parse_iam_arn(value, "user"):
        caller = replace(caller, arn=value, principal_id=unique_id)
    return replace(stranger, caller=caller)


def _session(caller: Caller, role: PrincipalBehind, arn: str) -> Caller:
    name = arn.rpartition("/")[2]
    principal_id = f"{role.unique_id}:{name}"
    return replace(
        caller, kind=CallerKind.ROLE, arn=arn, name=name, principal_id=principal_id, role=role
    )


def _of_provider(value: str) -> Freedom:
    url = value.rpartition(":oidc-provider/")[2].lower()
    return Freedom(sent=_CHOSEN, optional=_LEFT_OUT, prefixes=("saml:", f"{url}:", *_PREFIXES))


def _vouched(world: World, resource: AnalyzedResource, provider: str) -> WorldPrincipal:
    """Return somebody for whom an identity provider vouches."""
    saml = ":saml-provider/" in provider
    caller = Caller(
        kind=CallerKind.SAML if saml else CallerKind.WEB_IDENTITY,
        sandbox=world.sandbox,
        account_id=resource.owner,
        arn=provider,
        principal_id=provider,
        name=provider,
        origin=world.origin,
        visit=world.visit,
        federated_provider=provider,
    )
    return WorldPrincipal("federated", provider, provider, resource.owner, provider, caller)
