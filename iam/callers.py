"""The caller of a call, its origin, and the visit that the calls of one web request share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from iam.arns import assumed_role_arn, federated_user_arn
from iam.catalogue.regions import HOME_REGION
from iam.models import Account, Event, Role, Sandbox, User

T = TypeVar("T")


class CallerKind(StrEnum):
    """The kinds of identity, named as CloudTrail names them."""

    ROOT = "Root"
    USER = "IAMUser"
    ROLE = "AssumedRole"
    FEDERATED = "FederatedUser"
    SAML = "SAMLUser"
    WEB_IDENTITY = "WebIdentityUser"
    UNKNOWN = "Unknown"
    SERVICE = "AWSService"


@dataclass(frozen=True)
class Origin:
    """The origin of a request, and when it came in by the real clock.

    `recorded_as` stands in the record for address and agent where AWS calls itself; `request_id`
    is the one that an AWS client got, if one called; `presigned`: it signed a URL, at `signed_at`;
    `payload_hash` is what it declared of the payload.
    `secure` is whether it came by TLS, None where the sandbox says so. `supposed` are condition
    keys that an analysis takes for granted, or that a service sends for a resource.
    """

    received_at: datetime
    source_ip: str = "127.0.0.1"
    user_agent: str = "Rolecall"
    region: str = HOME_REGION
    via_console: bool = False
    recorded_as: str = ""
    request_id: str = ""
    presigned: bool = False
    signature_version: str = "AWS4-HMAC-SHA256"
    signed_at: datetime | None = None
    payload_hash: str = ""
    global_endpoint: bool = False
    secure: bool | None = None
    supposed: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


DENIAL_CODES = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
"""The codes of denials, as events have them."""


@dataclass(frozen=True)
class PerformedCall:
    """One call as the page's panel of API calls shows it."""

    operation: str
    params: Mapping[str, Any]
    error_code: str = ""
    error_message: str = ""
    event_id: UUID | None = None

    @property
    def denied(self) -> bool:
        return self.error_code in DENIAL_CODES


@dataclass
class Memory:
    """Values that were computed once, by key."""

    memory: dict[Any, Any] = field(default_factory=dict, kw_only=True)

    def remember(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made for this key before, made now if it is new."""
        if key not in self.memory:
            self.memory[key] = make()
        found: T = self.memory[key]
        return found


@dataclass
class Visit(Memory):
    """The data that the calls of one web request share: gathered policies, unwritten events.

    `recorded` are the names of all its events, written or not.
    """

    outcomes: list[PerformedCall] = field(default_factory=list)
    pending: list[Event] = field(default_factory=list)
    recorded: set[str] = field(default_factory=set)
    wrote: bool = False
    work: int = 0
    """Characters that its decisions have compared with patterns: see `iam.engine.work_of`."""
    most_work: int = 50_000_000
    """Half a second; a decision beyond it is not made."""

    def forget(self) -> None:
        """Drop what was gathered: a write may have changed it."""
        self.memory.clear()
        self.wrote = True


@dataclass(frozen=True)
class PrincipalBehind:
    """The role behind a role session, or the user behind a federated one."""

    pk: int
    name: str
    arn: str
    unique_id: str


@dataclass(frozen=True)
class Caller:
    """An identity that makes calls, as its credentials say.

    `principal_id` is what GetCallerIdentity calls UserId: the account ID for root, AIDA… for a
    user, AROA…:session for a role session. `federation` are the condition keys that an identity
    provider's proof gives to the session, such as saml:sub; `user_behind` is the IAM user who made
    a federated one. `from_start` is whose credentials of the sandbox's start these are, as its
    scenario names them (`you/dev`, `root:you`); empty for credentials that were made inside.
    """

    kind: CallerKind
    sandbox: Sandbox
    account_id: str
    arn: str
    principal_id: str
    name: str
    origin: Origin
    visit: Visit = field(compare=False)
    user_pk: int | None = None
    role: PrincipalBehind | None = None
    access_key_id: str = ""
    session_policies: tuple[str, ...] = ()
    session_policy_arns: tuple[str, ...] = ()
    session_tags: Mapping[str, str] = field(default_factory=dict)
    transitive_tag_keys: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    source_identity: str = ""
    federated_provider: str = ""
    federation: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    source_instance: str = ""
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    mfa_at: datetime | None = None
    console_sign_in: bool = False
    user_behind: PrincipalBehind | None = None
    from_start: str = ""

    @property
    def now(self) -> datetime:
        """Return the time by the sandbox's clock at which the request came in."""
        return self.sandbox.time_at(self.origin.received_at)

    @property
    def is_temporary(self) -> bool:
        return self.issued_at is not None

    @property
    def has_session_token(self) -> bool:
        """Return whether the credentials are those that GetSessionToken gives."""
        own = self.kind in {CallerKind.USER, CallerKind.ROOT}
        by_itself = self.is_temporary and not self.session_policy_arns  # else it is AssumeRoot's
        return own and by_itself and not self.console_sign_in


def service_caller(
    service: str, sandbox: Sandbox, account_id: str, origin: Origin, visit: Visit
) -> Caller:
    """Return an AWS service as a caller; `account_id` is whose resource it acts for, if one's."""
    return Caller(
        kind=CallerKind.SERVICE,
        sandbox=sandbox,
        account_id=account_id,
        arn=service,
        principal_id=service,
        name=service,
        origin=origin,
        visit=visit,
    )


def root_user_caller(
    account: Account, sandbox: Sandbox, origin: Origin, visit: Visit, **credentials: Any
) -> Caller:
    """Return the root user of an account; `credentials` are what its credentials say besides."""
    return Caller(
        kind=CallerKind.ROOT,
        sandbox=sandbox,
        account_id=account.account_id,
        arn=account.root_arn,
        principal_id=account.account_id,
        name="root",
        origin=origin,
        visit=visit,
        **credentials,
    )


def user_caller(
    user: User, sandbox: Sandbox, origin: Origin, visit: Visit, **credentials: Any
) -> Caller:
    """Return an IAM user; `credentials` are what its credentials say besides."""
    return Caller(
        kind=CallerKind.USER,
        sandbox=sandbox,
        account_id=user.account.account_id,
        arn=user.arn,
        principal_id=user.unique_id,
        name=user.name,
        origin=origin,
        visit=visit,
        user_pk=user.pk,
        tags=user.tags,
        **credentials,
    )


def role_session_caller(
    role: Role, name: str, sandbox: Sandbox, origin: Origin, visit: Visit, **credentials: Any
) -> Caller:
    """Return a session of a role; `credentials` are what its credentials say besides."""
    account_id = role.account.account_id
    return Caller(
        kind=CallerKind.ROLE,
        sandbox=sandbox,
        account_id=account_id,
        arn=assumed_role_arn(account_id, role.name, name),
        principal_id=f"{role.unique_id}:{name}",
        name=name,
        origin=origin,
        visit=visit,
        role=PrincipalBehind(role.pk, role.name, role.arn, role.unique_id),
        tags=role.tags,
        **credentials,
    )


def federated_caller(maker: Caller, name: str) -> Caller:
    """Return the federated user whom a user, or the root user, makes: `maker` with its session."""
    account_id = maker.account_id
    behind = PrincipalBehind(maker.user_pk or 0, maker.name, maker.arn, maker.principal_id)
    return replace(
        maker,
        kind=CallerKind.FEDERATED,
        arn=federated_user_arn(account_id, name),
        principal_id=f"{account_id}:{name}",
        name=name,
        user_behind=behind if maker.user_pk else None,
    )
