"""Who may read the policies that decided a call."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from iam.arns import account_of, name_in, parse_arn, parse_iam_arn, service_in
from iam.authorization import AppliedPolicy, Explanation, authorize, without_policies
from iam.callers import Caller
from iam.engine import Principal
from iam.perform.barred_operations import refuse_barred
from iam.perform.registry import Call, Params, Resolution, registry
from iam.wire.errors import AwsError
from iam.wire.validation import validate

_GONE = {"NoSuchEntity", "NoSuchBucket", "PolicyNotFoundException"}
_INLINE = {
    "group": ("iam:GetGroupPolicy", "GroupName"),
    "role": ("iam:GetRolePolicy", "RoleName"),
    "user": ("iam:GetUserPolicy", "UserName"),
}
_ANY = "any"
"""Stands for the name of an inline policy, and of a version: no permission depends on it."""
Key = TypeVar("Key")


@dataclass(frozen=True)
class PolicyRead:
    """The call that returns a policy; `account_id` is the one account that can make it, if any."""

    operation: str
    subject: tuple[tuple[str, str], ...]
    account_id: str = ""

    @property
    def params(self) -> Params:
        return dict(self.subject)


def inline_read(kind: str, name: str, account_id: str) -> PolicyRead:
    """Return the read of the inline policies of a user, group or role."""
    operation, parameter = _INLINE[kind]
    return PolicyRead(operation, ((parameter, name), ("PolicyName", _ANY)), account_id)


def managed_read(arn: str) -> PolicyRead:
    subject = (("PolicyArn", arn), ("VersionId", "v1"))
    return PolicyRead("iam:GetPolicyVersion", subject, account_of(arn))


def control_read(arn: str) -> PolicyRead:
    """Return the read of a policy of an organization."""
    return PolicyRead("organizations:DescribePolicy", (("PolicyId", name_in(arn)),))


def resource_read(arn: str) -> PolicyRead | None:
    """Return the read of a resource's policy; None where the service offers none."""
    read = registry.policy_reads.get(service_in(arn))
    if read is None:
        return None
    operation, params = read(arn)
    return PolicyRead(operation, tuple(params.items()), account_of(arn))


def _owner(principal: Principal) -> tuple[str, str]:
    """Return the type and name of the user or role whose policies a principal has."""
    found = parse_iam_arn(principal.role_arn or principal.arn, "user", "role")
    return (found.type, found.name) if found else ("user", _ANY)


def read_of(policy: AppliedPolicy, principal: Principal, resource: str) -> PolicyRead | None:
    """Return the read of a policy that applied; None for what no call returns.

    What a session policy said is in the event history alone.
    """
    if policy.layer in {"SCP", "RCP"}:
        return control_read(policy.arn)
    if policy.layer == "RESOURCE":
        return resource_read(resource)
    if policy.arn:
        return managed_read(policy.arn)
    if policy.layer == "SESSION":
        return PolicyRead("cloudtrail:LookupEvents", (), principal.account)
    if policy.group:
        return inline_read("group", policy.group, principal.account)
    return inline_read(*_owner(principal), principal.account)


def for_viewer(viewer: Caller, found: Sequence[Explanation]) -> list[Explanation]:
    """Return explanations as far as a viewer may see the policies that they rest on."""
    reads = {
        (number, policy.key): read_of(policy, one.principal, one.resource)
        for number, one in enumerate(found)
        for policy in one.applied
        if not (policy.layer == "PRINCIPAL" and one.principal.kind == "root")
    }
    withheld = withheld_from(viewer, reads)
    return [
        without_policies(one, {key: text for (of, key), text in withheld.items() if of == number})
        for number, one in enumerate(found)
    ]


def withheld_from(viewer: Caller, reads: Mapping[Key, PolicyRead | None]) -> dict[Key, str]:
    """Return the policies that a viewer may not read, each with the sentence in its place."""
    refusals: dict[PolicyRead | None, str] = {None: "No call returns its text."}
    by_operation: dict[str, list[PolicyRead]] = {}
    for read in dict.fromkeys(reads.values()):
        if read is None:
            continue
        if read.account_id and read.account_id != viewer.account_id:
            refusals[read] = f"Only account {read.account_id} can show its text."
        else:
            by_operation.setdefault(read.operation, []).append(read)
    for operation, some in by_operation.items():
        refusals |= zip(some, _refusals(viewer, operation, some), strict=True)
    return {key: refusals[read] for key, read in reads.items() if refusals.get(read)}


def _refusals(viewer: Caller, operation: str, reads: Iterable[PolicyRead]) -> list[str]:
    """Return for each read why a viewer may not make it; empty where it may."""
    try:
        operation_found = registry.find(operation)
        refuse_barred(viewer, operation)
        requests = [validate(operation, read.params) for read in reads]
        call = Call(viewer, operation, requests[0], rehearsed=True)
        if operation_found.resolve_each:
            resolved = operation_found.resolve_each(call, requests)
        else:
            resolved = [operation_found.resolve(call, one) for one in requests]
    except AwsError as error:
        return [error.message for _ in reads]
    return [_refusal(viewer, operation, one) for one in resolved]


def _refusal(viewer: Caller, operation: str, resolved: Resolution) -> str:
    for check in resolved.checks:
        if not authorize(viewer, check).allowed:
            return f"To see its text, you need {operation} on {_resource(check.resource)}."
    missing = resolved.missing
    return missing.message if missing is not None and missing.code not in _GONE else ""


def _resource(arn: str) -> str:
    found = parse_arn(arn)
    return f"{found.type} {found.name}" if found and found.type and found.service == "iam" else arn
