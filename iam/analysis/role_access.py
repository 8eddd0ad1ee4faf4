"""The principals that can assume each role, by trust and identity policies together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from iam.analysis.assume_candidates import EXTERNAL_ID, MFA_KEYS, Candidates
from iam.analysis.circumstances import PLAIN, Circumstances
from iam.analysis.resources import assume_check
from iam.analysis.trust_principals import named_by_type, named_in_trust
from iam.analysis.world import World
from iam.analysis.world_principals import WorldPrincipal
from iam.arns import account_named, account_of
from iam.authorization import PermissionCheck, authorize_with
from iam.callers import Caller, CallerKind, service_caller
from iam.engine import Freedom, as_list, context_keys, statements_in, ways_to
from iam.models import Role

_MOSTEXTERNAL_IDS = 3
_OF_A_SERVICE = Freedom(optional=frozenset({"aws:sourcearn"}))


@dataclass(frozen=True)
class WayIn:
    """A principal that can assume a role, and what the call needs besides (`MFA`…).

    A role's session has MFA only where somebody who signed in with it switched to the role:
    AssumeRole's credentials carry none.
    """

    someone: WorldPrincipal
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleAccess:
    """A role with all who can assume it.

    `outside` are principals of other accounts that the trust policy names: whether they can is
    for their own account to say. `federated` are identity providers.
    """

    role: Role
    ways: tuple[WayIn, ...]
    services: tuple[str, ...] = ()
    federated: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


def who_can_assume(world: World, roles: Sequence[Role] | None = None) -> list[RoleAccess]:
    """Return roles of a world (or all) with the principals of the world that can assume each."""
    candidates = Candidates(world)
    asked = world.roles if roles is None else roles
    return [_access(world, role, candidates) for role in asked]


def _access(world: World, role: Role, candidates: Candidates) -> RoleAccess:
    check = assume_check(role, role.arn, role.account.account_id)
    named = named_by_type(role)
    itself = named_in_trust(role)
    services = named.get("Service", ())
    asked = {key.lower() for key in context_keys(role.trust.text)}
    ids = _external_ids(role.trust.text) if EXTERNAL_ID in asked else []
    ways = []
    for alike in candidates.of(itself, role.trust.text):
        mfa = candidates.mfa_of(alike[0], asked=bool(asked & MFA_KEYS))
        needs = _needs(alike[0], check, _circumstances(ids, mfa))
        if needs is not None:
            ways += [WayIn(someone, needs) for someone in alike]
    ways.sort(key=lambda way: candidates.places[way.someone.arn])
    return RoleAccess(
        role,
        tuple(ways),
        services=tuple(one for one in services if service_can_assume(world, role, one)),
        federated=tuple(
            one for one in named.get("Federated", ()) if provider_can_assume(world, role, one)
        ),
        outside=tuple(_outside(world, named.get("AWS", ()))),
    )


def _needs(
    someone: WorldPrincipal,
    check: PermissionCheck,
    tried: Iterable[tuple[Circumstances, tuple[str, ...]]],
) -> tuple[str, ...] | None:
    """Return what the call that is let in needs besides; None where none is."""
    return next((needs for now, needs in tried if someone.ask(check, now).allowed), None)


def _circumstances(
    external_ids: list[str], mfa: str
) -> Iterator[tuple[Circumstances, tuple[str, ...]]]:
    """Return the ways to call that are tried: plain, with MFA, with an external ID, with both."""
    for external_id in ("", *external_ids):
        context = {"sts:ExternalId": external_id} if external_id else {}
        needs = (f"external ID {external_id}",) if external_id else ()
        yield (Circumstances(context=context) if context else PLAIN), needs
        if mfa:
            yield Circumstances(mfa=True, context=context), (mfa, *needs)


def _external_ids(text: str) -> list[str]:
    found: dict[str, None] = {}
    for statement in statements_in(text):
        for conditions in statement.get("Condition", {}).values():
            for key, values in conditions.items():
                if key.lower() == EXTERNAL_ID:
                    found.update(dict.fromkeys(map(str, as_list(values))))
    return list(found)[:_MOSTEXTERNAL_IDS]


def service_can_assume(world: World, role: Role, service: str) -> bool:
    """Return whether a service gets in for some resource of the role's account."""
    account_id = role.account.account_id
    check = assume_check(role, role.arn, account_id)
    caller = service_caller(service, world.sandbox, account_id, world.origin, world.visit)
    now = Circumstances(context={"aws:SourceAccount": account_id})
    answer = authorize_with(now.apply(caller), check, ())
    ways = ways_to(answer.request, answer.policies, _OF_A_SERVICE, allowed=True)
    sources = [next(iter(way.change.values()), None) or account_id for way in ways]
    return any(account_id in source for source in sources)


def provider_can_assume(world: World, role: Role, provider: str) -> bool:
    """Return whether an identity provider could vouch for somebody who gets in."""
    is_saml = ":saml-provider/" in provider
    check = replace(
        assume_check(role, role.arn, role.account.account_id),
        action=f"sts:AssumeRoleWith{'SAML' if is_saml else 'WebIdentity'}",
    )
    caller = Caller(
        kind=CallerKind.SAML if is_saml else CallerKind.WEB_IDENTITY,
        sandbox=world.sandbox,
        account_id=role.account.account_id,
        arn=provider,
        principal_id=provider,
        name=provider,
        origin=world.origin,
        visit=world.visit,
        federated_provider=provider,
    )
    url = provider.rpartition(":oidc-provider/")[2].lower()
    vouched = Freedom(prefixes=("saml:", f"{url}:", "aws:requesttag/"))
    answer = authorize_with(caller, check, ())
    return bool(ways_to(answer.request, answer.policies, vouched, allowed=True))


def _outside(world: World, named: tuple[str, ...]) -> Iterator[str]:
    inside = {account.account_id for account in world.accounts}
    for value in named:
        account = account_named(value) or account_of(value)
        if account and account not in inside:
            yield value
