"""Who could assume a role, those together who are answered alike."""

from collections.abc import Hashable, Iterator
from functools import cached_property, lru_cache

from iam.analysis.trust_principals import lets_in_aws
from iam.analysis.world import World
from iam.analysis.world_principals import WorldPrincipal
from iam.authorization.organization import organization_of
from iam.engine import context_keys

MFA_KEYS = {"aws:multifactorauthpresent", "aws:multifactorauthage"}
EXTERNAL_ID = "sts:externalid"
_ASSUMING = "sts:assumerole"
_OF_EVERYBODY = MFA_KEYS | {
    EXTERNAL_ID,
    "aws:currenttime",
    "aws:epochtime",
    "aws:principalaccount",
    "aws:requestedregion",
    "aws:resourceaccount",
    "aws:securetransport",
    "aws:sourceip",
    "aws:useragent",
    "sts:rolesessionname",
}
"""Keys that have one value for all principals of a kind in an account."""


class Candidates:
    """The users and roles of a world, for the question who can assume each of its roles."""

    def __init__(self, world: World) -> None:
        self._people = list(world.people.values())
        self._entered = {one.arn for one in world.roles if lets_in_aws(one)}
        self.places = {one.arn: place for place, one in enumerate(self._people)}
        self._by_name: dict[str, list[WorldPrincipal]] = {}
        for one in self._people:
            for name in one.names:
                self._by_name.setdefault(name, []).append(one)

    @cached_property
    def _speaking(self) -> list[WorldPrincipal]:
        return [one for one in self._people if one.speaks_of("sts:AssumeRole")]

    @cached_property
    def _alike(self) -> list[list[WorldPrincipal]]:
        """Return those with a policy about assuming roles, by all that decides about them."""
        found: dict[Hashable, list[WorldPrincipal]] = {}
        in_organization = any(organization_of(one.caller) for one in self._speaking[:1])
        for one in self._speaking:
            alone = in_organization or any(_asks_who(policy.text, _ASSUMING) for policy in one.own)
            policies = tuple((policy.layer, policy.text) for policy in one.own)
            known_as = (one.kind, one.account_id, one.arn in self._entered, policies)
            found.setdefault(one.arn if alone else known_as, []).append(one)
        return list(found.values())

    def of(self, named: frozenset[str], trust: str) -> Iterator[list[WorldPrincipal]]:
        """Yield who is asked about a role whose trust policy names these principals.

        Without a policy about assuming roles, only a trust policy that names it lets it in.
        """
        if "*" in named:
            yield from ([one] for one in self._people)
            return
        by_name = {one.arn: one for name in named for one in self._by_name.get(name, ())}
        tells_apart = _asks_who(trust) or "NotPrincipal" in trust
        yield from ([one] for one in by_name.values())
        for alike in [[one] for one in self._speaking] if tells_apart else self._alike:
            others = [one for one in alike if one.arn not in by_name] if by_name else alike
            if others:
                yield others

    def mfa_of(self, someone: WorldPrincipal, *, asked: bool) -> str:
        """Return how a principal gets MFA where the role's or its own policies ask for it.

        Empty where none asks, and for a role that no person switches to.
        """
        if not asked and not someone.asks_about(MFA_KEYS):
            return ""
        if someone.kind != "role":
            return "MFA"
        return "MFA at the console's sign-in" if someone.arn in self._entered else ""


@lru_cache(maxsize=1024)
def _asks_who(text: str, action: str = "") -> bool:
    """Return whether a policy asks for a key that may differ among an account's principals."""
    return any(key.lower() not in _OF_EVERYBODY for key in context_keys(text, action))
