"""Who a check is about: a user, the root user, a session of a role, a service."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.labs.checks.case import Binding, Case
from iam.analysis import Circumstances, WorldPrincipal
from iam.authorization import Authorization
from iam.callers import Caller, CallerKind
from iam.perform import rehearse
from iam.wire.tags import tag_list

SESSION = "rolecall"


@dataclass(frozen=True)
class Subject:
    """A principal as a check means it; `entry` are the decisions that its way in took.

    `missing` says why there is nobody to ask: no such user, or a role that cannot be assumed.
    """

    called: str
    principal: WorldPrincipal | None
    circumstances: Circumstances
    entry: tuple[Authorization, ...] = ()
    missing: str = ""


def _named(case: Case, reference: str) -> Subject:
    principal = case.principal(reference)
    if principal is None:
        return Subject(reference, None, Circumstances(), missing=f"There is no {reference}.")
    return Subject(_called(case, principal), principal, Circumstances())


def _called(case: Case, principal: WorldPrincipal) -> str:
    """Return what a person calls a principal; in several accounts also where it is."""
    names = [name for name, one in case.values.items() if one == principal.account_id]
    if len(case.world.accounts) < 2 or not names:
        return principal.called
    return f"{principal.called} of {names[0]}"


def _chain(case: Case, asks: Mapping[str, Any]) -> Subject:
    """Let the first of a chain assume each role after it; the last is who is asked about."""
    first, *roles = asks["chain"]
    subject = _named(case, first)
    entry: list[Authorization] = []
    for reference in roles:
        if subject.principal is None:
            return subject
        params = assume_params(case.arn(reference, "role"), asks)
        rehearsal = rehearse(subject.principal.caller, "sts:AssumeRole", params)
        entry += rehearsal.authorizations
        if not rehearsal.allowed:
            missing = f"{subject.called} cannot assume {reference}: {rehearsal.error}"
            return Subject(reference, None, Circumstances(), tuple(entry), missing)
        role = case.principal(reference)
        called = f"{subject.called} as {role.name if role else reference}"
        subject = Subject(called, role, Circumstances(), tuple(entry))
    return subject


def assume_params(role_arn: str, asks: Mapping[str, Any]) -> dict[str, Any]:
    """Return AssumeRole's parameters from the words of a lab file."""
    params: dict[str, Any] = {
        "RoleArn": role_arn,
        "RoleSessionName": asks.get("session_name", SESSION),
    }
    if "external_id" in asks:
        params["ExternalId"] = asks["external_id"]
    if "source_identity" in asks:
        params["SourceIdentity"] = asks["source_identity"]
    if "duration" in asks:
        params["DurationSeconds"] = asks["duration"]
    if "policy" in asks:
        policy = asks["policy"]
        params["Policy"] = policy if isinstance(policy, str) else json.dumps(policy)
    if "tags" in asks:
        params["Tags"] = tag_list(asks["tags"])
    if "transitive" in asks:
        params["TransitiveTagKeys"] = asks["transitive"]
    return params


def _service(case: Case, asks: Mapping[str, Any]) -> Subject:
    account = case.values.get(asks.get("source_account", ""), asks.get("source_account", ""))
    caller = Caller(
        kind=CallerKind.SERVICE,
        sandbox=case.sandbox,
        account_id=account or next(iter(case.world.accounts)).account_id,
        arn=asks["service"],
        principal_id=asks["service"],
        name=asks["service"],
        origin=case.origin,
        visit=case.world.visit,
    )
    context = {"aws:SourceAccount": account} if account else {}
    if "source_arn" in asks:
        context["aws:SourceArn"] = asks["source_arn"]
    principal = WorldPrincipal(
        "service", asks["service"], asks["service"], caller.account_id, "", caller
    )
    return Subject(asks["service"], principal, Circumstances(context=context))


def subject_of(case: Case, asks: Any, binding: Binding) -> Subject:
    """Return who a check's `as` means in the student's world."""
    asks = case.fill(asks, binding)
    if isinstance(asks, str):
        return _named(case, asks)
    if "chain" in asks:
        return _chain(case, asks)
    if "service" in asks:
        return _service(case, asks)
    if "root" in asks:
        account_id = case.values.get(asks["root"], asks["root"])
        roots = [one for one in case.world.everyone if one.kind == "root"]
        root = next((one for one in roots if one.account_id == account_id), None)
        return Subject("root user", root, Circumstances())
    named = _named(case, asks["user"])
    return Subject(named.called, named.principal, Circumstances(mfa=asks.get("mfa", False)))
