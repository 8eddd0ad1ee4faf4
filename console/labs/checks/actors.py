"""Who did what an event has: the subjects of checks, found again in records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.labs.checks.case import Case
from console.labs.checks.subjects import subject_of
from iam.arns import role_arn, user_arn
from iam.models import Event
from sts.built_in import person_of

Asks = Mapping[str, Any]


@dataclass(frozen=True)
class Actor:
    """Who may have acted: by any of these IDs, a session of any of these roles, and so on.

    `arns` are of who may be gone by now; `names` of people whom a provider vouched for; `keys`
    are access keys. `session` is the name that a role's session must have, `switcher` the ARN of
    who switches roles in the console: the event of that is the role's.
    """

    called: str
    ids: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    arns: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    session: str = ""
    switcher: str = ""

    def is_behind(self, principal_id: str) -> bool:
        """Return whether a principal ID of an event is this one's, or of its role's session."""
        role, colon, session = principal_id.partition(":")
        of_role = bool(colon) and role in self.roles and self.session in {"", session}
        return of_role or principal_id in self.ids

    def did(self, event: Event) -> bool:
        """Return whether an event is of something that this one did."""
        return (
            self.is_behind(event.principal_id)
            or event.access_key_id in self.keys
            or bool(self.arns & _arns_of(event))
            or bool(self.names & _names_of(event))
            or (bool(self.switcher) and self.switcher in _switchers_of(event))
        )


def _arns_of(event: Event) -> set[str]:
    """Return the ARNs of who acted: the identity's, and its role's."""
    identity = event.record["userIdentity"]
    issuer = identity.get("sessionContext", {}).get("sessionIssuer", {})
    return {one for one in (identity.get("arn"), issuer.get("arn")) if one}


def _switchers_of(event: Event) -> set[str]:
    """Return the ARNs between which somebody switched in the console."""
    data = event.record.get("additionalEventData") or {}
    return {data.get("SwitchFrom", ""), data.get("SwitchTo", "")}


def _names_of(event: Event) -> set[str]:
    """Return the names of a person: as a provider's subject, or as the session is called."""
    identity = event.record["userIdentity"]
    session = event.principal_id.partition(":")[2]
    return {one for one in (identity.get("userName"), session) if one}


def _named(case: Case, reference: str) -> Actor:
    principal = case.principal(reference)
    if principal is None:  # never there, or gone: records still name it
        account, _, name = reference.partition("/")
        account_id = case.account_id(account)
        gone = {user_arn(account_id, name), role_arn(account_id, name)}
        return Actor(reference, arns=frozenset({reference, *gone}))
    of = frozenset({principal.unique_id})
    if principal.kind == "role":
        return Actor(principal.called, roles=of)
    return Actor(principal.called, ids=of, switcher=principal.arn)


def _chain(case: Case, asks: Asks) -> Actor:
    last = asks["chain"][-1]
    role = last["role"] if isinstance(last, Mapping) else last
    actor = _named(case, case.arn(role, "role"))
    session = asks.get("session_name", "")
    return Actor(f"a session of {role}", roles=actor.roles, arns=actor.arns, session=session)


def _root(case: Case, asks: Asks) -> Actor:
    return Actor("the root user", ids=frozenset({case.account_id(asks["root"])}))


def _saved(case: Case, asks: Asks) -> Actor:
    saved = case.saved.get(asks["credentials"], {})
    keys = saved.get("Credentials") or saved.get("AccessKey") or {}
    return Actor(
        f"the credentials {asks['credentials']}", keys=frozenset({keys.get("AccessKeyId", "-")})
    )


def _person(case: Case, asks: Asks) -> Actor:
    row = person_of(case.sandbox, asks["person"])
    names = {asks["person"], row.email} if row is not None else {asks["person"]}
    return Actor(asks["person"], names=frozenset(names))


def _other(case: Case, asks: Asks) -> Actor:
    """Return a service, or whom STS would give temporary credentials of the same name."""
    subject = subject_of(case, {"as": asks}, {})
    known = subject.principal.caller.principal_id if subject.principal else ""
    return Actor(subject.called, ids=frozenset({known} - {""}))


_FORMS: dict[str, Callable[[Case, Asks], Actor]] = {
    "chain": _chain,
    "root": _root,
    "credentials": _saved,
    "person": _person,
    "user": lambda case, asks: _named(case, asks["user"]),
}


def actor_of(case: Case, asks: Any) -> Actor:
    """Return who a check's `by` means."""
    if isinstance(asks, str):
        return _named(case, asks)
    form = next((make for name, make in _FORMS.items() if name in asks), _other)
    return form(case, asks)
