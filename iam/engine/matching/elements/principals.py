"""Principal and NotPrincipal: whom a resource policy names, and how directly it grants."""

from collections.abc import Mapping
from enum import IntEnum

from iam.arns import ARN_FIELDS
from iam.engine.matching.elements.actions import listed
from iam.engine.matching.elements.obstacle import Obstacle
from iam.engine.principal_arn import WEB_IDENTITY_PROVIDERS
from iam.engine.request import Principal

Named = Mapping[str, tuple[str, ...]]


class Grant(IntEnum):
    """How directly a statement reaches the caller; what still limits it falls as it rises."""

    NONE = 0
    ACCOUNT = 1
    """The caller's account: it delegates, the identity policies must allow."""
    ROLE = 2
    """The role behind a session (or the user behind a federated one): boundary and session
    policies limit it."""
    EVERYONE = 3
    """`*`: no implicit deny of the identity side limits it."""
    DIRECT = 4
    """The user or the session itself: no implicit deny of the identity side limits it."""


class PrincipalElement:
    """The principals a statement names by type, or with NotPrincipal everybody else."""

    __slots__ = ("named", "negated")

    def __init__(self, named: Named, *, negated: bool) -> None:
        self.named = named
        self.negated = negated

    @property
    def patterns(self) -> int:
        """How many names are compared."""
        return sum(map(len, self.named.values()))

    def grant(self, principal: Principal, bound: Mapping[str, str], *, bounded: bool) -> Grant:
        """Return how directly the statement reaches a principal; `bounded` if it has a boundary."""
        if not self.negated:
            return self._best(principal, bound)
        everyone_but = not bounded and self._names_whole_chain(principal, bound)
        return Grant.NONE if everyone_but else Grant.DIRECT

    def obstacle(self, principal: Principal) -> Obstacle:
        """Why the statement is not about the principal."""
        texts = tuple(text for values in self.named.values() for text in values)
        who = principal.arn or principal.provider or ", ".join(principal.services) or principal.kind
        if self.negated:
            sentence = f"NotPrincipal: `{who}` is among those left out"
            return Obstacle("NotPrincipal", sentence, (who,), texts, negated=True)
        return Obstacle("Principal", f"Principal: `{who}` is not {listed(texts)}", (who,), texts)

    def _best(self, principal: Principal, bound: Mapping[str, str]) -> Grant:
        best = Grant.NONE
        for type_, values in self.named.items():
            for value in values:
                best = max(best, grant_of(type_, value, principal, bound.get(value, "")))
        return best

    def _names_whole_chain(self, principal: Principal, bound: Mapping[str, str]) -> bool:
        """Whether account, role and session are all left out: AWS asks for every one of them."""
        found = {
            grant_of(type_, value, principal, bound.get(value, ""))
            for type_, values in self.named.items()
            for value in values
        }
        return Grant.EVERYONE in found or _chain(principal) <= found


def grant_of(type_: str, value: str, principal: Principal, bound: str) -> Grant:
    """Return how directly one value of a Principal element reaches a principal.

    `bound` is the unique ID that a user or role ARN turned into when the policy was saved.
    """
    if value == "*" and type_ in {"*", "AWS"}:
        return Grant.EVERYONE
    match type_:
        case "AWS":
            return _aws(value, principal, bound)
        case "Service":
            named = principal.kind == "service" and value in (*principal.services, principal.arn)
        case "Federated":
            named = _is_provider(value, principal.provider)
        case _:
            named = value == principal.canonical_id != ""
    return Grant.DIRECT if named else Grant.NONE


def _is_provider(value: str, provider: str) -> bool:
    """Whether a name is a provider's: AWS's built-in ones, such as Google, have names of their own.

    Where an account holds the keys of such a provider, both its ARN and the name are meant.
    """
    built_in = value in WEB_IDENTITY_PROVIDERS and provider.endswith(f":oidc-provider/{value}")
    return provider != "" and (value == provider or built_in)


def _aws(value: str, principal: Principal, bound: str) -> Grant:
    if not principal.has_identity_policies:
        return Grant.NONE
    if _names_account(value, principal.account):
        return Grant.DIRECT if principal.kind == "root" else Grant.ACCOUNT
    itself, behind = _identities(principal, bound or value)
    if itself:
        return Grant.DIRECT
    return Grant.ROLE if behind else Grant.NONE


def _names_account(value: str, account: str) -> bool:
    if not account:
        return False
    if value.startswith("arn:"):
        return value.count(":") == ARN_FIELDS - 1 and value.endswith(f":iam::{account}:root")
    return value == account


def _identities(principal: Principal, value: str) -> tuple[bool, bool]:
    """Whether a value (ARN or unique ID) is the principal itself, and the entity behind it."""
    if not value.startswith("arn:"):
        return value == principal.unique_id != "", value == principal.role_id != ""
    behind = value == principal.role_arn != ""
    return value == principal.arn and not behind, behind


def _chain(principal: Principal) -> set[Grant]:
    match principal.kind:
        case "user":
            return {Grant.ACCOUNT, Grant.DIRECT}
        case "role" | "federated-user":
            behind = {Grant.ROLE} if principal.role_arn else set()
            return {Grant.ACCOUNT, Grant.DIRECT} | behind
        case _:
            return {Grant.DIRECT}
