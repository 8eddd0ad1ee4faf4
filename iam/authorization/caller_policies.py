"""Gathering the policies that apply to a caller."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from iam import catalogue
from iam.arns import name_in
from iam.authorization.applied_policies import AppliedPolicy
from iam.authorization.organization import service_controls
from iam.authorization.permission_checks import GRANTS_EVERYTHING, GRANTS_NOTHING
from iam.authorization.stamp_cache import under_stamp
from iam.callers import Caller, CallerKind
from iam.models import (
    Attachment,
    Document,
    InlinePolicy,
    PolicyVersion,
    Role,
    Sandbox,
    User,
)
from iam.models.prepared_queries import Prepared


@dataclass(frozen=True)
class ManagedText:
    """A managed policy's default version."""

    name: str
    version: str
    text: str


def _of(sandbox: int) -> Sandbox:
    return Sandbox(pk=sandbox)


def _default_versions(sandbox: int) -> QuerySet[PolicyVersion]:
    rows: QuerySet[PolicyVersion] = PolicyVersion.in_sandbox(_of(sandbox))
    return rows.filter(is_default=True).select_related("policy__account", "document").order_by()


_DEFAULT_VERSIONS = Prepared(_default_versions)


def managed_texts(
    sandbox: Sandbox, arns: Iterable[str], *, of_everybody: bool = False
) -> dict[str, ManagedText]:
    """Return the default versions of managed policies by ARN; AWS's come from the catalogue.

    Where they are those `of_everybody`, all of the sandbox are read, which is quicker.
    """
    wanted = set(arns)
    found: dict[str, ManagedText] = {}
    for arn in wanted:
        policy = catalogue.managed_policy(arn)
        if policy is not None:
            found[arn] = ManagedText(policy.name, policy.default_version_id, policy.document)
    if wanted - found.keys():
        names = {name_in(arn) for arn in wanted - found.keys()}
        versions = (
            _DEFAULT_VERSIONS.rows(sandbox.pk)
            if of_everybody
            else _default_versions(sandbox.pk).filter(policy__name__in=names)
        )
        for version in versions:
            if version.policy.arn in wanted:
                found[version.policy.arn] = ManagedText(
                    version.policy.name, version.version_id, version.document.text
                )
    return found


@dataclass(frozen=True)
class CallerPolicies:
    """All policies that apply to a caller, for any request."""

    identity: tuple[AppliedPolicy, ...] = ()
    boundary: AppliedPolicy | None = None
    session: tuple[AppliedPolicy, ...] = ()
    controls: tuple[AppliedPolicy, ...] = ()

    def all(self) -> tuple[AppliedPolicy, ...]:
        boundary = (self.boundary,) if self.boundary else ()
        return (*self.controls, *self.identity, *boundary, *self.session)


def _users(user: int) -> Q:
    return Q(user_id=user) | Q(group__memberships__user_id=user)


@dataclass(frozen=True)
class _Queries:
    """The queries for one type of principal, by sandbox and primary key."""

    attachments: Prepared[Attachment]
    inline: Prepared[InlinePolicy]
    bounded: Prepared[Role] | Prepared[User]


def _queries(owned: Callable[[int], Q], principal: type[Role] | type[User]) -> _Queries:
    def attachments(sandbox: int, pk: int) -> QuerySet[Attachment]:
        rows: QuerySet[Attachment] = Attachment.in_sandbox(_of(sandbox)).filter(owned(pk))
        return rows.select_related("group").distinct()

    def inline(sandbox: int, pk: int) -> QuerySet[InlinePolicy]:
        rows: QuerySet[InlinePolicy] = InlinePolicy.in_sandbox(_of(sandbox)).filter(owned(pk))
        return rows.select_related("group", "document").distinct()

    def bounded(sandbox: int, pk: int) -> QuerySet[Any]:
        return principal.in_sandbox(_of(sandbox)).filter(pk=pk).only("boundary_arn").order_by()

    return _Queries(Prepared(attachments), Prepared(inline), Prepared(bounded))


_OF_A_ROLE = _queries(lambda pk: Q(role_id=pk), Role)
_OF_A_USER = _queries(_users, User)


def _via(row: Attachment | InlinePolicy, directly: str) -> str:
    return f"group {row.group.name}" if row.group else directly


@dataclass(frozen=True)
class PolicyRows:
    """The rows of a principal's policies, with its groups' policies and its boundary's ARN."""

    attachments: Sequence[Attachment]
    inline: Sequence[InlinePolicy]
    boundary_arn: str = ""
    session_policies: Sequence[str] = ()
    session_policy_arns: Sequence[str] = ()

    @property
    def arns(self) -> set[str]:
        """Return the ARNs of all managed policies in the rows."""
        boundary = {self.boundary_arn} if self.boundary_arn else set()
        attached = {row.policy_arn for row in self.attachments}
        return attached | boundary | set(self.session_policy_arns)


def _applied(
    arn: str, layer: str, attached: str, texts: Mapping[str, ManagedText]
) -> AppliedPolicy:
    """Return a managed policy; a limit that was deleted allows nothing."""
    found = texts.get(arn) or ManagedText(name_in(arn), "", GRANTS_NOTHING)
    return AppliedPolicy(layer, found.name, found.text, attached, arn, found.version)


def _session_layer(
    texts: Sequence[str], arns: Sequence[str], managed: Mapping[str, ManagedText]
) -> tuple[AppliedPolicy, ...]:
    return (
        *(AppliedPolicy("SESSION", "session policy", text) for text in texts),
        *(_applied(arn, "SESSION", "session", managed) for arn in arns),
    )


def caller_policies(held: PolicyRows, texts: Mapping[str, ManagedText]) -> CallerPolicies:
    """Return a principal's policies by layer, with the texts of the managed ones."""
    return CallerPolicies(
        identity=(
            *(
                _applied(row.policy_arn, "PRINCIPAL", _via(row, "directly"), texts)
                for row in held.attachments
                if row.policy_arn in texts
            ),
            *(
                AppliedPolicy("PRINCIPAL", row.name, row.document.text, _via(row, "inline"))
                for row in held.inline
            ),
        ),
        boundary=_applied(held.boundary_arn, "PERMISSIONS_BOUNDARY", "boundary", texts)
        if held.boundary_arn
        else None,
        session=_session_layer(held.session_policies, held.session_policy_arns, texts),
    )


def in_session(policies: CallerPolicies, caller: Caller) -> CallerPolicies:
    """Return the policies of a caller whose principal's own policies are given."""
    arns = caller.session_policy_arns
    managed = managed_texts(caller.sandbox, arns) if arns else {}
    return replace(policies, session=_session_layer(caller.session_policies, arns, managed))


def _of_root_federated(caller: Caller) -> CallerPolicies:
    """Return the policies of the root user's federated user: only its session limits it."""
    arns = caller.session_policy_arns
    held = PolicyRows((), (), "", caller.session_policies, arns)
    found = caller_policies(held, managed_texts(caller.sandbox, held.arns))
    return replace(found, identity=(AppliedPolicy("PRINCIPAL", "root user", GRANTS_EVERYTHING),))


def _of_root_task(caller: Caller) -> CallerPolicies:
    """Return the policies of AssumeRoot's session: its task policy denies all other tasks.

    Such a policy allows nothing: it only limits the root user to the task.
    """
    found = managed_texts(caller.sandbox, caller.session_policy_arns)
    applied = [
        AppliedPolicy("PRINCIPAL", one.name, one.text, "root task", arn, one.version)
        for arn, one in found.items()
    ]
    return CallerPolicies(identity=tuple(applied))


def _gather(caller: Caller) -> CallerPolicies:
    if caller.kind is CallerKind.FEDERATED and caller.user_pk is None:
        return _of_root_federated(caller)
    if caller.kind is CallerKind.ROOT and caller.session_policy_arns:
        return _of_root_task(caller)
    pk = caller.role.pk if caller.role is not None else caller.user_pk
    if pk is None or caller.kind is CallerKind.ROOT:
        return CallerPolicies()
    sandbox, queries = caller.sandbox, _OF_A_USER if caller.role is None else _OF_A_ROLE

    def boundary() -> str:
        found = queries.bounded.first(sandbox.pk, pk)
        return found.boundary_arn if found else ""

    def everything() -> CallerPolicies:
        held = PolicyRows(
            queries.attachments.rows(sandbox.pk, pk),
            queries.inline.rows(sandbox.pk, pk),
            caller.visit.remember(("boundary", caller.principal_id), boundary),
            caller.session_policies,
            caller.session_policy_arns,
        )
        return caller_policies(held, managed_texts(sandbox, held.arns))

    own = caller.session_policies, caller.session_policy_arns
    return under_stamp(caller, (caller.role is None, pk, *own), everything)


def gather_policies(caller: Caller) -> CallerPolicies:
    """Return the policies of a caller, gathered once a visit and again after a write."""

    def everything() -> CallerPolicies:
        return replace(_gather(caller), controls=service_controls(caller))

    key = ("gathered", caller.principal_id, caller.access_key_id)
    return caller.visit.remember(key, everything)


def document_texts(sandbox: Sandbox, hashes: Iterable[str]) -> dict[str, str]:
    rows = Document.in_sandbox(sandbox).filter(hash__in=set(hashes))
    return dict(rows.values_list("hash", "text"))
