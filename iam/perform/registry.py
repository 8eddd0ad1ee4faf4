"""The actions, registered under the names of AWS's operations."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypedDict, Unpack

from iam.authorization import Authorization, PermissionCheck
from iam.callers import Caller
from iam.models import Account
from iam.wire.errors import AwsError

Params = Mapping[str, Any]
Result = dict[str, Any]


@dataclass(slots=True, eq=False)
class Resolution:
    """The subject of a call, its permission checks, and the error if the subject is missing.

    The error is raised only after the checks have passed, as AWS does. `resources` are the
    record's {"ResourceType", "ResourceName"} pairs; `also_in` other accounts that see the event.
    `apart` are checks of which each answers for a part of the request: see `Call.denials`.
    `proved` is who the request itself proves its sender to be, instead of who signed it;
    `requested` is what the record shows among the request's parameters besides them.
    """

    # Final instead of frozen: a frozen dataclass takes several times as long to make.
    checks: Final[Sequence[PermissionCheck]]
    subject: Final[Any] = None
    missing: Final[AwsError | None] = None
    resources: Final[Sequence[Mapping[str, str]]] = ()
    also_in: Final[Sequence[str]] = ()
    apart: Final[Sequence[PermissionCheck]] = ()
    proved: Final[Caller | None] = None
    requested: Final[Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class ListingWindows:
    """How the database counts and orders a listing's rows, so that only a few of them are read.

    `order` is the member that it orders by, the case of letters aside, and `searched` are those
    that it looks for a text in. `count` takes the text as `folded` returns it ("" for all rows)
    and the members to look in; `read` takes them, too, then whether the order is descending, and
    the places of the rows.
    """

    order: str
    searched: frozenset[str]
    count: Callable[[str, Set[str]], int]
    read: Callable[[str, Set[str], bool, slice], Sequence[Params]]


@dataclass(frozen=True)
class Listing:
    """What a list operation lists, for a page that shows few of many rows.

    `find` returns all rows, with the members that they are ordered and searched by; `windows` a
    few. `shaped` returns some of them as the operation shapes them, without those that are gone.
    `following` is the token of the next page, where the operation has pages that the site shows
    as such.
    """

    find: Callable[[], Sequence[Params]] = tuple
    shaped: Callable[[Sequence[Params]], list[Result]] = lambda rows: []
    following: str = ""
    windows: ListingWindows | None = None

    @cached_property
    def rows(self) -> Sequence[Params]:
        return self.find()


@dataclass(frozen=True)
class Call:
    """One performed operation: who, what, with which validated request.

    `denials` has, when the action runs, the denial or None for each check that stands apart.
    A `rehearsed` call is not made: what would be used up by resolving it is only looked at.
    """

    caller: Caller
    operation: str
    params: Params
    denials: list[AwsError | None] = field(default_factory=list, compare=False)
    rehearsed: bool = False

    @cached_property
    def account(self) -> Account:
        def load() -> Account:
            accounts = Account.in_sandbox(self.caller.sandbox)
            found: Account | None = accounts.filter(account_id=self.caller.account_id).first()
            if found is None:
                message = "The security token included in the request is invalid."
                raise AwsError("InvalidClientTokenId", message, 403)
            found.sandbox = self.caller.sandbox
            return found

        return self.caller.visit.remember(("account", self.caller.account_id), load)


Resolver = Callable[[Call, Params], Resolution]
Preparer = Callable[[Call, Params, Any], Any]
Action = Callable[..., Result | None]
Lister = Callable[["Call", Params, Any], Listing]
EachResolver = Callable[[Call, Sequence[Params]], list[Resolution]]
EachAction = Callable[[Call, Sequence[Params], Sequence[Any]], list[Result]]
Denial = Callable[[Caller, Authorization], AwsError | None]
"""A service's wording of a denial; None where it uses AWS's common sentence."""
ReadOfPolicy = Callable[[str], tuple[str, Params]]
"""The operation, with its parameters, that returns the policy of the resource of an ARN."""


def _as_resolved(call: Call, params: Params, subject: Any) -> Any:
    return subject


@dataclass
class Operation:
    """An operation with the functions that resolve, prepare and execute it.

    `prepare` refuses what AWS refuses of a call that its policies allow, and returns what
    `execute` works on: the subject, unless it makes something of it. It changes nothing, so that
    a rehearsal runs it too. `recorded_as` is the name of its events, where it is another.
    """

    name: str
    resolve: Resolver
    execute: Action
    writes: bool
    prepare: Preparer = _as_resolved
    data_event: bool = False
    record_response: bool = False
    recorded_as: str = ""
    resolve_each: EachResolver | None = None
    execute_each: EachAction | None = None
    list_rows: Lister | None = None

    @property
    def service(self) -> str:
        """Return the service's prefix, such as iam."""
        return self.name.partition(":")[0]

    @property
    def event_name(self) -> str:
        return self.recorded_as or self.name.partition(":")[2]


@dataclass
class Registry:
    """All operations by name, and how services word their denials."""

    operations: dict[str, Operation] = field(default_factory=dict)
    denials: dict[str, Denial] = field(default_factory=dict)
    policy_reads: dict[str, ReadOfPolicy] = field(default_factory=dict)

    def find(self, name: str) -> Operation:
        """Return an operation, or AWS's error for one that is not offered."""
        found = self.operations.get(name)
        if found is None:
            message = f"Rolecall does not offer {name}."
            raise AwsError("InvalidAction", message, 400)
        return found


registry = Registry()


def event_name_of(operation: str) -> str:
    """Return the name of an operation's events, also of one that is not offered."""
    found = registry.operations.get(operation)
    return found.event_name if found else operation.partition(":")[2]


class Options(TypedDict, total=False):
    """The options of an operation, as in `Operation`."""

    prepare: Preparer
    data_event: bool
    record_response: bool
    recorded_as: str


def _register(
    name: str, on: Resolver, *, writes: bool, options: Options
) -> Callable[[Action], Action]:
    def keep(execute: Action) -> Action:
        registry.operations[name] = Operation(name, on, execute, writes, **options)
        return execute

    return keep


def reads(name: str, *, on: Resolver, **options: Unpack[Options]) -> Callable[[Action], Action]:
    """Register an action that changes nothing; options as in `Operation`."""
    return _register(name, on, writes=False, options=options)


def writes(name: str, *, on: Resolver, **options: Unpack[Options]) -> Callable[[Action], Action]:
    """Register an action that runs in a transaction with its sandbox locked."""
    return _register(name, on, writes=True, options=options)


def reads_each(name: str, *, on: EachResolver) -> Callable[[EachAction], EachAction]:
    """Register how a read answers many requests with one query, for a table's rows."""

    def keep(execute: EachAction) -> EachAction:
        operation = registry.operations[name]
        operation.resolve_each, operation.execute_each = on, execute
        return execute

    return keep


def lists(name: str) -> Callable[[Lister], Lister]:
    """Register what a list operation lists, all at once and only by name."""

    def keep(list_rows: Lister) -> Lister:
        registry.operations[name].list_rows = list_rows
        return list_rows

    return keep


def words_denials(service: str) -> Callable[[Denial], Denial]:
    """Register how a service words a denial; the others use AWS's common sentence."""

    def keep(denial: Denial) -> Denial:
        registry.denials[service] = denial
        return denial

    return keep


def returns_resource_policy(service: str) -> Callable[[ReadOfPolicy], ReadOfPolicy]:
    """Register which call returns the policy of a service's resource."""

    def keep(read: ReadOfPolicy) -> ReadOfPolicy:
        registry.policy_reads[service] = read
        return read

    return keep
