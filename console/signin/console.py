"""The console of a request: the signed-in identity, and the active role."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest

from console.labs.checks import Happening
from console.signin.access import may_run, sees_all
from console.signin.state import ActiveRole, ConsoleStore, KeptConsole
from iam.callers import Caller, CallerKind, Origin, Visit
from iam.wire.errors import AwsError
from sts.built_in import name_of
from sts.credentials import caller_of, open_token
from sts.sign_in import account_name

if TYPE_CHECKING:
    from iam.models import Sandbox


@dataclass(frozen=True)
class SignedInIdentity:
    """An identity as the account menu shows it."""

    name: str
    account_id: str
    account_name: str
    account_alias: str


@dataclass(frozen=True)
class OtherConsole:
    """Another session of this browser: its active identity, and its first page."""

    label: str
    account_id: str
    url: str


@dataclass(frozen=True)
class Console:
    """A signed-in console; `caller` makes its calls, `base` is the identity that signed in.

    `ended` is why the active role ended; until the user has seen it,
    `caller` is the base, and nothing is performed. `identities` are what the console's forms may
    have been rendered for. `others` are the browser's other sessions. A visitor who
    `sees_all` may have everybody's calls explained.
    """

    console_id: str
    base: Caller
    caller: Caller
    role: ActiveRole | None
    runs_sandbox: bool
    sees_all: bool
    history: list[dict[str, str]] = field(default_factory=list)
    ended: str = ""
    others: list[OtherConsole] = field(default_factory=list)
    identities: frozenset[str] = frozenset()

    @property
    def sandbox(self) -> Sandbox:
        return self.base.sandbox

    @property
    def provider(self) -> str:
        """Return the slug of the sandbox's identity provider."""
        return name_of(self.sandbox).slug

    @property
    def account_id(self) -> str:
        return self.caller.account_id

    @property
    def identity(self) -> str:
        """Return the value that each form carries, so that another identity cannot send it."""
        return self.caller.access_key_id

    @property
    def is_role(self) -> bool:
        return self.role is not None

    @property
    def is_root(self) -> bool:
        return self.base.kind is CallerKind.ROOT

    @property
    def is_federated(self) -> bool:
        """Return whether the sign-in was by an identity provider, without an IAM user."""
        return self.base.kind in {CallerKind.ROLE, CallerKind.FEDERATED}

    @property
    def can_switch(self) -> bool:
        return not self.is_root

    @property
    def seconds_left(self) -> int:
        """Return how long the active session lasts, by the sandbox's clock."""
        ends = self.caller.expires_at
        return int((ends - self.caller.now).total_seconds()) if ends else 0

    @property
    def label(self) -> str:
        return self.role.display_name if self.role else self.signed_in_as.name

    @property
    def color(self) -> str:
        return self.role.color if self.role else ""

    @property
    def may_run(self) -> bool:
        """Return whether the visitor may restart the sandbox and move its clock."""
        return self.runs_sandbox

    @property
    def frame_key(self) -> tuple[object, ...]:
        """Return all that the frame shows of the console, but for the identity in its forms."""
        return (
            *(self.sandbox.name, self.provider, self.label, self.color),
            *(self.signed_in_as, self.active_as, self.is_root, self.is_federated, self.may_run),
            tuple(tuple(role.items()) for role in self.history),
            tuple(self.others),
        )

    @property
    def principal_ids(self) -> set[str]:
        """Return the principal IDs whose calls are explained to this visitor."""
        return {self.base.principal_id, self.caller.principal_id}

    def _person(self, name: str, account_id: str) -> SignedInIdentity:
        return SignedInIdentity(name, account_id, *self._named(account_id))

    def _named(self, account_id: str) -> tuple[str, str]:
        """Return an account's name and alias: it was read to sign in, unless a write changed it."""
        account = self.base.visit.memory.get(("account", account_id))
        return (account.name, account.alias) if account else account_name(self.sandbox, account_id)

    @cached_property
    def signed_in_as(self) -> SignedInIdentity:
        if self.is_root:
            name, alias = self._named(self.base.account_id)
            return SignedInIdentity(name, self.base.account_id, name, alias)
        return self._person(signed_in_name(self.base), self.base.account_id)

    @cached_property
    def active_as(self) -> SignedInIdentity | None:
        """Return the active role, for the menu's *Currently active as*."""
        if self.caller.role is None or self.role is None:
            return None
        return self._person(self.caller.role.name, self.caller.account_id)


class VisitedRequest(HttpRequest):
    """A request with its visit, its origin and, if somebody is signed in, its console.

    `signed_out` is why a console has ended; `calls_shown` are the API calls of the page after it
    has shown them. `happenings` are what the site saw, `entered` is the sandbox that
    was signed in to.
    """

    visit: Visit
    origin: Origin
    console: Console | None
    signed_out: str
    calls_shown: list[dict[str, Any]] | None
    happenings: list[Happening]
    entered: Sandbox | None


def visited(request: HttpRequest) -> VisitedRequest:
    """Return the request with the type that has the middleware's attributes."""
    return cast("VisitedRequest", request)


def signed_in_name(caller: Caller) -> str:
    """Return the console's name of the signed-in identity; for a federated one role and session."""
    return f"{caller.role.name}/{caller.name}" if caller.role else caller.name


def _other(kept: KeptConsole) -> OtherConsole:
    url = f"/c/{kept.console_id}/iam/"
    return OtherConsole(kept.label, kept.account_id, url)


def _role_caller(
    role: ActiveRole | None, origin: Origin, visit: Visit
) -> tuple[Caller | None, str]:
    if role is None:
        return None, ""
    try:
        return caller_of(open_token(role.token), origin, visit), ""
    except AwsError as error:
        why = (
            "has ended: its time is up"
            if error.code == "ExpiredToken"
            else "has ended: the role is gone"
        )
        return None, f"Your session as {role.display_name} {why}."


def identities_of(store: ConsoleStore, console_id: str) -> frozenset[str]:
    """Return the identities of a console's forms: the sign-in's and the role's, even if expired."""
    base, acting = store.base_token(console_id), store.acting_token(console_id)
    return _identities_in(base) | _identities_in(acting)


def _identities_in(token: str) -> frozenset[str]:
    try:
        return frozenset({open_token(token).access_key_id})
    except AwsError:
        return frozenset()


def open_console(request: VisitedRequest, store: ConsoleStore, console_id: str) -> Console:
    """Return a console of this browser; raises AwsError if its sign-in has ended."""
    origin, visit = request.origin, request.visit
    base = caller_of(open_token(store.base_token(console_id)), origin, visit)
    role = store.role(console_id)
    session, ended = _role_caller(role, origin, visit)
    return Console(
        console_id=console_id,
        base=base,
        caller=session or base,
        role=role if session else None,
        runs_sandbox=may_run(request, base.sandbox),
        sees_all=sees_all(request, base.sandbox),
        history=store.history(base.arn),
        others=[_other(other) for other in store.others(console_id)],
        identities=frozenset({base.access_key_id})
        | (_identities_in(role.token) if role else set()),
        ended=ended,
    )


def console_of(request: HttpRequest) -> Console:
    """Return the console of a guarded page's request."""
    console = visited(request).console
    if console is None:
        message = "the view is not guarded by console_page"
        raise LookupError(message)
    return console
